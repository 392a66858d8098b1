"""Which chantiers a region works on, since when, and which one comes first."""

from datetime import date

import pytest
from sqlmodel import Session, col, select

from impact.errors import Forbidden, NotFound, Refused
from impact.figures import Mobilisation
from impact.models import History, MobilisationSpell
from impact.queries import catalogue
from impact.services.mobilisations import demobilise, make_primary, mobilise
from tests.cast import CLAIRE, KARIM, MIDI_PYRENEES, ODILE, PICARDIE, REMI, START

SPRING = date(2011, 4, 1)
EVE = date(2011, 3, 31)


def spells(session: Session, region: str = PICARDIE) -> list[Mobilisation]:
    return catalogue.mobilisations(session, region)


def acts(session: Session) -> list[History]:
    return list(session.exec(select(History).where(History.chain == PICARDIE).order_by(col(History.seq))))


def test_a_region_takes_up_a_second_chantier_from_the_campaign_s_start_unless_told_otherwise(session: Session) -> None:
    mobilise(session, ODILE, PICARDIE, "COO")
    mobilise(session, ODILE, PICARDIE, "INN", start=SPRING)

    assert spells(session) == [
        Mobilisation(PICARDIE, "COO", START),
        Mobilisation(PICARDIE, "FOR", START, None, True),
        Mobilisation(PICARDIE, "INN", SPRING),
    ]


def test_a_new_primary_chantier_ends_the_old_one_the_day_before(session: Session) -> None:
    mobilise(session, ODILE, PICARDIE, "COO", primary=True, start=SPRING)

    assert spells(session) == [
        Mobilisation(PICARDIE, "FOR", START, EVE, True),
        Mobilisation(PICARDIE, "COO", SPRING, None, True),
    ]
    ended, begun = acts(session)
    assert ended.subject.startswith("Picardie, ")
    assert ended.after is not None
    assert ended.after["end_date"] == "2011-03-31"
    assert begun.before is None


def test_a_primary_chantier_that_began_no_earlier_stays_as_a_secondary_one(session: Session) -> None:
    mobilise(session, ODILE, PICARDIE, "COO", primary=True)

    assert spells(session) == [
        Mobilisation(PICARDIE, "COO", START, None, True),
        Mobilisation(PICARDIE, "FOR", START, None, False),
    ]


def test_repeating_edits_the_running_spell(session: Session) -> None:
    mobilise(session, ODILE, PICARDIE, "FOR", primary=True, start=date(2010, 11, 1))
    mobilise(session, ODILE, PICARDIE, "FOR", primary=True, end=EVE)

    assert spells(session) == [Mobilisation(PICARDIE, "FOR", date(2010, 11, 1), EVE, True)]
    assert [act.before is not None for act in acts(session)] == [True, True]


def test_a_region_comes_back_to_a_chantier_that_it_had_left(session: Session) -> None:
    demobilise(session, ODILE, PICARDIE, "FOR", date(2010, 12, 31))
    mobilise(session, ODILE, PICARDIE, "FOR", start=SPRING)
    mobilise(session, ODILE, PICARDIE, "FOR", primary=True)

    assert spells(session) == [
        Mobilisation(PICARDIE, "FOR", START, date(2010, 12, 31), True),
        Mobilisation(PICARDIE, "FOR", SPRING, None, True),
    ], "repeating without a day edits the spell that runs, not the one that ended"


def test_an_ended_spell_is_edited_by_naming_its_first_day(session: Session) -> None:
    demobilise(session, ODILE, PICARDIE, "FOR", date(2010, 12, 31))
    mobilise(session, ODILE, PICARDIE, "FOR", start=SPRING)
    mobilise(session, ODILE, PICARDIE, "FOR", start=START, end=date(2011, 1, 31))

    assert spells(session) == [
        Mobilisation(PICARDIE, "FOR", START, date(2011, 1, 31), primary=True),
        Mobilisation(PICARDIE, "FOR", SPRING),
    ]


def test_two_spells_on_one_chantier_never_overlap(session: Session) -> None:
    demobilise(session, ODILE, PICARDIE, "FOR", EVE)

    with pytest.raises(Refused, match="déjà mobilisée sur ce chantier du 15/10/2010 au 31/03/2011"):
        mobilise(session, ODILE, PICARDIE, "FOR", start=EVE)
    mobilise(session, ODILE, PICARDIE, "FOR", start=SPRING)
    assert [spell.start for spell in spells(session)] == [START, SPRING]


def test_a_spell_does_not_end_before_it_begins(session: Session) -> None:
    with pytest.raises(Refused, match=r"la fin \(01/10/2010\) précède le début"):
        demobilise(session, ODILE, PICARDIE, "FOR", date(2010, 10, 1))
    assert spells(session) == [Mobilisation(PICARDIE, "FOR", START, None, True)]


def test_ending_keeps_what_was_primary_and_touches_no_other_region(session: Session) -> None:
    demobilise(session, ODILE, PICARDIE, "FOR", EVE)

    assert spells(session) == [Mobilisation(PICARDIE, "FOR", START, EVE, True)]
    assert spells(session, MIDI_PYRENEES) == [Mobilisation(MIDI_PYRENEES, "PRE", START, None, True)]


def test_putting_another_chantier_first_ends_nothing(session: Session) -> None:
    mobilise(session, ODILE, PICARDIE, "COO", start=SPRING)
    make_primary(session, ODILE, PICARDIE, "COO")

    assert spells(session) == [Mobilisation(PICARDIE, "FOR", START), Mobilisation(PICARDIE, "COO", SPRING, None, True)]
    assert [act.before is None for act in acts(session)] == [True, False, False]
    with pytest.raises(Refused, match="déjà le chantier principal"):
        make_primary(session, ODILE, PICARDIE, "COO")
    with pytest.raises(Refused, match="pas de mobilisation en cours"):
        make_primary(session, ODILE, PICARDIE, "INN")


def test_what_does_not_run_cannot_be_ended(session: Session) -> None:
    with pytest.raises(Refused, match="pas de mobilisation en cours"):
        demobilise(session, ODILE, PICARDIE, "INN", EVE)


@pytest.mark.parametrize(("region", "chantier"), [("XX", "FOR"), (PICARDIE, "XXX")])
def test_unknown_codes_are_named(session: Session, region: str, chantier: str) -> None:
    with pytest.raises(NotFound, match="XX"):
        mobilise(session, ODILE, region, chantier)


@pytest.mark.parametrize("actor", [CLAIRE, KARIM, REMI], ids=lambda actor: actor.name)
def test_regions_do_not_mobilise_themselves(session: Session, actor: object) -> None:
    with pytest.raises(Forbidden, match="bureau national"):
        mobilise(session, actor, PICARDIE, "INN")  # type: ignore[arg-type]
    with pytest.raises(Forbidden, match="bureau national"):
        demobilise(session, actor, PICARDIE, "FOR", EVE)  # type: ignore[arg-type]
    with pytest.raises(Forbidden, match="bureau national"):
        make_primary(session, actor, PICARDIE, "FOR")  # type: ignore[arg-type]
    assert acts(session) == []


def test_repeating_without_a_rank_keeps_the_rank(session: Session) -> None:
    mobilise(session, ODILE, PICARDIE, "FOR", end=EVE)
    (spell,) = session.exec(select(MobilisationSpell).where(MobilisationSpell.region_code == PICARDIE)).all()
    assert (spell.is_primary, spell.end_date) == (True, EVE)
