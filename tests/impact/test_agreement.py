"""Screens, files and explanations say the same number: random campaigns, walked through the database."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from impact.db import Database
from impact.exports import ExportRequest
from impact.exports import progress as progress_file
from impact.exports import quality as quality_file
from impact.exports import totals as totals_file
from impact.figures import rounded
from impact.models import Entry, MobilisationSpell, TargetRevision
from impact.permissions import EVERYTHING, Scope, readable
from impact.presentation import achievement, facts, wording
from impact.presentation.explaining import Contribution, Explanation, answer
from impact.presentation.lens import Lens, narrowed
from impact.presentation.questions import Kind, about
from impact.progress import UNKNOWN_START
from impact.queries import exported
from impact.queries.asked import asked_world
from impact.queries.book import Book
from impact.queries.standings import advances
from impact.queries.world import world
from impact.services import rollup
from impact.vocabulary import NATIONAL_CODE, WITHOUT_VALUE, Answer, Measure, ProgressState, Status
from impact.world import World
from tests.cast import KARIM, MIDI_PYRENEES, ODILE, PICARDIE, REMI, START

ISLE = "11"
CAMPAIGN = "2010-2011"
MOBILISED = {"FOR": (PICARDIE, ISLE), "PRE": (MIDI_PYRENEES, ISLE)}
INDICATORS = ("FOR-01", "FOR-04", "FOR-06", "PRE-02", "PRE-03", "PRE-04", "PRE-05")
"""An amount, counts that flow, shares, a mean, and one that does not add up."""
WINDOWS = (None, "2010-2011-T1", "2010-2011-T2", "2010-2011-T3", "2010-2011-S1")
AT = datetime(2011, 1, 10, 9, tzinfo=UTC)


class Stored(NamedTuple):
    indicator: str
    region: str
    period: int
    """Its place among those of the indicator's frequency."""
    answer: Answer
    status: Status
    numerator: int
    denominator: int
    reliability: int
    day: date


RESERVED = "Réponses réservées à leur région"
UNSAID = (UNKNOWN_START, *WITHOUT_VALUE.values())

often = st.sampled_from([True, True, False])


@st.composite
def entries(draw: st.DrawFn) -> list[Stored]:
    """Most cells of the periods that are over, and a few of the one that runs."""
    found = []
    for indicator in INDICATORS:
        for region in MOBILISED[indicator[:3]]:
            for place in (place for place in range(4) if draw(often)):
                kind = draw(st.sampled_from([Answer.VALUE] * 5 + [Answer.NOT_AVAILABLE, Answer.NOT_APPLICABLE]))
                status = draw(st.sampled_from([Status.VALIDATED] * 3 + [Status.SUBMITTED] * 2 + list(Status)))
                day = draw(st.sampled_from([date(2011, 1, 10), date(2011, 4, 10), date(2011, 7, 9)]))
                pair = draw(st.integers(0, 12)), draw(st.integers(0, 30))
                found.append(Stored(indicator, region, place, kind, status, *pair, draw(st.integers(0, 3)), day))
    return found


@st.composite
def goals(draw: st.DrawFn) -> dict[tuple[str, str], tuple[int | None, int]]:
    return {
        (region, indicator): (draw(st.sampled_from([None, 0, 5])), draw(st.sampled_from([5, 20, 60])))
        for indicator in INDICATORS
        for region in (*MOBILISED[indicator[:3]], NATIONAL_CODE)
        if draw(often) is (region != NATIONAL_CODE)
    }


class Look(NamedTuple):
    """Who looks, through what, at which regions: None = all."""

    scope: Scope
    lens: Lens
    regions: tuple[str, ...] = ()


def furnish(session: Session, said: list[Stored], aims: dict[tuple[str, str], tuple[int | None, int]]) -> Book:
    """Rows as services would leave them, roll-up included."""
    for chantier in MOBILISED:
        session.add(MobilisationSpell(region_code=ISLE, chantier_code=chantier, start_date=START))
    book = Book(session)
    drawn = [_entry(book, one) for one in said]
    session.add_all({(one.region_code, one.indicator_code, one.period_code): one for one in drawn}.values())
    for (region, indicator), (baseline, value) in aims.items():
        session.add(
            TargetRevision(
                region_code=region, indicator_code=indicator, campaign_code=CAMPAIGN, number=1, value=value * 10_000,
                baseline=None if baseline is None else baseline * 10_000, due_date=date(2011, 9, 30), set_by=ODILE.id,
                set_at=AT, set_on=date(2010, 10, 14),
            )
        )  # fmt: skip
    session.flush()
    rollup.rebuild(session)
    return Book(session)


def _entry(book: Book, one: Stored) -> Entry:
    definition = book.definition(one.indicator)
    own = sorted(p for p in book.periods.values() if p.frequency is definition.frequency and p.campaign == CAMPAIGN)
    period = own[one.period % len(own)]
    is_value, sent = one.answer is Answer.VALUE, one.status in (Status.SUBMITTED, Status.VALIDATED)
    validated = one.status is Status.VALIDATED
    return Entry(
        region_code=one.region, indicator_code=one.indicator, period_code=period.code, indicator_version=1,
        answer=one.answer, status=one.status, numerator=one.numerator * 10_000 if is_value else None,
        denominator=one.denominator * 10_000 if is_value and definition.has_pair else None,
        reason="" if is_value else "non suivi", coverage_start=period.start, coverage_end=period.end,
        reliability=one.reliability if is_value else 0, entered_by=ODILE.id, entered_at=AT,
        submitted_by=ODILE.id if sent else None, submitted_at=AT if sent else None,
        first_submitted_on=one.day if sent else None, review_note="à revoir" if one.status is Status.RETURNED else "",
        validated_by=ODILE.id if validated else None, validated_at=AT if validated else None,
    )  # fmt: skip


@st.composite
def looks(draw: st.DrawFn) -> Look:
    """Provisional figures are for the national office, and for a team in its own region."""
    period = draw(st.sampled_from(WINDOWS))
    who = draw(st.sampled_from([EVERYTHING, EVERYTHING, readable(KARIM), readable(REMI)]))
    regions = draw(st.sampled_from([(), (PICARDIE,)]))
    allowed = who == EVERYTHING or (who == readable(KARIM) and regions == (PICARDIE,))
    provisional = draw(often) and allowed
    return Look(who, Lens(period or "", None, None, draw(st.sampled_from([0, 0, 1, 2])), provisional), regions)


def opened(look: Look, book: Book) -> Look:
    """With the days of the period drawn, which stood in the place of the chantier."""
    held = book.periods.get(look.lens.chantier)
    days = {"start": held.start, "end": held.end} if held else {}
    return look._replace(lens=look.lens._replace(chantier="", **days))


def rows(columns: tuple[Any, ...], cells: Iterator[Any]) -> list[dict[str, Any]]:
    names = [column.name for column in columns]
    return [dict(zip(names, one, strict=True)) for one in cells]


def explained(session: Session, look: Look, seen: World, kind: Kind, **of: str) -> Explanation:
    """By its address, from a reading of its own, as whoever gets the link."""
    question = about(seen, look.lens, kind, **of)
    found = answer(asked_world(session, look.scope, question), question)
    assert found is not None, question.address
    return found


def compare_totals(session: Session, look: Look, seen: World, request: ExportRequest) -> None:
    for row in rows(totals_file.COLUMNS, exported.total_rows(session, look.scope, request)):
        code, region = row["code_indicateur"], row["code_region"]
        if region == NATIONAL_CODE and look.regions:
            continue  # a selection has no address: the total of one region is that region's
        definition = seen.definitions[code]
        total = look.lens.total(seen, code, region)
        fact = facts.of_total(definition, total, look.lens)
        told = explained(session, look, seen, Kind.TOTAL, indicator=code, region=region)
        assert told.exact == total.value
        assert row["valeur"] == (None if told.exact is None else rounded(told.exact, definition.decimals))
        assert (row["couverture"], row["periodes_renseignees"]) == (total.coverage, total.cells_answered)
        assert len(told.contributions) == len(total.used)
        assert fact.unit in ("€", "M€") or told.number.startswith(fact.value)  # large type shortens euros
        if total.value is not None:
            assert sum(map(typed, told.contributions)) == Decimal(row["numerateur"]) / 10_000


def typed(one: Contribution) -> Decimal:
    return Decimal(one.numerator.replace("\u202f", "").replace(",", "."))


def compare_progress(session: Session, look: Look, whole: World, request: ExportRequest) -> None:
    lens = look.lens
    for row in rows(progress_file.COLUMNS, exported.progress_cells(session, look.scope, request)):
        code, region = row["code_indicateur"], row["code_region"]
        if region == NATIONAL_CODE and look.regions:
            continue
        if code == progress_file.WHOLE_CHANTIER:
            compare_advance(session, look, whole, row)
            continue
        told = explained(session, look, whole, Kind.PROGRESS, indicator=code, region=region)
        assert told.exact == row["taux"]
        if told.exact is None:
            state = ProgressState(row["etat"])  # a file has no word for figures that make no value
            assert told.number in (state.label, *(UNSAID if state is ProgressState.NOT_REPORTED else ()))
        elif region == NATIONAL_CODE:
            assert told.number in achievement.standing(achievement.national(whole, code, lens))
        if row["realise"] is not None and told.behind:
            assert told.behind[0].exact == row["realise"]


def compare_advance(session: Session, look: Look, whole: World, row: dict[str, Any]) -> None:
    chantier, region, lens = row["code_chantier"], row["code_region"], look.lens
    told = explained(session, look, whole, Kind.ADVANCE, chantier=chantier, region=region)
    assert told.exact == row["taux"]
    one = whole.advances(chantier, provisional=lens.provisional, min_proof=lens.min_proof, day=lens.end)[region]
    assert facts.advance(one, "", lens.end or whole.today).value == told.number
    assert f"sur {row['indicateurs_attendus']} attendu" in told.coverage
    if not lens.provisional and not lens.min_proof:
        kept = advances(session, CAMPAIGN, lens.end + timedelta(1) if lens.end else whole.today)  # read the day after
        assert kept[region, chantier].progress == told.exact


def compare_rates(session: Session, look: Look, seen: World, request: ExportRequest) -> None:
    file = rows(quality_file.COLUMNS, exported.quality_cells(session, request))
    for region, chantier in ((PICARDIE, "FOR"), (ISLE, "PRE"), (ISLE, ""), ("", "")):
        own = [r for r in file if region in ("", r["code_region"]) and chantier in ("", r["code_chantier"])]
        due, answered, on_time = (
            sum(row[name] for row in own) for name in ("cellules_dues", "cellules_repondues", "cellules_a_temps")
        )
        pooled = seen.pooled(region=region, chantier=chantier)
        complete = explained(session, look, seen, Kind.COMPLETENESS, region=region, chantier=chantier)
        punctual = explained(session, look, seen, Kind.PUNCTUALITY, region=region, chantier=chantier)
        assert complete.exact == pooled.completeness == (Fraction(answered, due) if due else None)
        assert punctual.exact == pooled.punctuality == (Fraction(on_time, due) if due else None)
        assert complete.number == facts.completeness(pooled).value == wording.rate(complete.exact)
        missing = [one for one in complete.listings if one.caption == "Chiffres sans réponse"]
        assert sum(len(one.rows) for one in missing) == due - answered
        assert sum(len(one.rows) for one in complete.listings if one.caption == "Réponses") == answered
        unanswered = explained(session, look, seen, Kind.MISSING, region=region, chantier=chantier)
        assert (unanswered.exact, unanswered.number) == (
            Fraction(due - answered, due) if due else None, facts.missing(pooled).value,
        )  # fmt: skip
        in_time = [one.rows for one in punctual.listings if one.caption in ("Réponses à l’heure", RESERVED)]
        early = [row for rows in in_time for row in rows if len(row) > 2 or "avant" in str(row[1])]
        assert sum(1 if len(row) > 2 else int(str(row[0])) for row in early) == on_time
        proven = explained(session, look, seen, Kind.PROVEN, region=region, chantier=chantier)
        assert (proven.exact, proven.number) == (pooled.proven_share, facts.proven(pooled).value)


@pytest.mark.parametrize("what", ["totals", "progress", "rates"])
@settings(max_examples=40, phases=[Phase.explicit, Phase.generate])
@given(said=entries(), aims=goals(), drawn=looks())
def test_screens_files_and_explanations_say_the_same_number(
    sqlite_db: Database, what: str, said: list[Stored], aims: dict[Any, Any], drawn: Look
) -> None:
    with Session(sqlite_db.writer) as session:
        book = furnish(session, said, aims)
        look = opened(drawn, book)
        whole = world(session, look.scope)
        lens = look.lens
        windowed = ExportRequest(
            lens.start, lens.end, look.regions, tuple(MOBILISED), INDICATORS, lens.min_proof, lens.provisional
        )
        if what == "totals":
            compare_totals(session, look, narrowed(whole, lens), windowed)
        elif what == "progress":
            asked = ExportRequest(None, lens.end, look.regions, ("FOR", "PRE"), (), lens.min_proof, lens.provisional)
            compare_progress(session, look, whole, asked)
        else:
            days = {"start": lens.start, "end": lens.end}
            compare_rates(session, look, narrowed(whole, lens), ExportRequest(**days))
        session.rollback()


def test_the_indicators_of_this_walk_are_of_every_measure(sqlite_db: Database) -> None:
    with Session(sqlite_db.reader) as session:
        definitions = Book(session).definitions
    assert {definitions[code].measure for code in INDICATORS} == set(Measure)
