from datetime import date

import pandas as pd
import pytest

from impact.actions import ActionKey
from impact.charts.milestones import timeline, timeline_alt, timeline_data
from impact.charts.palette import PALETTES, Mode
from impact.charts.stages import stages_over_time, stages_over_time_alt, stages_over_time_data
from impact.presentation.stages import STAGES, course, reasons, summary, told, word
from impact.stages import Passage
from impact.vocabulary import ActionStage

FIRST, SECOND = ActionKey("22", 1), ActionKey("73", 1)
EMERGENCE, STRUCTURING, DEPLOYMENT = ActionStage.EMERGENCE, ActionStage.STRUCTURING, ActionStage.DEPLOYMENT
PASSED = (
    Passage(FIRST, date(2010, 12, 31), None, None, ()),
    Passage(FIRST, date(2011, 1, 15), None, EMERGENCE, ("besoin",)),
    Passage(SECOND, date(2011, 1, 31), None, DEPLOYMENT, ()),
    Passage(SECOND, date(2011, 2, 1), DEPLOYMENT, STRUCTURING, ("sections",)),
    Passage(FIRST, date(2011, 3, 5), EMERGENCE, None, (), withdrawn=True),
)
TODAY = date(2011, 3, 10)


def frame() -> pd.DataFrame:
    return pd.DataFrame([
        {"day": one.day, "stage": word(stage), "count": count}
        for one in course(PASSED, TODAY)
        for stage, count in zip(STAGES, one.counts, strict=True)
    ])  # fmt: skip


def test_actions_are_counted_at_each_month_end_and_today_a_withdrawn_one_no_more() -> None:
    found = course(PASSED, TODAY)
    assert [one.day for one in found] == [date(2010, 12, 31), date(2011, 1, 31), date(2011, 2, 28), TODAY]
    assert [one.counts for one in found] == [
        (1, 0, 0, 0, 0, 0), (0, 1, 0, 0, 1, 0), (0, 1, 1, 0, 0, 0), (0, 0, 1, 0, 0, 0),
    ]  # fmt: skip
    assert course((), TODAY) == []
    assert course(PASSED[:1], date(2010, 12, 31))[0].counts[0] == 1, "today is the last day, once"
    assert len(course(PASSED[:1], date(2010, 12, 31))) == 1
    assert summary(found[1]) == "2 actions régionales au 31/01/2011 : 1 en émergence, 1 en déploiement"


def test_a_passage_is_told_up_and_down_with_what_made_it() -> None:
    assert [told(one) for one in PASSED] == [
        "commence : à constituer", "passe : à constituer → émergence", "passe : à constituer → déploiement",
        "recule : déploiement → structuration", "action retirée",
    ]  # fmt: skip
    assert reasons(PASSED[1]) == ["vrai désormais : Le besoin est décrit."]
    assert reasons(PASSED[3]) == ["n’est plus vrai : Les cinq sections du plan sont complètes."]


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_columns_are_stacked_from_the_lowest_stage_in_the_tones_of_progress(mode: Mode) -> None:
    figure = stages_over_time(frame(), mode)
    palette = PALETTES[mode]
    assert [trace.marker.color for trace in figure.data] == [palette.outside, *palette.progress]
    assert [sum(trace.y) for trace in figure.data] == [1, 2, 2, 0, 1, 0]
    assert figure.data[0].text == ("1", "", "", "")
    assert figure.data[1].hovertext[1] == "<b>31/01/2011</b><br>émergence : 1 action"


def test_the_text_alternative_tells_each_change_and_the_data_what_is_drawn() -> None:
    assert stages_over_time_alt(frame()) == (
        "Actions régionales par étape : 31/12/2010 1 à constituer ; 31/01/2011 1 émergence, 1 déploiement ; "
        "28/02/2011 1 émergence, 1 structuration ; 10/03/2011 1 structuration."
    )
    data = stages_over_time_data(frame())
    assert (data.columns.tolist(), len(data)) == (["date", "etape", "actions"], 24)


MILESTONES = pd.DataFrame([
    {"name": "Congrès <b>", "kind": "Congrès", "planned": date(2010, 10, 14), "expected": date(2010, 10, 14),
     "sign": "●", "state": "atteint", "slip": "à la date prévue", "days": 0, "reason": "", "spoken": "Congrès <b> : x"},
    {"name": "Ouverture", "kind": "autre", "planned": date(2011, 3, 1), "expected": date(2011, 4, 2), "sign": "○",
     "state": "prévu", "slip": "+32 jours", "days": 32, "reason": "salle prise", "spoken": "Ouverture : y"},
    {"name": "Bilan", "kind": "autre", "planned": date(2011, 5, 1), "expected": date(2011, 5, 1), "sign": "✕",
     "state": "abandonné", "slip": "", "days": None, "reason": "plus d’équipe", "spoken": "Bilan : z"},
])  # fmt: skip


def test_a_timeline_says_each_slip_in_words_and_escapes_what_people_wrote() -> None:
    figure = timeline(MILESTONES, TODAY)
    texts = [note.text for note in figure.layout.annotations]
    assert texts[:3] == [
        "Congrès &lt;b&gt;<br>atteint, <b>à la date prévue</b>", "Ouverture<br>prévu, <b>+32 jours</b>",
        "Bilan<br>abandonné",
    ]  # fmt: skip
    assert [trace.marker.symbol for trace in figure.data[2::3]] == ["circle", "diamond-open", "x"]
    assert list(figure.data[3].x) == ["2011-03-01", "2011-04-02"]
    assert timeline_alt(MILESTONES) == "Jalons : Congrès <b> : x ; Ouverture : y ; Bilan : z."
    data = timeline_data(MILESTONES)
    assert data["decalage"].tolist()[:2] == [0, 32]
    assert data["decalage"].isna().tolist() == [False, False, True]
