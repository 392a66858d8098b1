"""What waits beside figures: plans, volunteers, decisions; from the function that the digest by e-mail is made of."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from markupsafe import Markup

from impact.db import reading
from impact.digest import Facts, Item, Kind, by_kind, tell
from impact.formats import counted
from impact.permissions import Actor
from impact.queries import digests
from impact.ui import page, tables
from impact.ui.kept import kept
from impact.ui.reads import Key

COUNTED = {
    Kind.PLAN_RETURNED: ("plan à reprendre", "plans à reprendre"),
    Kind.PLAN_DRAFT: ("plan à compléter", "plans à compléter"),
    Kind.PLAN_REVIEW: ("plan à valider", "plans à valider"),
    Kind.OFFER: ("volontaire à qui répondre", "volontaires à qui répondre"),
    Kind.DECISION_LATE: ("décision en retard", "décisions en retard"),
    Kind.AGREEMENT: ("convention à signer", "conventions à signer"),
    Kind.DECISION: ("décision à mener", "décisions à mener"),
}
"""What asks for an act, and so is counted at the top of the page."""
SAID = {
    Kind.PLAN_RETURNED: "Le bureau national les a retournés : complétez-les puis soumettez-les à nouveau.",
    Kind.PLAN_DRAFT: "Brouillons de vos régions : complétez-les, puis soumettez-les au bureau national.",
    Kind.PLAN_REVIEW: "Soumis par les régions ; ceux que vous avez écrits vous-même attendent un collègue.",
    Kind.OFFER: "Messages laissés sur la page publique « Je veux me mobiliser sur mon territoire ».",
    Kind.DECISION_LATE: "Décisions des rencontres dont l’échéance est passée.",
    Kind.AGREEMENT: "Déploiements que votre région accueille : la convention reste à signer.",
    Kind.DECISION: "Décisions des rencontres que votre région porte.",
}
MOST = 12
"""Lines of one kind; the others are on the screen that they lead to."""
PRESSING = (Kind.PLAN_RETURNED, Kind.PLAN_REVIEW)
"""What stands as high as figures to correct or to validate."""


@kept(32)
def _plans_and_decisions(key: Key, actor: Actor) -> Facts:
    with reading() as session:
        return digests.beside_figures(session, actor)


def items(key: Key, actor: Actor) -> list[Item]:
    with reading() as session:
        received = digests.received(session, actor)
    return tell(replace(_plans_and_decisions(key, actor), offers=received))


def counts(told: Sequence[Item]) -> list[tuple[int, str, str]]:
    """How many, in one and in several, the most urgent first."""
    return [(len(own), *COUNTED[kind]) for kind, own in by_kind(told) if kind in COUNTED]


def draw(told: Sequence[Item], kinds: Collection[Kind] | None = None) -> None:
    """A section for each kind that there is. kinds: None = those that are not pressing."""
    wanted = [kind for kind in Kind if kind not in PRESSING] if kinds is None else kinds
    for kind, own in by_kind(told):
        if kind in wanted:
            page.section(kind.label, SAID.get(kind, ""), _listed(own))


def _listed(own: Sequence[Item]) -> Markup:
    links = [tables.link(item.link, page.typeset(item.words)) for item in own[:MOST]]
    if rest := own[MOST:]:
        links.append(tables.link(rest[0].link.partition("?")[0], f"… et {counted(len(rest), 'autre')}"))
    lines = Markup().join(Markup("<li>{}</li>").format(link) for link in links)
    return Markup('<ul class="imp-plain">{}</ul>').format(lines)
