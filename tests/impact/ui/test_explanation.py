"""The way back from an explanation, to the screen where the number lives."""

import pytest

from impact.presentation.explaining import Explanation
from impact.presentation.questions import Kind, Question
from impact.ui.explanation.reading import Told
from impact.ui.explanation.whole import home

CURRENT, PAST = "2010-2011", "2009-2010"


@pytest.mark.parametrize(
    ("campaign", "period", "back"),
    [
        (CURRENT, "", "region?region=22&chantier=FOR"),
        (CURRENT, "2010-2011-T2", "region?region=22&chantier=FOR&periode=2010-2011-T2"),
        (PAST, "2009-2010-T2", "region?region=22&chantier=FOR&periode=2009-2010"),
    ],
)
def test_the_way_back_keeps_to_what_the_filter_of_periods_offers(campaign: str, period: str, back: str) -> None:
    """The periods of today's campaign, and the others whole."""
    asked = Question(Kind.MISSING, "", "22", "FOR", period, campaign=campaign)
    told = Told(asked, Explanation("", ""), campaign, CURRENT, "Picardie")
    assert home(told) == ("Revenir à la région Picardie", back)
