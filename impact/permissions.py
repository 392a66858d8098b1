"""Who may do what. Pure: an actor goes in, a decision or a Forbidden comes out."""

from dataclasses import dataclass
from enum import StrEnum

from impact.errors import Forbidden
from impact.vocabulary import Confidentiality, Role


class Right(StrEnum):
    """What an actor may do; the value names the act, the sentence of the refusal is in REFUSALS."""

    ENTER = "enter"
    REVIEW = "review"
    MOBILISE = "mobilise"
    CALENDAR = "calendar"
    TARGETS = "targets"
    REVISE = "revise"
    TAKE_STANCE = "take_stance"
    COMMENT = "comment"
    MEETINGS = "meetings"
    EXPORT = "export"
    READ_HISTORY = "read_history"
    ACCOUNTS = "accounts"
    LEGAL_TEXTS = "legal_texts"
    READ_ALL = "read_all"
    """Read what is not validated, of every region."""


_NATIONAL = frozenset(set(Right) - {Right.ACCOUNTS, Right.LEGAL_TEXTS})
GRANTS: dict[Role, frozenset[Right]] = {
    Role.CONTRIBUTOR: frozenset({Right.ENTER, Right.TAKE_STANCE, Right.COMMENT, Right.EXPORT}),
    Role.READER: frozenset({Right.EXPORT}),
    Role.NATIONAL: _NATIONAL,
    Role.ADMIN: frozenset(Right),
}

REFUSALS: dict[Right, str] = {
    Right.ENTER: "Votre rôle ne permet pas de saisir des chiffres.",
    Right.REVIEW: "Seul le bureau national valide, retourne ou rouvre des chiffres.",
    Right.MOBILISE: "Seul le bureau national décide des mobilisations.",
    Right.CALENDAR: "Seul le bureau national modifie le calendrier.",
    Right.TARGETS: "Seul le bureau national fixe les cibles.",
    Right.REVISE: "Seul le bureau national révise les définitions.",
    Right.TAKE_STANCE: "Votre rôle ne permet pas de prendre position au nom d’une région.",
    Right.COMMENT: "Votre rôle ne permet pas de commenter.",
    Right.MEETINGS: "Seul le bureau national tient les rencontres et en consigne les décisions.",
    Right.EXPORT: "Votre rôle ne permet pas d’exporter.",
    Right.READ_HISTORY: "Le journal est réservé au bureau national.",
    Right.ACCOUNTS: "Seul un administrateur gère les comptes.",
    Right.LEGAL_TEXTS: "Seul un administrateur modifie ces textes.",
    Right.READ_ALL: "Les chiffres non validés des autres régions sont réservés au bureau national.",
}


@dataclass(frozen=True, slots=True)
class Actor:
    """An account in force, as services and queries see it. regions: those that a contributor serves."""

    id: int
    email: str
    name: str
    role: Role
    regions: frozenset[str] = frozenset()

    def may(self, right: Right) -> bool:
        return right in GRANTS[self.role]

    def may_enter(self, region: str) -> bool:
        return self.may(Right.ENTER) and (self.may(Right.READ_ALL) or region in self.regions)


@dataclass(frozen=True, slots=True)
class Scope:
    """What a reader may see: validated figures of every region, and everything of `own` (None = of all)."""

    own: frozenset[str] | None

    def sees_all_of(self, region: str) -> bool:
        return self.own is None or region in self.own


EVERYTHING = Scope(None)
"""The operator's scope: commands without an account."""


def require(actor: Actor, right: Right) -> None:
    if not actor.may(right):
        raise Forbidden(REFUSALS[right])


def require_entry(actor: Actor, region: str, region_name: str = "") -> None:
    require(actor, Right.ENTER)
    if not actor.may_enter(region):
        raise Forbidden(f"Vous ne saisissez pas pour la région {region_name or region}.")


def require_stance(actor: Actor, region: str, region_name: str = "") -> None:
    """A region speaks for itself; the national office may speak on its behalf."""
    require(actor, Right.TAKE_STANCE)
    if not actor.may_enter(region):
        raise Forbidden(f"Vous ne prenez pas position pour la région {region_name or region}.")


def readable(actor: Actor) -> Scope:
    """The scope of an actor's reads; every query takes it."""
    if actor.may(Right.READ_ALL):
        return EVERYTHING
    return Scope(actor.regions if actor.may(Right.ENTER) else frozenset())


def may_open(scope: Scope, region: str, confidentiality: Confidentiality, backs_validated: bool) -> bool:
    """Whether a reader may open a piece of evidence: their own region's; elsewhere, what is open to the network and
    backs a figure that everybody reads.
    """
    return scope.sees_all_of(region) or (confidentiality is Confidentiality.NETWORK and backs_validated)


def require_provisional(scope: Scope, regions: tuple[str, ...]) -> None:
    """Provisional totals across regions are the national office's; a contributor has them for their own."""
    if scope.own is not None and not (regions and set(regions) <= scope.own):
        raise Forbidden("Les chiffres provisoires ne sont visibles que pour votre propre région.")
