"""export progress: where every target stands, in the order and the words of design/files.md."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from impact.db import Database, transaction
from impact.errors import Forbidden, Refused
from impact.exports import COLUMNS, ExportRequest
from impact.figures import SCALE, Cell
from impact.permissions import Actor
from impact.rules.targets import TargetDraft
from impact.services import exports
from impact.services.mobilisations import mobilise
from impact.services.targets import set_targets
from impact.vocabulary import Dialect, ExportKind
from tests.cast import KARIM, MIDI_PYRENEES, ODILE, PICARDIE, REMI, START
from tests.impact.ways import Services

Rows = list[dict[str, str]]
Export = Callable[..., Rows]
DUE = date(2011, 9, 30)


def aim(region: str, indicator: str, value: int, baseline: int | None = None) -> TargetDraft:
    scaled = None if baseline is None else baseline * SCALE
    return TargetDraft(region, indicator, "", scaled, value * SCALE, DUE)


@pytest.fixture
def export(db: Database) -> Export:
    """Picardie and Midi-Pyrénées on FOR; targets, figures validated, one submitted; then rows of the file."""
    with transaction(db) as session:
        mobilise(session, ODILE, MIDI_PYRENEES, "FOR", start=START)
        drafts = [aim(PICARDIE, "FOR-02", 30, 6), aim(MIDI_PYRENEES, "FOR-02", 10), aim("FR", "FOR-04", 999, 0)]
        set_targets(session, ODILE, [*drafts, aim(PICARDIE, "FOR-05", 60)])
    way = Services(db)
    way.enter({Cell(PICARDIE, "FOR-02", f"2010-2011-T{n}"): {"valeur": "7"} for n in (1, 2)})
    way.enter({Cell(PICARDIE, "FOR-05", "2010-2011-S1"): {"numerateur": "1", "denominateur": "3"}})
    way.enter({Cell(MIDI_PYRENEES, "FOR-02", "2010-2011-T1"): {"valeur": "4"}})
    way.enter({Cell(MIDI_PYRENEES, "FOR-03", "2010-2011-T1"): {"valeur": "5"}})
    way.validate()
    way.enter({Cell(PICARDIE, "FOR-02", "2010-2011-T3"): {"valeur": "9"}})

    def rows(actor: Actor | str = "essai", **asked: Any) -> Rows:
        text = b"".join(exports.stream(ExportKind.PROGRESS, ExportRequest(**asked), actor, db)).decode()
        return list(csv.DictReader(io.StringIO(text)))

    return rows


def the(rows: Rows, region: str, indicator: str) -> dict[str, str]:
    (found,) = [row for row in rows if (row["code_region"], row["code_indicateur"]) == (region, indicator)]
    return found


def test_its_columns_are_those_of_the_contract() -> None:
    names = ", ".join(column.name for column in COLUMNS[ExportKind.PROGRESS])
    assert names == (
        "code_chantier, code_indicateur, code_region, base, cible, echeance, realise, taux, attendu, rythme, etat, "
        "indicateurs_mesures, indicateurs_attendus"
    )


def test_an_indicator_says_what_was_set_done_expected(export: Export) -> None:
    assert the(export(), PICARDIE, "FOR-02") == {
        "code_chantier": "FOR", "code_indicateur": "FOR-02", "code_region": "22", "base": "6", "cible": "30",
        "echeance": "2011-09-30", "realise": "14", "taux": "0.333333", "attendu": "23.709402", "rythme": "0.451737",
        "etat": "en_retard", "indicateurs_mesures": "", "indicateurs_attendus": "",
    }  # fmt: skip
    ratio = the(export(), PICARDIE, "FOR-05")
    assert (ratio["base"], ratio["realise"], ratio["taux"], ratio["etat"]) == ("", "33.333333", "", "non_atteint")
    unknown = the(export(), MIDI_PYRENEES, "FOR-02")
    assert (unknown["base"], unknown["realise"], unknown["taux"]) == ("", "4", "0.400000"), "it starts from 0, unsaid"
    neutral = the(export(), PICARDIE, "FOR-01")
    assert (neutral["cible"], neutral["taux"], neutral["etat"]) == ("", "", "sans_cible")


def test_a_chantier_says_how_far_a_region_is_and_on_how_much(export: Export) -> None:
    row = the(export(chantiers=("FOR",)), PICARDIE, "*")
    assert (row["taux"], row["etat"]) == ("0.166667", "en_retard"), "one third, and one that is not reached"
    assert (row["indicateurs_mesures"], row["indicateurs_attendus"]) == ("2", "6")
    assert [row[name] for name in ("base", "cible", "echeance", "realise")] == [""] * 4
    assert float(row["rythme"]) == pytest.approx(float(row["taux"]) / float(row["attendu"]), abs=1e-5)


def test_the_country_is_pooled_or_held_against_its_own_target(export: Export) -> None:
    pooled = the(export(), "FR", "FOR-02")
    assert (pooled["base"], pooled["cible"], pooled["realise"], pooled["taux"]) == ("6", "40", "18", "0.352941")
    assert the(export(), "FR", "FOR-04")["cible"] == "999"
    aimless = the(export(), "FR", "FOR-03")
    assert (aimless["realise"], aimless["cible"], aimless["etat"]) == ("5", "", "sans_cible"), "what was done is said"
    selected = export(regions=(PICARDIE,))
    assert (the(selected, "FR", "FOR-02")["cible"], the(selected, "FR", "FOR-04")["cible"]) == ("30", "")
    assert {row["code_region"] for row in selected} == {PICARDIE, "FR"}


def test_rows_go_by_region_then_chantier_the_whole_before_its_parts(export: Export) -> None:
    rows = export()
    keys = [(row["code_region"], row["code_chantier"], row["code_indicateur"]) for row in rows]
    assert keys == sorted(keys, key=lambda key: (key[0] == "FR", key))
    assert keys[0] == (PICARDIE, "FOR", "*")
    assert (MIDI_PYRENEES, "PRE", "*") in keys
    assert not [key for key in keys if key[0] == "FR" and key[2] == "*"]
    assert not [row for row in export(indicators=("FOR-02", "FOR-03")) if row["code_indicateur"] == "*"]


def test_the_last_day_asked_for_is_the_day_of_progress(export: Export) -> None:
    early = the(export(end=date(2011, 1, 10)), PICARDIE, "FOR-02")
    assert (early["realise"], early["attendu"]) == ("7", "11.333333")
    assert the(export(end=date(2010, 12, 1)), PICARDIE, "FOR-02")["etat"] == "a_venir"
    assert export(start=START) == export()
    with pytest.raises(Refused, match="début de la campagne, le 15/10/2010"):
        export(start=date(2011, 1, 1))


def test_provisional_figures_and_proof_narrow_it_as_they_do_totals(export: Export) -> None:
    with_provisional = export(provisional=True, regions=(PICARDIE,), actor=KARIM)
    assert the(with_provisional, PICARDIE, "FOR-02")["realise"] == "23"
    for person in (KARIM, REMI):
        with pytest.raises(Forbidden):
            export(provisional=True, actor=person)
    assert the(export(min_proof=1), PICARDIE, "FOR-02")["etat"] == "non_renseigne"


def test_it_reads_in_a_french_spreadsheet(export: Export, db: Database) -> None:
    request = replace(ExportRequest(), dialect=Dialect.EXCEL_FR, regions=(PICARDIE,), indicators=("FOR-02",))
    line = b"".join(exports.stream(ExportKind.PROGRESS, request, "essai", db)).decode("utf-8-sig").splitlines()[1]
    assert line == "FOR;FOR-02;22;6;30;30/09/2011;14;0,333333;23,709402;0,451737;en_retard;;"
