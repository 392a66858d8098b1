"""How far regional actions have come, in words, and the country's stages month by month. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from impact.actions import ActionKey
from impact.formats import capital, counted, short_date
from impact.stages import SENTENCES, Passage
from impact.vocabulary import ActionStage

BEFORE = "à constituer"
"""Where an action stands whose first gate is not passed."""

SIGNS: Mapping[ActionStage | None, str] = {
    None: "○", ActionStage.EMERGENCE: "◔", ActionStage.STRUCTURING: "◑", ActionStage.PREPARATION: "◕",
    ActionStage.DEPLOYMENT: "●", ActionStage.SPREADING: "✦",
}  # fmt: skip
STAGES: tuple[ActionStage | None, ...] = (None, *ActionStage)

FACTS = {"reached": "Étape", "held": "Critères tenus", "withdrawn": "Retirée"}
"""What history calls the facts of a passage."""
LISTS = {"reached": ActionStage}


@dataclass(frozen=True, slots=True)
class Moment:
    """How many actions stood at each stage at the end of a day, in the order of STAGES."""

    day: date
    counts: tuple[int, ...]


def word(stage: ActionStage | None) -> str:
    return stage.label if stage else BEFORE


def course(passages: Sequence[Passage], today: date) -> list[Moment]:
    """The end of each month from the first passage on, and today; [] before the first. passages: by day."""
    if not passages:
        return []
    days = [*_month_ends(passages[0].day, today), today]
    return [Moment(day, _counts(_standing(passages, day))) for day in days]


def _standing(passages: Iterable[Passage], day: date) -> Collection[ActionStage | None]:
    stood: dict[ActionKey, ActionStage | None] = {}
    for one in passages:
        if one.day <= day:
            stood[one.key] = one.after
            if one.withdrawn:
                del stood[one.key]
    return stood.values()


def _counts(stood: Collection[ActionStage | None]) -> tuple[int, ...]:
    found = list(stood)
    return tuple(found.count(stage) for stage in STAGES)


def _month_ends(first: date, today: date) -> Iterable[date]:
    """Those before today."""
    following = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
    while (end := following - timedelta(days=1)) < today:
        yield end
        following = (following + timedelta(days=31)).replace(day=1)


def told(one: Passage) -> str:
    """« passe : émergence → structuration », « recule : … », « commence : émergence », « action retirée »"""
    if one.withdrawn:
        return "action retirée"
    if one.before is one.after:
        return f"commence : {word(one.after)}"
    fell = STAGES.index(one.after) < STAGES.index(one.before)
    return f"{'recule' if fell else 'passe'} : {word(one.before)} → {word(one.after)}"


def reasons(one: Passage) -> list[str]:
    """The criteria that made a passage, in words: gained on the way up, lost on the way down."""
    fell = STAGES.index(one.after) < STAGES.index(one.before)
    return [f"{'n’est plus vrai' if fell else 'vrai désormais'} : {SENTENCES[code]}" for code in one.because]


def summary(moment: Moment) -> str:
    """« 3 actions : 1 en émergence, 2 en déploiement »"""
    parts = [
        f"{count} {word(stage)}" if stage is None else f"{count} en {word(stage)}"
        for stage, count in zip(STAGES, moment.counts, strict=True)
        if count
    ]
    total = counted(sum(moment.counts), "action régionale", "actions régionales")
    return f"{total} au {short_date(moment.day)} : {', '.join(parts)}" if parts else f"{total}"


def headline(stage: ActionStage | None) -> str:
    return capital(word(stage))
