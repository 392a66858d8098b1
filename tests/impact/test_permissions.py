import pytest

from impact.errors import Forbidden
from impact.permissions import (
    EVERYTHING,
    GRANTS,
    REFUSALS,
    Actor,
    Right,
    readable,
    require,
    require_entry,
    require_provisional,
)
from impact.vocabulary import Role
from tests.cast import ADA, CLAIRE, KARIM, MIDI_PYRENEES, ODILE, PICARDIE, REMI, STRANGER

ACTORS = {actor.role: actor for actor in (CLAIRE, REMI, ODILE, ADA)}
EXPECTED = {
    Role.CONTRIBUTOR: {Right.ENTER, Right.EXPORT, Right.TAKE_STANCE, Right.COMMENT},
    Role.READER: {Right.EXPORT},
    Role.NATIONAL: set(Right) - {Right.ACCOUNTS, Right.LEGAL_TEXTS},
    Role.ADMIN: set(Right),
}


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("right", list(Right))
def test_each_role_has_its_rights_and_no_other(role: Role, right: Right) -> None:
    assert GRANTS.keys() == EXPECTED.keys()
    if right in EXPECTED[role]:
        require(ACTORS[role], right)
    else:
        with pytest.raises(Forbidden) as refusal:
            require(ACTORS[role], right)
        assert str(refusal.value) == REFUSALS[right]


@pytest.mark.parametrize("actor", [CLAIRE, ODILE, ADA])
def test_a_region_is_entered_by_its_team_and_by_the_national_office(actor: Actor) -> None:
    require_entry(actor, MIDI_PYRENEES)


@pytest.mark.parametrize("actor", [KARIM, REMI, STRANGER])
def test_nobody_else_enters_a_region(actor: Actor) -> None:
    with pytest.raises(Forbidden):
        require_entry(actor, MIDI_PYRENEES, "Midi-Pyrénées")


def test_a_contributor_reads_everything_of_their_region_alone() -> None:
    scope = readable(CLAIRE)
    assert scope.sees_all_of(MIDI_PYRENEES)
    assert not scope.sees_all_of(PICARDIE)


def test_a_reader_sees_everything_of_no_region_and_the_office_of_all() -> None:
    assert not readable(REMI).sees_all_of(PICARDIE)
    assert readable(ODILE) == readable(ADA) == EVERYTHING


def test_provisional_totals_stay_in_ones_own_regions() -> None:
    require_provisional(readable(CLAIRE), (MIDI_PYRENEES,))
    require_provisional(readable(ODILE), ())
    for scope, regions in (
        (readable(CLAIRE), (MIDI_PYRENEES, PICARDIE)),
        (readable(CLAIRE), ()),
        (readable(REMI), (PICARDIE,)),
    ):
        with pytest.raises(Forbidden):
            require_provisional(scope, regions)
