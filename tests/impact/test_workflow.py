from itertools import product

import pytest

from impact.errors import Refused
from impact.vocabulary import Status
from impact.workflow import Step, next_status

ALLOWED = {
    (Step.SAVE, Status.DRAFT): Status.DRAFT,
    (Step.SAVE, Status.RETURNED): Status.RETURNED,
    (Step.SUBMIT, Status.DRAFT): Status.SUBMITTED,
    (Step.SUBMIT, Status.RETURNED): Status.SUBMITTED,
    (Step.TAKE_BACK, Status.SUBMITTED): Status.DRAFT,
    (Step.VALIDATE, Status.SUBMITTED): Status.VALIDATED,
    (Step.RETURN, Status.SUBMITTED): Status.RETURNED,
    (Step.REOPEN, Status.VALIDATED): Status.DRAFT,
}


@pytest.mark.parametrize(("step", "status"), list(product(Step, Status)))
def test_a_figure_moves_only_as_its_life_says(step: Step, status: Status) -> None:
    if (step, status) in ALLOWED:
        assert next_status(step, status, "chiffre à vérifier") is ALLOWED[step, status]
    else:
        with pytest.raises(Refused, match="le chiffre est"):
            next_status(step, status, "chiffre à vérifier")


@pytest.mark.parametrize(("step", "status"), [(Step.RETURN, Status.SUBMITTED), (Step.REOPEN, Status.VALIDATED)])
def test_a_return_and_a_reopening_say_why(step: Step, status: Status) -> None:
    with pytest.raises(Refused, match="indiquez le motif"):
        next_status(step, status, "  ")
