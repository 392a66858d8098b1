"""The worked examples of the measurement page (section 10), through the services and through the commands."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from impact.db import Database, reading, transaction
from impact.errors import Refused
from impact.figures import Cell
from impact.permissions import EVERYTHING
from impact.queries.world import world
from impact.services import calendar, reviews
from impact.services.mobilisations import mobilise
from tests.cast import MIDI_PYRENEES, ODILE, PICARDIE, START
from tests.impact.ways import Commands, Seen, Services, Way

LINKED = {"source": "Registre", "methode": "relevé", "lien_preuve": "https://exemple.org/piece.pdf"}


def quarter(number: int, campaign: str = "2010-2011") -> str:
    return f"{campaign}-T{number}"


def share(numerator: int, denominator: int) -> dict[str, str]:
    return {"numerateur": str(numerator), "denominateur": str(denominator)}


@pytest.fixture(params=[Services, Commands], ids=["services", "commands"])
def way(request: pytest.FixtureRequest, db: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Way:
    return Services(db) if request.param is Services else Commands(tmp_path, capsys)


def on_the_day(monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    monkeypatch.setenv("IMPACT_TODAY", day)


def test_1_ratios_are_pooled_then_divided(way: Way, db: Database) -> None:
    with transaction(db) as session:
        mobilise(session, ODILE, PICARDIE, "PRE", start=START)
    figures = {(MIDI_PYRENEES, quarter(3)): share(9, 10), (PICARDIE, quarter(3)): share(40, 200)}
    way.enter({Cell(region, "PRE-06", period): fields for (region, period), fields in figures.items()})
    way.validate()
    total = way.total("PRE-06")
    assert (total.value, total.numerator, total.denominator) == (Decimal("23.3"), 49, 210)
    assert total.regions == (2, 2)


def test_2_a_flow_adds_up_and_a_stock_takes_the_last(way: Way, monkeypatch: pytest.MonkeyPatch) -> None:
    on_the_day(monkeypatch, "2011-10-10")
    values = {1: 10, 2: 15, 4: 20}
    way.enter({Cell(PICARDIE, "FOR-02", quarter(n)): {"valeur": str(value)} for n, value in values.items()})
    way.enter({Cell(MIDI_PYRENEES, "PRE-03", quarter(n)): share(value, 100) for n, value in values.items()})
    way.validate()
    assert way.total("FOR-02") == Seen(Decimal(45), Decimal(45), None, "partiel", (1, 1), (3, 4))
    stock = Seen(Decimal("20.0"), Decimal(20), Decimal(100), "complet", (1, 1), (3, 4), "2011-09-30")
    assert way.total("PRE-03") == stock


def test_2_a_stock_keeps_an_older_value_and_says_that_it_is_partial(
    way: Way, db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Section 3: A2 = 10 with A3 missing, B3 = 7: the country has 17, coverage 1 of 2."""
    with transaction(db) as session:
        mobilise(session, ODILE, PICARDIE, "PRE", start=START)
    way.enter(
        {
            Cell(MIDI_PYRENEES, "PRE-03", quarter(2)): share(10, 20),
            Cell(PICARDIE, "PRE-03", quarter(3)): share(7, 14),
        }
    )
    way.validate()
    total = way.total("PRE-03")
    assert (total.numerator, total.coverage, total.regions, total.value_date) == (17, "partiel", (1, 2), "2011-06-30")


def test_3_a_true_zero_is_a_figure_everywhere(way: Way, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    way.enter({Cell(PICARDIE, "FOR-02", quarter(n)): {"valeur": "0"} for n in (1, 2, 3)})
    way.validate()
    assert way.total("FOR-02") == Seen(Decimal(0), Decimal(0), None, "complet", (1, 1), (3, 3))
    assert way.quality()[PICARDIE, "FOR", quarter(1)] == (4, 1)
    commands = Commands(tmp_path, capsys)
    exported = commands.run("export", "entries")
    assert [row["valeur"] for row in commands.table("entries")] == ["0", "0", "0"]
    path = tmp_path / "retour.csv"
    path.write_text(exported, encoding="utf-8")
    assert commands.run("import", str(path), "--as", ODILE.email).count("inchangé") >= 3


def figures(actual: str) -> dict[str, dict[str, str]]:
    """The same value typed as a count, as a mean of ten cases, as a share of a hundred."""
    return {
        "FOR-02": {"valeur": actual, "commentaire": "compté deux fois"},
        "INN-07": {"valeur": actual, "denominateur": "10"},
        "PRE-03": share(int(actual), 100),
    }


PERIODS = {"FOR-02": "2010-2011-T1", "INN-07": "2010-2011-S1", "PRE-03": "2010-2011-T3"}
"""A count that flows and should rise, a mean that should fall, a share that is a state."""


@pytest.mark.parametrize(
    ("indicator", "baseline", "target", "actual", "achievement", "state"),
    [
        ("INN-07", "100", "60", "80", "0.5", "en_avance_ou_conforme"),
        ("INN-07", "100", "60", "110", "-0.25", "en_retard"),
        ("FOR-02", "0", "50", "20", "0.4", "en_retard"),
        ("INN-07", "12", "0", "3", "0.75", "en_avance_ou_conforme"),
        ("FOR-02", "20", "50", "65", "1.5", "en_avance_ou_conforme"),
        ("FOR-02", "40", "40", "42", None, "tenu"),
        ("FOR-02", "40", "40", "38", None, "non_tenu"),
        ("FOR-02", "", "50", "20", "0.4", "en_retard"),
        ("PRE-03", "", "60", "80", None, "atteint"),
        ("PRE-03", "", "60", "50", None, "non_atteint"),
        ("INN-07", "", "60", "80", None, "non_atteint"),
    ],
)
def test_4_achievement_is_that_of_every_row_of_the_page(
    way: Way, db: Database, indicator: str, baseline: str, target: str, actual: str, achievement: str, state: str
) -> None:
    with transaction(db) as session:
        mobilise(session, ODILE, PICARDIE, "INN", start=START)
        mobilise(session, ODILE, PICARDIE, "PRE", start=START)
    way.enter({Cell(PICARDIE, indicator, PERIODS[indicator]): figures(actual)[indicator]})
    way.validate()
    way.aim({(PICARDIE, indicator): (baseline, target)})
    seen = way.progress(indicator)
    assert (seen.achievement, seen.state) == (achievement and Decimal(achievement), state)
    assert (seen.baseline, seen.target, seen.actual) == (
        Decimal(baseline) if baseline else None, Decimal(target), Decimal(actual)
    )  # fmt: skip
    gone = Decimal(168 if indicator == "INN-07" else 259) / 351
    if achievement:
        start = Decimal(baseline or 0)
        assert seen.expected is not None
        assert abs(seen.expected - (start + gone * (Decimal(target) - start))) < Decimal("0.000001")
        assert seen.pace is not None
        assert abs(seen.pace - Decimal(achievement) / gone) < Decimal("0.000001")


def test_4_what_has_no_target_no_figure_or_is_not_due_is_never_nought_percent(way: Way) -> None:
    way.enter({Cell(PICARDIE, code, quarter(1)): {"valeur": "20"} for code in ("FOR-01", "FOR-02")})
    way.validate()
    way.aim({(PICARDIE, code): ("0", "50") for code in ("FOR-03", "FOR-08")})
    seen = {code: way.progress(code) for code in ("FOR-01", "FOR-02", "FOR-03", "FOR-08")}
    assert {code: one.state for code, one in seen.items()} == {
        "FOR-01": "sans_cible", "FOR-02": "sans_cible", "FOR-03": "non_renseigne", "FOR-08": "a_venir",
    }  # fmt: skip
    assert {one.achievement for one in seen.values()} == {None}
    assert (seen["FOR-02"].actual, seen["FOR-03"].actual) == (20, None)


def test_4_a_region_advances_by_the_mean_of_what_its_indicators_count_for(way: Way) -> None:
    """Clipped to 1, kept at 1, FOR-04 silent, the means of FOR-01 apart; FOR-05 to FOR-07 are due and say nothing."""
    way.enter(
        {
            Cell(PICARDIE, "FOR-01", quarter(1)): {"valeur": "20"},
            Cell(PICARDIE, "FOR-02", quarter(1)): {"valeur": "65", "commentaire": "compté deux fois"},
            Cell(PICARDIE, "FOR-03", quarter(1)): {"valeur": "20"},
        }
    )
    way.validate()
    way.aim({(PICARDIE, "FOR-02"): ("20", "50"), (PICARDIE, "FOR-03"): ("", "50"), (PICARDIE, "FOR-04"): ("0", "9")})
    seen = way.advance("FOR")
    assert (seen.progress, seen.indicators) == (Decimal("0.7"), (2, 6))
    assert (seen.expected, seen.state) == (Decimal("0.737892"), "a_surveiller")


def test_5_the_country_is_pooled_then_divided(way: Way, db: Database) -> None:
    with transaction(db) as session:
        mobilise(session, ODILE, MIDI_PYRENEES, "FOR", start=START)
    way.enter(
        {
            Cell(PICARDIE, "FOR-02", quarter(2)): {"valeur": "50"},
            Cell(MIDI_PYRENEES, "FOR-02", quarter(3)): {"valeur": "10"},
        }
    )
    way.validate()
    way.aim({(PICARDIE, "FOR-02"): ("0", "100"), (MIDI_PYRENEES, "FOR-02"): ("", "10")})
    seen = way.progress("FOR-02", "FR")
    assert (seen.baseline, seen.target, seen.actual) == (0, 110, 60)
    assert (seen.achievement, seen.state) == (Decimal("0.545455"), "en_retard")
    way.aim({("FR", "FOR-02"): ("", "60")})
    seen = way.progress("FOR-02", "FR")
    assert (seen.target, seen.achievement) == (60, 1), "the country's own target stands on its own"


@pytest.mark.parametrize(("usual", "odd"), [((12, 14, 13, 15), 90), ((0, 0, 0, 0), 9)])
def test_6_an_unlikely_figure_asks_for_a_comment(
    way: Way, db: Database, monkeypatch: pytest.MonkeyPatch, usual: tuple[int, ...], odd: int
) -> None:
    on_the_day(monkeypatch, "2012-01-10")
    with transaction(db) as session:
        calendar.open_campaign(session, ODILE, "2011-2012", date(2011, 10, 1), date(2012, 9, 30))
    way.enter({Cell(PICARDIE, "FOR-02", quarter(n)): {"valeur": str(v)} for n, v in enumerate(usual, 1)})
    strange = Cell(PICARDIE, "FOR-02", quarter(1, "2011-2012"))
    with pytest.raises((Refused, AssertionError), match="ommentaire"):
        way.enter({strange: {"valeur": str(odd)}})
    way.enter({strange: {"valeur": str(odd), "commentaire": "Semaine nationale."}})
    way.validate()
    assert way.total("FOR-02").value == odd


def test_7_nothing_over_nothing_is_answered_and_not_computable(way: Way) -> None:
    way.enter({Cell(MIDI_PYRENEES, "PRE-06", quarter(n)): share(0, 0) for n in (1, 2, 3)})
    way.validate()
    assert way.total("PRE-06") == Seen(None, Decimal(0), Decimal(0), "non_calculable", (1, 1), (3, 3))


def test_8_editing_a_read_figure_takes_its_grade_back(
    db: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Through the commands; the services are in test_entries. Reopening a figure has a screen and no command."""
    commands, cell = Commands(tmp_path, capsys), Cell(PICARDIE, "FOR-04", quarter(3))
    commands.enter({cell: {"valeur": "12", **LINKED}})
    commands.validate()
    (row,) = commands.table("entries")
    assert (row["valeur"], row["statut"], row["niveau_f"]) == ("12", "validated", "F3")
    with transaction(db) as session:
        reviews.reopen_entry(session, ODILE, cell, "erreur signalée")
    commands.enter({cell: {"valeur": "13", **LINKED}})
    (row,) = commands.table("entries")
    assert (row["valeur"], row["statut"], row["niveau_f"]) == ("13", "submitted", "F2")
    assert "ordre" in commands.run("check"), "history holds both and leads to what is stored"


def test_9_a_region_that_is_not_mobilised_is_in_no_denominator(way: Way) -> None:
    way.enter(
        {
            Cell(MIDI_PYRENEES, "PRE-02", quarter(3)): {"valeur": "4"},
            Cell(PICARDIE, "PRE-02", quarter(3)): {"valeur": "100", "commentaire": "hors périmètre"},
        }
    )
    way.validate()
    total = way.total("PRE-02")
    assert (total.value, total.regions, total.cells) == (4, (1, 1), (1, 3))
    assert not [key for key in way.quality() if key[:2] == (PICARDIE, "PRE")]


def test_10_a_report_made_of_a_snapshot_keeps_its_figures_after_later_corrections(
    db: Database, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A campaign read once is such a snapshot (World), and so is a backup, reported on in a place of its own."""
    commands, cell = Commands(tmp_path, capsys), Cell(PICARDIE, "FOR-04", quarter(3))
    commands.enter({cell: {"valeur": "12"}})
    commands.validate()
    commands.aim({(PICARDIE, "FOR-04"): ("0", "24")})
    with reading(db) as session:
        held = world(session, EVERYTHING)

    def report() -> list[str]:
        return [commands.run("export", "totals"), commands.run("export", "progress")]

    before = report()
    commands.run("backup", str(tmp_path / "congres.zip"))
    with transaction(db) as session:
        reviews.reopen_entry(session, ODILE, cell, "erreur signalée")
    commands.enter({cell: {"valeur": "15"}})
    commands.validate()
    assert commands.total("FOR-04").value == 15
    assert report() != before

    assert held.total("FOR-04").shown == 12
    assert held.progresses("FOR-04")[PICARDIE].achievement == Fraction(1, 2)
    monkeypatch.setenv("IMPACT_DATABASE_URL", f"sqlite:///{tmp_path / 'congres.db'}")
    monkeypatch.setenv("IMPACT_KEY_FILE", str(tmp_path / "congres.key"))
    commands.run("restore", str(tmp_path / "congres.zip"))
    assert report() == before
