from typing import Any

import pytest

from impact.charts.palette import PALETTES, Mode
from impact.charts.trajectory import trajectory, trajectory_alt, trajectory_data
from tests.impact.charts.frames import NAN, totals
from tests.impact.samples import sample

FRAME = totals(
    (412, NAN, False, True, "3 régions sur 3"),
    (NAN, NAN, False, True, "0 région sur 3"),
    (1386, 214, True, True, "2 régions sur 3"),
    (NAN, NAN, False, False, ""),
)


def texts(figure: Any) -> list[str]:
    return [note.text for note in figure.layout.annotations]


def test_a_missing_period_is_a_gap_and_never_a_zero() -> None:
    validated, provisional = trajectory(FRAME, sample()).data
    assert list(validated.y) == [412, None, 1386, None]
    assert list(provisional.y) == [None, None, 214, None]


def test_a_true_zero_is_a_bar_and_is_written() -> None:
    figure = trajectory(totals((0, NAN, False, True, "1 région sur 1")), sample())
    assert list(figure.data[0].y) == [0]
    assert texts(figure) == ["<b>0</b>"]


def test_partial_totals_are_hatched_and_said() -> None:
    figure = trajectory(FRAME, sample())
    assert figure.data[0].marker.pattern.shape == ("", "", "/", "")
    assert any("partiel :<br>2 régions<br>sur 3" in text for text in texts(figure))


def test_a_partial_total_between_two_others_says_so_over_its_bar() -> None:
    figure = trajectory(totals((5, NAN, True, True, "1 sur 2"), (9, NAN, False, True, "2 sur 2")), sample())
    assert texts(figure) == ["<b>5</b><br>partiel", "<b>9</b>"]


def test_missing_and_coming_periods_are_told_apart() -> None:
    assert texts(trajectory(FRAME, sample()))[1] == "○ manquant"
    assert texts(trajectory(FRAME, sample()))[-1] == "à venir"


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("chantier", ["FOR", "INN", "COO", "PRE", "ENV"])
def test_bars_have_their_chantiers_colour_and_provisional_ones_its_tint(chantier: str, mode: Mode) -> None:
    validated, provisional = trajectory(FRAME, sample(chantier=chantier), mode).data
    assert validated.marker.color == PALETTES[mode].tone(chantier)
    assert provisional.marker.color == PALETTES[mode].tint(chantier)


def test_the_hover_gives_total_provisional_part_and_coverage() -> None:
    figure = trajectory(FRAME, sample(unit="<personnes>"))
    assert figure.data[0].hovertext[2] == (
        "<b>T3 : 1\u202f600 &lt;personnes&gt;</b><br>214 provisoires (soumis)<br>partiel : 2 régions sur 3"
    )
    assert all(trace.hovertemplate.endswith("<extra></extra>") for trace in figure.data)


def test_one_provisional_unit_is_told_in_the_singular() -> None:
    frame = totals((3, 1, True, True, "1 région sur 2"))
    assert "<br>1 provisoire (soumis)<br>" in trajectory(frame, sample()).data[0].hovertext[0]
    assert "dont 1 provisoire, partiel." in trajectory_alt(frame, sample())


def test_the_plot_does_not_move_under_the_hand() -> None:
    layout = trajectory(FRAME, sample()).layout
    assert layout.dragmode is False
    assert layout.xaxis.fixedrange
    assert layout.yaxis.fixedrange
    assert layout.yaxis.range[0] == 0


def test_a_campaign_without_any_figure_still_shows_its_periods() -> None:
    figure = trajectory(totals(*[(NAN, NAN, False, False, "")] * 4), sample())
    assert texts(figure) == ["à venir"] * 4
    assert trajectory_alt(totals((NAN, NAN, False, False, "")), sample()).endswith("aucune période échue.")


def test_the_text_alternative_tells_every_period_that_ended() -> None:
    assert trajectory_alt(FRAME, sample()) == (
        "Personnes formées, cumul par période : T1 412 ; T2 manquant ; T3 1\u202f600, dont 214 provisoires, partiel."
    )


def test_the_data_are_what_the_bars_show() -> None:
    data = trajectory_data(FRAME)
    assert list(data.columns) == ["periode", "valide", "provisoire", "partiel", "couverture"]
    assert data["valide"].tolist()[2] == 1386
