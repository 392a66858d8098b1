"""The fictitious demonstration: from the preparation of the Congress to the tenth month, played through the services.

Whatever is in it was entered, planned, submitted, returned, validated and decided by the same rules as real figures and
actions; only the figures and the people are invented (data/demonstration*.yaml). The day stops at 2011-07-10.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from itertools import groupby
from types import ModuleType
from typing import Any

import yaml
from sqlmodel import Session, select

from impact import clock, rules
from impact.demo import actions, claims, lexicon, meetings, milestones, pieces, voices
from impact.demo.numbers import figures, handsome, noise
from impact.errors import Refused
from impact.figures import Cell, Definition, Period
from impact.formats import short_date
from impact.models import Account, Entry, Setting
from impact.permissions import Actor
from impact.queries.book import Book
from impact.rules.targets import TARGET_FIELDS, TargetDraft, read_target
from impact.services import calendar, catalogue, mobilisations, reviews, stages, submission
from impact.services.accounts import create_account
from impact.services.entries import save_entry
from impact.services.readings import Reading, has_evidence
from impact.services.targets import set_target, set_targets
from impact.settings import DATA
from impact.vocabulary import Role

SCRIPTS = ("demonstration.yaml", "demonstration_actions.yaml")
LIVES: Mapping[str, ModuleType] = {
    "actions": actions, "milestones": milestones, "meetings": meetings, "voices": voices,
}  # fmt: skip
"""By their name in the script, in the order in which they follow each other on a day."""
CORRECTING = {"reopened": "correct", "entered": "enter", "validated": "review"}
NO_CELL = Cell("", "", "")
DOMAIN = "demo.invalid"
ORDINARY = {"do": "validate"}
REVIEW_AFTER = timedelta(days=4)


def fill(session: Session) -> None:
    """Add the demonstration to an empty database, in the caller's transaction; Refused when it holds accounts."""
    if session.exec(select(Account).limit(1)).first() is not None:
        raise Refused("La base contient déjà des comptes : la démonstration ne remplit qu’une base vide.")
    story = Story(session)
    clock.set_today(session, story.beginning)
    story.engage()
    for day, acts in groupby(sorted(story.acts(), key=lambda act: (act.day, act.rank)), key=lambda act: act.day):
        clock.set_today(session, day)
        for act in acts:
            story.play(act)
        stages.settle(session)
    clock.set_today(session, None)
    session.add(Setting(key="today", value=story.script["today"]))
    session.add(Setting(key="demonstration", value="true"))
    session.flush()


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that somebody does on one day. rank orders the acts of a day: what the office sets, enter, review,
    what comes after, the life of actions in the order of LIVES."""

    day: date
    rank: int
    verb: str
    cell: Cell
    plan: dict[str, Any]


class Story:
    """The script of data/demonstration.yaml, and the people who play it."""

    def __init__(self, session: Session):
        self.session = session
        self.script: dict[str, Any] = {}
        for file in SCRIPTS:
            self.script |= yaml.safe_load((DATA / file).read_text(encoding="utf-8"))
        self.last_day = date.fromisoformat(self.script["today"])
        self.people: dict[str, Actor] = {}

    @property
    def beginning(self) -> date:
        """When regions begin to prepare the Congress."""
        return date.fromisoformat(self.script["engaged_on"])

    @cached_property
    def book(self) -> Book:
        return Book(self.session)

    def engage(self) -> None:
        """Accounts and mobilisations."""
        for nickname, person in self.script["people"].items():
            regions = frozenset(person.get("regions", ()))
            account = create_account(
                self.session, "démonstration", f"{nickname}@{DOMAIN}", person["name"], Role(person["role"]), regions
            )
            assert account.id is not None
            self.people[nickname] = Actor(account.id, account.email, account.name, Role(person["role"]), regions)
        for region, chantier, primary, start in self.script["mobilisations"]:
            mobilisations.mobilise(
                self.session, self.people["odile"], region, chantier, primary=primary, start=date.fromisoformat(start)
            )

    def aim(self) -> None:
        """What every region and the country set out at the Congress."""
        plan = self.script["targets"]
        stated = {(item["region"], item["indicator"]): item for item in plan["stated"]}
        none = {tuple(key) for key in plan["none"]}
        for region, chantier, *_ in self.script["mobilisations"]:
            for code, recipe in plan["indicators"].items():
                if self.book.definition(code).chantier == chantier and (region, code) not in none:
                    stated.setdefault((region, code), self._goal(region, code, recipe))
        drafts = [self._aimed(region, code, fields) for (region, code), fields in stated.items()]
        set_targets(self.session, self.people["odile"], drafts)

    def _goal(self, region: str, code: str, recipe: dict[str, Any]) -> dict[str, str]:
        """A count grows with the region; a share or a mean goes more or less of the same way."""
        ambition = self.script["targets"]["ambition"][region]
        baseline, target = recipe.get("baseline"), recipe["target"]
        if self.book.definition(code).has_pair:
            way = (target - (baseline or 0)) * (ambition + 0.2 if baseline else 1)
            return {"base": "" if baseline is None else str(baseline), "cible": f"{(baseline or 0) + way:.1f}"}
        size = self.script["regions"][region]["size"]
        base = "" if baseline is None else str(handsome(baseline * size))
        return {"base": base, "cible": str(handsome(target * size * ambition))}

    def _aimed(self, region: str, code: str, fields: dict[str, str], seen_number: int = 0) -> TargetDraft:
        said = {name: text for name, text in fields.items() if name in TARGET_FIELDS}
        due = date.fromisoformat(self.script["targets"]["due"])
        draft, problems = read_target(
            self.book.definition(code), {**said, "echeance": short_date(due)}, region=region, seen_number=seen_number
        )
        if draft is None:
            raise Refused(problems)
        return draft

    def team(self, region: str) -> Actor:
        return next(person for person in self.people.values() if region in person.regions)

    def acts(self) -> Iterator[Act]:
        yield Act(date.fromisoformat(self.script["targets"]["set_on"]), 0, "aim_all", NO_CELL, {})
        for item in self.script["reopenings"]:
            cell = Cell(item["region"], "", self.period(item["period"]).code)
            yield Act(date.fromisoformat(item["granted"]), 0, "reopen", cell, item)
        for item in self.script["targets"]["revised"]:
            yield Act(date.fromisoformat(item["on"]), 0, "aim", Cell(item["region"], item["indicator"], ""), item)
        for item in self.script["definitions"]:
            yield Act(date.fromisoformat(item["on"]), 0, "redefine", Cell("", item["indicator"], ""), item)
        for day, plan in lexicon.acts(self.script["lexicon"]):
            yield Act(day, 0, "speak", NO_CELL, plan)
        for day, plan in claims.acts(self.script["claims"]):
            yield Act(day, 3, "claim", NO_CELL, plan)
        for day, plan in pieces.acts(self.script["pieces"]):
            yield Act(day, 1 if plan["act"] == "deposited" else 3, "prove", NO_CELL, plan)
        for rank, (name, life) in enumerate(LIVES.items(), 4):
            for day, plan in life.acts(self.script[name]):
                yield Act(day, rank, name, NO_CELL, plan)
        yield from self._corrections()
        for period in self.book.periods.values():
            if period.has_ended(self.last_day):
                yield from self._acts_of(period)

    def _corrections(self) -> Iterator[Act]:
        """A validated figure is reopened, entered anew, and validated."""
        for item in self.script["corrected"]:
            cell = Cell(item["region"], item["indicator"], self.period(item["period"]).code)
            plan = {"do": "validate", **item}
            for rank, verb in enumerate(("reopened", "entered", "validated")):
                yield Act(date.fromisoformat(item[verb]), rank, CORRECTING[verb], cell, plan)

    def _acts_of(self, period: Period) -> Iterator[Act]:
        for region, chantier, *_ in self.script["mobilisations"]:
            if not self.book.is_mobilised(region, chantier, period):
                continue
            for definition in self.book.sheet_indicators(chantier, period):
                yield from self._acts_on(Cell(region, definition.code, period.code), period)

    def _acts_on(self, cell: Cell, period: Period) -> Iterator[Act]:
        plan = self.plan(cell, period)
        if plan["do"] == "skip":
            return
        delay = 30 if plan.get("late") else self.script["regions"][cell.region]["delay"]
        entered = min(period.end + timedelta(days=delay), self.last_day - timedelta(days=1))
        yield Act(entered, 1, "enter", cell, plan)
        if plan["do"] not in ("draft", "submit"):
            yield Act(min(entered + REVIEW_AFTER, self.last_day), 2, "review", cell, plan)

    def plan(self, cell: Cell, period: Period) -> dict[str, Any]:
        """The most precise exception that fits, or the ordinary course."""
        fitting = [
            item
            for item in self.script["exceptions"]
            if item["region"] == cell.region
            and item["period"] == period.short
            and item.get("indicator", cell.indicator) == cell.indicator
        ]
        return max(fitting, key=lambda item: "indicator" in item, default=ORDINARY)

    def period(self, short: str) -> Period:
        return self.book.period(f"{self.book.campaign.code}-{short}")

    def play(self, act: Act) -> None:
        {
            "reopen": self._reopen,
            "aim": self._revise,
            "redefine": self._redefine,
            "speak": lambda act: lexicon.play(self.session, act.plan, self.people["odile"], self.team),
            "prove": lambda act: pieces.play(self.session, act.plan, self.people["odile"], self.team),
            "claim": lambda act: claims.play(self.session, act.plan, self.people, self.team),
            "aim_all": lambda _: self.aim(),
            "correct": self._correct,
            "enter": self._enter,
            "review": self._review,
            **dict.fromkeys(LIVES, self._live),
        }[act.verb](act)

    def _live(self, act: Act) -> None:
        LIVES[act.verb].play(self.session, act.plan, self.people, self.team)

    def _correct(self, act: Act) -> None:
        reviews.reopen_entry(self.session, self.people["odile"], act.cell, act.plan["why"])

    def _reopen(self, act: Act) -> None:
        until = date.fromisoformat(act.plan["until"])
        calendar.reopen_period(
            self.session, self.people["odile"], act.cell.period, act.cell.region, until, act.plan["why"]
        )

    def _revise(self, act: Act) -> None:
        draft = self._aimed(act.cell.region, act.cell.indicator, act.plan, seen_number=1)
        set_target(self.session, self.people["odile"], draft)

    def _redefine(self, act: Act) -> None:
        plan = act.plan
        applies_from = date.fromisoformat(plan["applies_from"])
        catalogue.revise(
            self.session, self.people["odile"], act.cell.indicator, plan["changes"], applies_from, plan["reason"], 1
        )
        del self.book  # what is entered from now on is read under the definition in force

    def _enter(self, act: Act) -> None:
        definition, team = self.book.definition_for(act.cell), self.team(act.cell.region)
        fields = self.fields(definition, act.cell, act.plan)
        held = self.session.get(Entry, act.cell)
        draft, problems = rules.read_draft(definition, act.cell, fields, seen_version=held.version if held else 0)
        if draft is None or problems:
            raise Refused(problems)
        save_entry(self.session, team, draft)
        if act.plan["do"] != "draft":
            submission.submit_cells(self.session, team, [act.cell])

    def _review(self, act: Act) -> None:
        office = self.people["odile" if act.cell.region < "60" else "bruno"]
        if act.plan["do"] == "return":
            reviews.send_back(self.session, office, [act.cell], act.plan["reason"])
            return
        documented = has_evidence(self.session.get_one(Entry, act.cell))
        read = documented and (act.plan["do"] == "read" or noise(act.cell, "read") < 0.35)
        readings = {act.cell: Reading(self.script["checked"])} if read else {}
        reviews.validate(self.session, office, [act.cell], readings=readings)

    def fields(self, definition: Definition, cell: Cell, plan: dict[str, Any]) -> dict[str, str]:
        """What the team types in the form."""
        if plan["do"] in ("not_available", "not_applicable"):
            state = "non_disponible" if plan["do"] == "not_available" else "sans_objet"
            return {"etat": state, "motif": plan["reason"]}
        replaced = dict(plan.get("fields", {}))
        said = self.script["sources"][int(noise(cell, "source") * len(self.script["sources"]))]
        with_parts = replaced.pop("parts", "valeur" not in replaced and "numerateur" not in replaced)
        return {
            **figures(definition, cell, self._scale(cell), self._recipe(definition), with_parts),
            **said,
            **replaced,
        }

    def _recipe(self, definition: Definition) -> dict[str, Any]:
        recipe: dict[str, Any] = self.script["indicators"][definition.code]
        return recipe

    def _scale(self, cell: Cell) -> tuple[float, int]:
        """Size of the figure against the middle one, and how many periods of its frequency came before."""
        period = self.book.period(cell.period)
        place = sum(p.frequency == period.frequency and p < period for p in self.book.periods.values())
        swing = 0.85 + 0.3 * noise(cell, "swing")
        return self.script["regions"][cell.region]["size"] * swing * (1 + 0.12 * place), place
