"""How screens word the readings of a figure's evidence, its external verification, and how a grade fell. Pure."""

from collections.abc import Iterable

from impact.formats import NO_BREAK, counted, day_of, grade, short_date
from impact.proof import REVIEWED, THIRD_PARTY, reliability
from impact.queries.authorship import Fall
from impact.queries.evidence import Attached
from impact.queries.views import EntryView

_CHANGED = {
    "answer": "la réponse", "numerator": "la valeur", "denominator": "la valeur", "breakdowns": "les ventilations",
    "source": "la source", "evidence_link": "le lien", "evidence": "les pièces", "method": "la méthode",
    "method_family": "la méthode", "population": "la population", "coverage_start": "les jours couverts",
    "coverage_end": "les jours couverts", "indicator_version": "la version de la définition",
}  # fmt: skip
"""Facts of proof.READ -> what changed."""


def read(view: EntryView) -> str:
    """« Pièce relue par Odile Martin le 12/07/2011 : la valeur y figure. »; '' where nobody read it."""
    if not view.evidence_read:
        return ""
    when = f" le {short_date(day_of(view.evidence_read_at))}" if view.evidence_read_at else ""
    checked = f" : {view.evidence_checked.rstrip(' .')}" if view.evidence_checked else ""
    return f"Pièce relue par {view.evidence_read_by}{when}{checked}."


def verified(view: EntryView) -> str:
    """« Vérifié par Jeanne Roy (Cabinet Roy) le 01/07/2011, rapport : pièce 22-3. »; '' where no third party did."""
    if view.verified_on is None:
        return ""
    who = f"{view.verifier} ({view.verifier_organisation})"
    report = f"pièce {view.region}-{view.verification_report}"
    return f"Vérifié par {who} le {short_date(view.verified_on)}, rapport : {report}."


def fell(fall: Fall | None) -> str:
    """Who had read it, who ended that and why; '' for None.

    « Relu le 12/07/2011 par Odile Martin, modifié depuis : la valeur (Karim Benali, 13/07/2011), F3 → F2. »
    """
    if fall is None:
        return ""
    moved = f"F{fall.before}{NO_BREAK}→{NO_BREAK}F{fall.after}"
    who = f"{fall.by}, {short_date(day_of(fall.at))}"
    why = f", « {fall.reason} »" if fall.reason else ""
    if fall.after >= REVIEWED:
        return f"Vérification externe retirée ({who}{why}), {moved}."
    begun = f"Relu le {short_date(day_of(fall.read_at))} par {fall.reader}"
    if not fall.changed:
        return f"{begun}, lecture retirée ({who}{why}), {moved}."
    return f"{begun}, modifié depuis : {changed(fall)} ({who}{why}), {moved}."


def changed(fall: Fall) -> str:
    """« la valeur, les pièces »"""
    return ", ".join(dict.fromkeys(_CHANGED[name] for name in fall.changed))


def warned(view: EntryView) -> str:
    """Before a figure that was read is edited: what saving another one does. '' where there is nothing to lose."""
    if view.reliability < REVIEWED:
        return ""
    when = f" le {short_date(day_of(view.evidence_read_at))}" if view.evidence_read_at else ""
    also = f", vérifié par {view.verifier_organisation}" if view.reliability >= THIRD_PARTY else ""
    return (
        f"Relu{when} par {view.evidence_read_by}{also} : enregistrer une autre valeur, méthode ou pièce le ramène à "
        "F2, et sa pièce sera à relire."
    )


def lost(before: int, after: int) -> str:
    """« F3 → F2 : la pièce est à relire. », once something else was saved; '' where no reading was lost."""
    if before < REVIEWED or after >= before:
        return ""
    return f" F{before} → F{after} : la pièce est à relire."


def graded(view: EntryView, *, is_read: bool, verified: bool = False) -> int:
    """The grade that a figure would have, its evidence as it stands."""
    return reliability(
        view.source, view.method, view.method_family, view.evidence_link, view.evidence, read=is_read, verified=verified
    )


def step(before: int, after: int) -> str:
    """« F2 documenté → F3 relu », « reste F2 documenté »"""
    return f"{grade(before)} → {grade(after)}" if before != after else f"reste {grade(after)}"


def reserved(attached: Attached) -> str:
    """« 1 pièce réservée au bureau national »; '' where the reader may open them all."""
    count = attached.reserved
    return f"{counted(count, 'pièce réservée', 'pièces réservées')} au bureau national" if count else ""


def moved(before: str, now: str, region: str, titles: Iterable[tuple[int, str]] = ()) -> str:
    """What became of a figure's pieces: « ajoutée : 22-4 « Registre » ; remplacée : 22-3 ; retirée : 22-1 ».

    before, now: as Entry.evidence. titles: of the pieces attached now, by number.
    """
    was, held = _versions(before), _versions(now)
    named = dict(titles)
    said = {
        "ajoutée": [number for number in held if number not in was],
        "remplacée": [number for number in held if was.get(number, held[number]) != held[number]],
        "retirée": [number for number in was if number not in held],
    }
    return " ; ".join(
        f"{word} : {', '.join(_piece(region, number, named) for number in numbers)}"
        for word, numbers in said.items()
        if numbers
    )


def _piece(region: str, number: int, titles: dict[int, str]) -> str:
    return f"{region}-{number} « {titles[number]} »" if number in titles else f"{region}-{number}"


def _versions(text: str) -> dict[int, int]:
    """Number of each piece -> its version."""
    pairs = (one.split(".") for one in text.split())
    return {int(number): int(version) for number, version in pairs}
