"""From raw texts to drafts and back."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.figures import LARGEST, SCALE, Cell, Definition, Pair
from impact.formats import clean_text
from impact.rules import EntryDraft, read_draft, read_pair, to_fields
from impact.vocabulary import Answer, Measure, MethodFamily
from tests.impact.samples import ACTS, SEX, START, T1, sample, scaled

CELL = Cell("22", "FOR-04", T1)
COUNT = sample(axes=(SEX, ACTS))
RATIO = sample(Measure.RATIO, numerator_label="personnes ayant progressé", denominator_label="personnes interrogées")
MEAN = sample(Measure.MEAN, decimals=2)


def told(definition: Definition, fields: dict[str, str]) -> dict[str, str]:
    """The problems by field; there is no draft."""
    draft, problems = read_draft(definition, CELL, fields)
    assert draft is None
    assert all(problem.where == "FOR-04" and problem.message.endswith(".") for problem in problems)
    return {problem.field: problem.message for problem in problems}


@pytest.mark.parametrize(
    ("definition", "fields", "pair"),
    [
        (COUNT, {"valeur": " 1 234 "}, scaled(1234)),
        (COUNT, {"valeur": "0"}, scaled(0)),
        (COUNT, {"valeur": "12,0"}, scaled(12)),
        (sample(decimals=6), {"valeur": "0,0001"}, Pair(1)),
        (RATIO, {"numerateur": "9", "denominateur": "22"}, scaled(9, 22)),
        (RATIO, {"numerateur": "0", "denominateur": "0"}, scaled(0, 0)),
        (MEAN, {"valeur": "2,33", "denominateur": "3"}, Pair(69_900, 30_000)),
        (MEAN, {"denominateur": "0"}, Pair(0, 0)),
        (MEAN, {"valeur": " ", "denominateur": ""}, None),
    ],
)
def test_a_figure_is_read_by_its_measure(definition: Definition, fields: dict[str, str], pair: Pair | None) -> None:
    assert read_pair(definition, fields) == (pair, [])


@pytest.mark.parametrize(
    ("definition", "fields", "name", "words"),
    [
        (COUNT, {}, "valeur", "indiquez le chiffre"),
        (COUNT, {"valeur": "12,5"}, "valeur", "nombre entier"),
        (sample(decimals=1), {"valeur": "0,12"}, "valeur", "au plus 1"),
        (sample(decimals=6), {"valeur": "0,00001"}, "valeur", "au plus 4"),
        (COUNT, {"valeur": f"{LARGEST // SCALE + 1}"}, "valeur", "trop grand"),
        (COUNT, {"valeur": "9" * 400}, "valeur", "trop grand"),
        (COUNT, {"valeur": "1." + "0" * 40 + "1"}, "valeur", "trop de décimales"),
        (COUNT, {"valeur": "NaN"}, "valeur", "n’est pas un nombre"),
        (COUNT, {"valeur": "1,234"}, "valeur", "deux façons"),
        (COUNT, {"valeur": "1", "numerateur": "1"}, "numerateur", "ne sert pas ici"),
        (COUNT, {"valeur": "1", "denominateur": "1"}, "denominateur", "remplissez « valeur »"),
        (RATIO, {"numerateur": "9"}, "denominateur", "« personnes interrogées » : ce nombre manque"),
        (RATIO, {"denominateur": "9"}, "numerateur", "« personnes ayant progressé » : ce nombre manque"),
        (RATIO, {"valeur": "56"}, "valeur", "remplissez « personnes ayant progressé » et « personnes interrogées »"),
        (MEAN, {"valeur": "2", "denominateur": "0"}, "valeur", "laissez-la vide"),
        (MEAN, {"valeur": "2"}, "denominateur", "manque"),
        (MEAN, {"denominateur": "2"}, "valeur", "« moyenne » : ce nombre manque"),
        (MEAN, {"valeur": "2", "denominateur": "1,5"}, "denominateur", "nombre entier"),
        (MEAN, {"valeur": "900000000", "denominateur": "9000"}, "valeur", "trop grand"),
        (COUNT, {"valeur": "1", "etat": "oui"}, "etat", "valeur, non_disponible, sans_objet"),
        (COUNT, {"valeur": "1", "famille_methode": "sondages"}, "famille_methode", "enquete_exhaustive, sondage"),
        (COUNT, {"valeur": "1", "couverture_debut": "31/02/2011"}, "couverture_debut", "n’est pas une date"),
        (COUNT, {"valeur": "1", "couverture_fin": "mars"}, "couverture_fin", "écrivez 31/03/2011"),
        (COUNT, {"valeur": "1", "lien_preuve": "au bureau"}, "lien_preuve", "http://"),
        (COUNT, {"valeur": "1", "commentaire": "a" * 2001}, "commentaire", "trop long"),
        (COUNT, {"valeur": "1", "couleur": "bleu"}, "couleur", "champ inconnu"),
        (COUNT, {"valeur": "1", "age/jeunes/valeur": "1"}, "age/jeunes/valeur", "axes connus : sexe, type_acte"),
        (COUNT, {"valeur": "1", "sexe/autre/valeur": "1"}, "sexe/autre/valeur", "femmes, hommes, non_renseigne"),
        (COUNT, {"valeur": "1", "sexe/femmes/valeur": "x"}, "sexe/femmes/valeur", "« Femmes (Sexe), valeur »"),
        (COUNT, {"etat": "sans_objet"}, "motif", "dites pourquoi"),
        (COUNT, {"etat": "non_disponible", "motif": "grève", "valeur": "0"}, "valeur", "ne porte aucun chiffre"),
    ],
)  # fmt: skip
def test_what_cannot_be_stored_names_its_field_and_what_to_do(
    definition: Definition, fields: dict[str, str], name: str, words: str
) -> None:
    problems = told(definition, fields)
    assert list(problems) == [name]
    assert words in problems[name]


def test_every_problem_is_told_at_once() -> None:
    fields = {
        "valeur": "x",
        "sexe/femmes/valeur": "1,5",
        "couverture_fin": "demain",
        "lien_preuve": "ici",
        "foo": "bar",
    }
    assert told(COUNT, fields).keys() == fields.keys()


def test_an_absence_keeps_its_reason_and_no_figure() -> None:
    draft, problems = read_draft(
        COUNT, CELL, {"etat": "non_disponible", "motif": " grève des trains ", "valeur": " "}, 3
    )
    assert not problems
    assert draft == EntryDraft(*CELL, Answer.NOT_AVAILABLE, None, "grève des trains", seen_version=3)


def test_both_writings_of_a_date_are_read() -> None:
    draft, _ = read_draft(COUNT, CELL, {"valeur": "1", "couverture_debut": "2010-11-02", "couverture_fin": "2/12/2010"})
    assert draft is not None
    assert (draft.coverage_start, draft.coverage_end) == (date(2010, 11, 2), date(2010, 12, 2))


def test_a_ratios_category_may_lack_its_denominator_but_not_its_numerator() -> None:
    ratio = sample(Measure.RATIO, axes=(SEX,))
    whole = {"numerateur": "1", "denominateur": "2"}
    draft, _ = read_draft(ratio, CELL, whole | {"sexe/femmes/numerateur": "1"})
    assert draft is not None
    assert draft.breakdowns == {("sexe", "femmes"): scaled(1)}
    assert told(ratio, whole | {"sexe/femmes/denominateur": "1"}).keys() == {"sexe/femmes/numerateur"}


words = st.text(max_size=40).map(clean_text)
days = st.none() | st.dates(START, START + timedelta(60))


@st.composite
def pairs(draw: st.DrawFn, measure: Measure, decimals: int) -> Pair:
    step = SCALE // 10**decimals
    number = draw(st.integers(-(10**6), 10**6)) * step
    if measure is Measure.RATIO:
        return Pair(number, draw(st.integers(0, 10**6)) * step)
    if measure is Measure.MEAN:
        cases = draw(st.integers(0, 500))
        return Pair(number * cases, cases * SCALE)
    return Pair(number)


@given(st.data(), st.sampled_from(Measure), st.integers(0, 4))
def test_what_a_draft_says_reads_back_as_the_same_draft(data: st.DataObject, measure: Measure, decimals: int) -> None:
    definition = sample(measure, decimals=decimals, axes=(SEX,))
    answer = data.draw(st.sampled_from(Answer))
    figures = pairs(measure, decimals)
    categories = st.sampled_from([("sexe", category.code) for category in SEX.categories])
    texts: dict[str, Any] = {name: data.draw(words) for name in ("source", "method", "population", "comment")}
    draft = EntryDraft(
        *CELL,
        answer=answer,
        pair=data.draw(figures) if answer is Answer.VALUE else None,
        breakdowns=data.draw(st.dictionaries(categories, figures)) if answer is Answer.VALUE else {},
        reason=data.draw(words) or "motif",
        method_family=data.draw(st.sampled_from(["", *MethodFamily])),
        evidence_link=data.draw(st.sampled_from(["", "https://exemple.fr/a"])),
        coverage_start=data.draw(days),
        coverage_end=data.draw(days),
        seen_version=2,
        **texts,
    )
    assert read_draft(definition, CELL, to_fields(definition, draft), 2) == (draft, [])


def test_a_mean_that_was_not_typed_is_written_with_four_decimals() -> None:
    third = EntryDraft(*CELL, Answer.VALUE, Pair(10_000, 30_000))
    assert to_fields(MEAN, third)["valeur"] == "0,3333"
