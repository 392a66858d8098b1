"""An impact claim and a reading of one, as they are typed and as they are meant; every refusal at once.

Typed fields have French names (LABELS, share_field); a share that a filter takes off is typed in per cent, « 12,5 ».
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from impact.claims import KNOWN as CRITERIA
from impact.claims import Estimate, Figures, Stated, no_grade, reached
from impact.errors import Problem, Refused
from impact.figures import SCALE, Cell
from impact.formats import clean_text, parse_number, period_name, typed
from impact.rules.fields import LONGEST_TEXT, Fields
from impact.vocabulary import CLAIM_STAGES, NATIONAL_CODE, Filter, Finding, Stage

TEXTS = {
    "phrase": "sentence", "quoi": "what", "qui": "who", "combien": "how_much", "contribution": "contribution",
    "risque": "risk", "etude": "study_reference", "motif": "reason",
}  # fmt: skip
DIMENSIONS = ("quoi", "qui", "combien", "contribution", "risque")
LABELS = {
    "phrase": "L’affirmation, en une phrase",
    "quoi": "Quoi : quel changement, souhaité ou non",
    "qui": "Qui : pour quels bénéficiaires",
    "combien": "Combien : ampleur, profondeur, durée",
    "contribution": "Contribution : ce que l’action y a changé",
    "risque": "Risque : que l’effet soit autre qu’annoncé",
    "etude": "Étude : auteur, titre, année",
    "piece": "Pièce de l’étude",
    "motif": "Motif de la modification",
    "chantier": "Chantier",
    "etape": "Étape atteinte",
    "resultat": "Résultat",
    "chiffres": "Chiffres qui la portent",
    "attribution": "Attribution déclarée par l’équipe",
    "justification": "Justification",
    "criteres": "Critères",
}
BOUNDS = {"bas": "low", "central": "central", "haut": "high"}
BASIS = "base"
LONGEST_SENTENCE = 500
MOST_FIGURES = 20
_WHOLE = 100 * SCALE

Counterfactual = Mapping[Filter, Estimate | None]


def share_field(name: Filter, part: str) -> str:
    """« poids_mort/bas »: part is one of BOUNDS, or BASIS."""
    return f"{name.value}/{part}"


_LABELS = {**LABELS, **{share_field(name, "bas"): name.short for name in Filter}}
"""A filter is refused as a whole, at its first field."""


@dataclass(frozen=True, slots=True)
class ClaimDraft:
    """A claim, read and well-formed, not stored yet.

    region: a code, or 'FR' for the country. number: 0 = a new one. study_number: a piece of the region.
    counterfactual: None under a filter = nobody estimated it. seen_version: the one that the form showed, 0 = none.
    """

    region: str
    chantier: str
    stage: Stage
    finding: Finding
    sentence: str
    figures: tuple[Cell, ...]
    what: str = ""
    who: str = ""
    how_much: str = ""
    contribution: str = ""
    risk: str = ""
    self_declared: bool = False
    study_reference: str = ""
    study_number: int | None = None
    counterfactual: Counterfactual = field(default_factory=dict)
    number: int = 0
    seen_version: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReadingDraft:
    """What a reader found. seen: mark of what was shown (impact.claims.mark)."""

    region: str
    number: int
    seen: str
    criteria: frozenset[str]
    justification: str
    study_reference: str = ""


def says_the_same(draft: ClaimDraft, other: ClaimDraft) -> bool:
    """The same claim, whatever the reason and the version that the form showed."""
    return _compared(draft) == _compared(other)


def _compared(draft: ClaimDraft) -> ClaimDraft:
    held = {name: draft.counterfactual.get(name) for name in Filter}
    figures = tuple(sorted(draft.figures))
    return replace(draft, reason="", number=0, seen_version=0, counterfactual=held, figures=figures)


def claim_fields(draft: ClaimDraft) -> dict[str, str]:
    """The French texts that would be typed to say this draft: the inverse of read_fields."""
    fields = {name: str(getattr(draft, attribute)) for name, attribute in TEXTS.items()}
    fields |= {
        "chantier": draft.chantier, "etape": draft.stage.value, "resultat": draft.finding.value,
        "piece": "" if draft.study_number is None else f"{draft.region}-{draft.study_number}",
    }  # fmt: skip
    for name in Filter:
        one = draft.counterfactual.get(name)
        for part, attribute in BOUNDS.items():
            fields[share_field(name, part)] = "" if one is None else typed(getattr(one, attribute))
        fields[share_field(name, BASIS)] = "" if one is None else one.basis
    return fields


def read_fields(
    fields: Mapping[str, str], *, region: str, figures: Collection[Cell], self_declared: bool, number: int = 0,
    seen_version: int = 0,
) -> tuple[ClaimDraft | None, list[Problem]]:  # fmt: skip
    """What was typed, read strictly; the draft is None as soon as there is a problem. Absent and blank are the same."""
    reading = Fields(fields, _LABELS)
    if not reading.filled("phrase"):
        reading.refuse("phrase", "écrivez-la.")
    texts = {
        attribute: reading.text(name, LONGEST_SENTENCE if name == "phrase" else LONGEST_TEXT)
        for name, attribute in TEXTS.items()
    }
    stage, finding = reading.one_of("etape", CLAIM_STAGES), reading.one_of("resultat", Finding)
    held, study = _counterfactual(reading), reading.piece("piece", region)
    if reading.problems or stage is None or finding is None:
        return None, reading.problems
    draft = ClaimDraft(
        region, fields.get("chantier", "").strip(), stage, finding, figures=tuple(sorted(figures)),
        self_declared=self_declared, study_number=study, counterfactual=held, number=number,
        seen_version=seen_version, **texts,
    )  # fmt: skip
    return draft, []


def read_counterfactual(fields: Mapping[str, str]) -> tuple[Counterfactual, list[Problem]]:
    """What each filter takes off, None where nothing was typed; and what cannot be read."""
    reading = Fields(fields, _LABELS)
    return _counterfactual(reading), reading.problems


def _counterfactual(reading: Fields) -> Counterfactual:
    return {name: _estimate(reading, name) for name in Filter}


def _estimate(reading: Fields, name: Filter) -> Estimate | None:
    """Three shares and their basis, or nothing at all: « non estimé »."""
    low_field, *_, basis_field = fields = [share_field(name, part) for part in (*BOUNDS, BASIS)]
    if not any(map(reading.filled, fields)):
        return None
    try:
        shares = [_share(reading.fields.get(one, "").strip()) for one in fields[:-1]]
        if None in shares or not reading.filled(basis_field):
            raise Refused("donnez les trois parts (basse, centrale, haute) et ce qui les fonde, ou rien : non estimé.")
        low, central, high = (share or 0 for share in shares)
        if not low <= central <= high:
            raise Refused("la part basse ne dépasse pas la centrale, ni la centrale la haute.")
        return Estimate(low, central, high, clean_text(reading.fields[basis_field], LONGEST_TEXT))
    except Refused as refused:
        reading.refuse(low_field, str(refused))
        return None


def _share(text: str) -> int | None:
    value = parse_number(text.removesuffix("%"))
    if value is None:
        return None
    scaled = value * SCALE
    if not 0 <= scaled <= _WHOLE or scaled != int(scaled):
        raise Refused(f"« {text[:20]} » n’est pas une part de 0 à 100 %, avec au plus quatre décimales.")
    return int(scaled)


def claim_problems(
    draft: ClaimDraft, chantier_of: Mapping[str, str], stored: Collection[Cell], pieces: Collection[int]
) -> list[Problem]:
    """Why a well-formed draft cannot be accepted.

    chantier_of: the chantier of every indicator. stored: those of its cells that hold a value. pieces: those of the
    region that are not withdrawn.
    """
    problems = [Problem(said, "chiffres") for said in _figure_problems(draft, chantier_of, stored)]
    if draft.chantier not in chantier_of.values():
        problems.append(Problem(f"« {LABELS['chantier']} » : choisissez-en un.", "chantier"))
    if draft.study_number is not None and draft.study_number not in pieces:
        message = f"la pièce {draft.region}-{draft.study_number} n’existe pas dans cette région, ou est retirée."
        problems.append(Problem(message, "piece"))
    if draft.number and not draft.reason:
        problems.append(Problem("dites pourquoi elle est modifiée.", "motif"))
    return problems


def _figure_problems(draft: ClaimDraft, chantier_of: Mapping[str, str], stored: Collection[Cell]) -> list[str]:
    if not draft.figures:
        return ["choisissez au moins un chiffre qui la porte."]
    if len(set(draft.figures)) > MOST_FIGURES:
        return [f"au plus {MOST_FIGURES} chiffres la portent."]
    said: list[str] = []
    for cell in draft.figures:
        name = f"{cell.indicator}, {period_name(cell.period)}"
        if draft.region not in (NATIONAL_CODE, cell.region):
            said.append(f"{name} n’est pas un chiffre de cette région.")
        elif chantier_of.get(cell.indicator) != draft.chantier:
            said.append(f"{name} n’est pas un chiffre de ce chantier.")
        elif cell not in stored:
            said.append(f"{name} : aucun chiffre n’y est enregistré.")
    return said


AUTHOR = "vous en êtes l’auteur, ou vous avez saisi un chiffre qui la porte ; une autre personne la lit."


def reading_problems(draft: ReadingDraft, claim: Stated, figures: Figures, reader: int) -> list[Problem]:
    """Why a reading cannot be accepted, whatever it says."""
    problems: list[Problem] = []
    if reader in claim.authors:
        problems.append(Problem(AUTHOR))
    if reason := no_grade(claim, figures):
        problems.append(Problem(f"elle ne se lit pas : {reason}."))
    if unknown := sorted(draft.criteria - CRITERIA):
        problems.append(Problem(f"critère inconnu : {', '.join(unknown)}.", "criteres"))
    if not draft.justification:
        problems.append(Problem("dites ce qui fonde votre lecture.", "justification"))
    if reached(draft.criteria) and not draft.study_reference:
        problems.append(Problem("nommez l’étude ou le document que vous avez lu.", "etude"))
    return problems
