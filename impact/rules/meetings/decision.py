"""What a meeting decides and what becomes of it, as it is typed and as it is meant. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from impact.actions import ActionKey, Activity, Identity, Objective, Plan, Resource
from impact.errors import Problem
from impact.formats import short_date
from impact.rules.fields import LONGEST_TEXT, Fields
from impact.rules.meetings.measure import MeasureDraft
from impact.vocabulary import DecisionKind, DecisionState

LABELS = {
    "nature": "nature de la décision",
    "decision": "décision",
    "motif": "motif",
    "responsable": "responsable",
    "region_responsable": "région du responsable",
    "echeance": "échéance",
    "action": "action concernée",
    "region_hote": "région hôte",
    "chantier": "chantier",
    "titre": "titre de l’action à préparer",
    "adaptation": "adaptation",
    "mesure": "nouvelle mesure",
    "chiffres": "chiffres regardés",
    "confrontation": "confrontation",
    "etat": "état",
    "suite": "ce qu’il en est advenu",
    "reussite": "réussite",
    "jour": "date de la convention",
    "piece": "pièce de la convention",
}
LONGEST = {"decision": 1_500, "motif": 1_500, "responsable": 160, "adaptation": 1_200, "titre": 200}
ABOUT_AN_ACTION = (
    DecisionKind.DEPLOYMENT, DecisionKind.CONTINUATION, DecisionKind.ADAPTATION, DecisionKind.STOP,
)  # fmt: skip
"""Kinds of which one has to know which action they are about."""
PREPARES = (DecisionKind.NEW_ACTION, DecisionKind.DEPLOYMENT)
"""Kinds after which a region finds an action prepared."""
SAME_REGION = "c’est la région d’où vient l’action ; choisissez-en une autre."


@dataclass(frozen=True, slots=True)
class DecisionDraft:
    """action: that it is about, or that is to be deployed. host_region: where an action is prepared.

    chantier, title: of that action; '' = those of the action that it comes from. measure: of a new measure alone.
    snapshot, figures: the comparison looked at, and what of it (confrontation.figure_ids).
    """

    kind: DecisionKind
    statement: str
    reason: str
    owner: str
    due: date
    owner_region: str = ""
    action: ActionKey | None = None
    host_region: str = ""
    chantier: str = ""
    title: str = ""
    adaptation: str = ""
    measure: MeasureDraft | None = None
    snapshot: int | None = None
    figures: tuple[str, ...] = ()


def read_decision(
    fields: Mapping[str, str], *, action: ActionKey | None = None, measure: MeasureDraft | None = None,
    snapshot: int | None = None, figures: Collection[str] = (), today: date,
) -> tuple[DecisionDraft | None, list[Problem]]:  # fmt: skip
    """fields: raw texts by LABELS up to « adaptation » (closed lists by value, regions and chantier by code)."""
    reading = Fields(fields, LABELS)
    kind, due = reading.one_of("nature", DecisionKind), reading.day("echeance")
    texts = {name: reading.prose(name, longest) for name, longest in LONGEST.items()}
    for name in ("decision", "motif", "responsable"):
        if not texts[name] and not reading.is_refused(name):
            reading.refuse(name, "ce texte manque.")
    if due is None and not reading.is_refused("echeance"):
        reading.refuse("echeance", "dites pour quand.")
    if due is not None and due < today:
        reading.refuse("echeance", f"le {short_date(due)} est déjà passé.")
    places = {name: fields.get(name, "").strip() for name in ("region_responsable", "region_hote", "chantier")}
    if kind is not None:
        _of_kind(reading, kind, action, measure, places, texts)
    if reading.problems or kind is None or due is None:
        return None, reading.problems
    hosts = kind in PREPARES
    return DecisionDraft(
        kind, texts["decision"], texts["motif"], texts["responsable"], due, places["region_responsable"], action,
        places["region_hote"] if hosts else "", places["chantier"] if hosts else "", texts["titre"] if hosts else "",
        texts["adaptation"], measure if kind is DecisionKind.NEW_MEASURE else None, snapshot,
        tuple(dict.fromkeys(figures)),
    ), []  # fmt: skip


def _of_kind(
    reading: Fields, kind: DecisionKind, action: ActionKey | None, measure: MeasureDraft | None,
    places: Mapping[str, str], texts: Mapping[str, str],
) -> None:  # fmt: skip
    """What one kind of decision needs beside the others."""
    if kind in ABOUT_AN_ACTION and action is None:
        reading.refuse("action", "choisissez l’action que la décision concerne.")
    if kind in PREPARES and not places["region_hote"]:
        reading.refuse("region_hote", "choisissez la région où l’action sera préparée.")
    if kind is DecisionKind.DEPLOYMENT and action is not None and places["region_hote"] == action.region:
        reading.refuse("region_hote", SAME_REGION)
    if kind is DecisionKind.DEPLOYMENT and not texts["adaptation"] and not reading.is_refused("adaptation"):
        reading.refuse("adaptation", "dites ce qui doit changer pour la région hôte, ou « rien » et pourquoi.")
    if kind is DecisionKind.NEW_ACTION and action is None:
        for name in ("titre", "chantier"):
            if not (texts.get(name) or places.get(name)):
                reading.refuse(name, "l’action à préparer en a besoin.")
    if kind is DecisionKind.NEW_MEASURE and measure is None:
        reading.refuse("mesure", "décrivez l’indicateur : son chantier et son nom au moins.")


def decision_fields(draft: DecisionDraft) -> dict[str, str]:
    """The texts that would be typed to say this draft; action, measure, snapshot and figures are chosen beside them."""
    return {
        "nature": draft.kind.value, "decision": draft.statement, "motif": draft.reason, "responsable": draft.owner,
        "region_responsable": draft.owner_region, "echeance": short_date(draft.due), "region_hote": draft.host_region,
        "chantier": draft.chantier, "titre": draft.title, "adaptation": draft.adaptation,
    }  # fmt: skip


FOLLOWING: Mapping[DecisionState, tuple[DecisionState, ...]] = {
    DecisionState.TAKEN: (DecisionState.UNDER_WAY, DecisionState.DONE, DecisionState.DROPPED),
    DecisionState.UNDER_WAY: (DecisionState.UNDER_WAY, DecisionState.DONE, DecisionState.DROPPED),
    DecisionState.DONE: (DecisionState.DONE,),
    DecisionState.DROPPED: (DecisionState.UNDER_WAY,),
}
"""What may be said of a decision after what was said last: more of the same, and what was dropped is taken up again."""
SETTLED = (DecisionState.DONE, DecisionState.DROPPED)


def is_late(state: DecisionState, due: date, today: date) -> bool:
    """Its day is past, and nobody said that it is done or dropped."""
    return state not in SETTLED and due < today


def adapted(source: Plan | None, draft: DecisionDraft, origin: str) -> Plan:
    """The plan that the host region finds: what is to be done, without what was the source region's own.

    Left out: baselines, targets and days, money, partners, people. origin: where it comes from, in words; it and the
    adaptation are said in the need, to be rewritten by the region. On another chantier, objectives have no indicator.
    """
    own = source.identity if source else Identity("", "")
    there = f"Besoin décrit dans la région d’origine : {own.need}" if own.need else ""
    need = "\n\n".join(text for text in (origin, draft.adaptation, there) if text)
    if len(need) > LONGEST_TEXT:
        need = f"{need[: LONGEST_TEXT - 1].rstrip()}…"
    identity = Identity(draft.title or own.title, draft.chantier or own.chantier, need)
    if source is None:
        return Plan(identity)
    same = identity.chantier == own.chantier
    return Plan(
        identity,
        tuple(
            Objective(one.statement, one.indicator if same else "", measure=one.measure) for one in source.objectives
        ),
        tuple(Activity(one.name, one.deliverable) for one in source.activities),
        resources=tuple(Resource(one.kind, one.name, unit=one.unit) for one in source.resources),
    )
