"""What a person is told, from facts: each thing once, in words, under a key that changes when the thing does."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from impact.digest import (
    CountFact,
    DecisionFact,
    Facts,
    FigureFact,
    Item,
    Kind,
    OfferFact,
    PlanFact,
    SheetFact,
    letter,
    tell,
    untold,
)
from impact.vocabulary import DecisionState, Status

TODAY = date(2011, 7, 10)
SHEET = SheetFact("22", "Picardie", "FOR", "2010-2011-T3", "T3", date(2011, 7, 15), True, 3)
RETURNED = FigureFact("22", "Picardie", "FOR", "FOR-04", "2010-2011-T3", "T3", 4, "Pièce\nillisible.")
PLAN = PlanFact("22", "Picardie", 1, "3", "Une école", Status.RETURNED, date(2011, 7, 9), "Budget à équilibrer.")
DECISION = DecisionFact(2, 1, "Déployer l’école", DecisionState.TAKEN, date(2011, 7, 20), False, True, False)


def team(**facts: object) -> list[Item]:
    return tell(Facts(TODAY, decides=False, **facts))  # type: ignore[arg-type]


def office(**facts: object) -> list[Item]:
    return tell(Facts(TODAY, decides=True, **facts))  # type: ignore[arg-type]


def test_a_day_without_anything_tells_nothing() -> None:
    assert team() == office() == []


@pytest.mark.parametrize(
    ("sheet", "kind", "words"),
    [
        (SHEET, Kind.DUE, "Picardie, FOR T3 : 3 chiffres à soumettre, dans 5 jours (15/07/2011)"),
        (replace(SHEET, last_day=TODAY, left=1), Kind.DUE, "Picardie, FOR T3 : 1 chiffre à soumettre, aujourd’hui"),
        (replace(SHEET, last_day=date(2011, 7, 1)), Kind.LATE, "en retard de 9 jours"),
        (replace(SHEET, left=0), None, ""),
        (replace(SHEET, has_ended=False), None, ""),
    ],
)
def test_a_sheet_is_due_late_or_no_business_of_today(sheet: SheetFact, kind: Kind | None, words: str) -> None:
    items = team(sheets=[sheet])
    assert [item.kind for item in items] == ([kind] if kind else [])
    assert all(words in item.words for item in items)
    assert all(item.link == "saisie?region=22&chantier=FOR&periode=2010-2011-T3" for item in items)


def test_a_sheet_is_told_when_it_is_due_again_when_its_last_day_is_near_and_when_it_is_late() -> None:
    days = [TODAY + timedelta(days=more) for more in range(8)]
    keys = [tell(Facts(day, decides=False, sheets=[SHEET]))[0].key for day in days]
    assert len(set(keys)) == 3
    moved = team(sheets=[replace(SHEET, last_day=date(2011, 7, 30))])
    assert moved[0].key not in keys, "a reopening makes it another thing"
    fewer = team(sheets=[replace(SHEET, left=2)])
    assert fewer[0].key in keys, "progress does not"


def test_the_most_urgent_comes_first_and_every_kind_has_its_place() -> None:
    items = team(
        sheets=[SHEET, replace(SHEET, period="2010-2011-T1", last_day=date(2011, 1, 15))], returned=[RETURNED],
        plans=[PLAN, replace(PLAN, number=2, status=Status.VALIDATED)], offers=[OfferFact(12, "Picardie", TODAY)],
        decisions=[DECISION, replace(DECISION, number=2, is_late=True, due=date(2011, 7, 1)),
                   replace(DECISION, number=3, owned=False, unsigned=True)],
        validated=[CountFact("22", "Picardie", 3, date(2011, 7, 9))], terms=[("22", "Picardie", 26)],
    )  # fmt: skip
    assert [item.kind for item in items] == [
        Kind.RETURNED, Kind.PLAN_RETURNED, Kind.LATE, Kind.DUE, Kind.OFFER, Kind.DECISION_LATE, Kind.AGREEMENT,
        Kind.DECISION, Kind.PLAN_VALIDATED, Kind.VALIDATED, Kind.TERMS,
    ]  # fmt: skip
    assert len({item.key for item in items}) == len(items)
    assert "Picardie, FOR-04 T3 : Pièce illisible." in items[0].words
    assert items[1].words == "Picardie, « Une école » : Budget à équilibrer."


def test_the_office_reviews_chases_and_is_spared_what_is_the_regions() -> None:
    items = office(
        sheets=[replace(SHEET, last_day=date(2011, 7, 1)), replace(SHEET, last_day=date(2011, 1, 15)), SHEET],
        waiting=[CountFact("22", "Picardie", 4, TODAY, "2011-07-10T09:00:00")],
        plans=[replace(PLAN, status=Status.SUBMITTED), PLAN, replace(PLAN, status=Status.VALIDATED)],
        decisions=[replace(DECISION, owned=False), replace(DECISION, owned=False, is_late=True, due=date(2011, 7, 1)),
                   replace(DECISION, is_late=True, state=DecisionState.DONE)],
    )  # fmt: skip
    assert [(item.kind, item.words) for item in items] == [
        (Kind.LATE, "Picardie : 2 feuilles en retard"),
        (Kind.REVIEW, "Picardie : 4 chiffres à relire"),
        (Kind.PLAN_REVIEW, "Picardie, « Une école » : soumis hier"),
        (Kind.DECISION_LATE, "2-1, Déployer l’école : en retard de 9 jours"),
    ]


def test_a_draft_plan_is_told_to_its_team_alone_once_however_often_it_is_written_to() -> None:
    draft = replace(PLAN, status=Status.DRAFT, note="", origin="1-2")
    (item,) = team(plans=[draft])
    assert (item.kind, item.link) == (Kind.PLAN_DRAFT, "plan?region=22&action=1")
    assert item.words == (
        "Picardie, « Une école » : préparé par la décision 1-2 d’une rencontre, à compléter et à soumettre"
    )
    assert team(plans=[replace(draft, mark="9")])[0].key == item.key
    assert team(plans=[replace(draft, origin="")])[0].words == "Picardie, « Une école » : à compléter et à soumettre"
    assert office(plans=[draft]) == []


def test_a_thing_that_comes_back_is_another_thing() -> None:
    for facts, again in (
        ({"returned": [RETURNED]}, {"returned": [replace(RETURNED, version=6)]}),
        ({"plans": [PLAN]}, {"plans": [replace(PLAN, mark="5")]}),
        ({"terms": [("22", "Picardie", 3)]}, None),
    ):
        known = {item.key for item in team(**facts)}
        assert untold(team(**facts), known) == []
        if again:
            assert len(untold(team(**again), known)) == 1
    first = office(waiting=[CountFact("22", "Picardie", 4, TODAY, "a")])
    assert untold(office(waiting=[CountFact("22", "Picardie", 3, TODAY, "a")]), {first[0].key}) == []
    assert untold(office(waiting=[CountFact("22", "Picardie", 5, TODAY, "b")]), {first[0].key}) != []


def test_what_was_decided_long_ago_is_no_news() -> None:
    old = replace(PLAN, status=Status.VALIDATED, on=TODAY - timedelta(days=15))
    assert team(plans=[old]) == []
    assert len(team(plans=[replace(PLAN, on=TODAY - timedelta(days=90))])) == 1, "what waits never grows old"


def test_an_email_says_the_same_in_text_and_in_html_and_nothing_runs_in_it() -> None:
    hostile = replace(PLAN, title="<img src=x onerror=alert(1)>", note="&\r\nBcc: tous")
    items = team(plans=[hostile], returned=[replace(RETURNED, version=number) for number in range(10)])
    said = letter("Karim <b>", items, 30, "https://impact.example.org")
    assert said.subject == "Une Région, un Chantier : 11 nouvelles choses pour vous"
    assert "<img" not in said.html
    assert "Karim &lt;b&gt;" in said.html
    assert "… et 2 autres." in said.text
    assert "… et 2 autres." in said.html
    link = "https://impact.example.org/plan?region=22&action=1"
    assert link in said.text
    assert f'href="{link.replace("&", "&amp;")}"' in said.html
    assert "En tout, 30 choses vous attendent : https://impact.example.org/accueil" in said.text
    assert "Bcc: tous" not in said.text.splitlines()
    assert "http" not in said.html.replace("https://impact.example.org/", "")
