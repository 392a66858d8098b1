"""One world per reader: the same coverage for all, the figures only for those who may read them."""

from sqlmodel import Session

from impact.figures import Cell
from impact.permissions import EVERYTHING, readable
from impact.queries.world import world
from tests.cast import KARIM, PICARDIE, REMI
from tests.pages.scenes import LINKED, T1, T3, submit, validate

TRAINED = Cell(PICARDIE, "FOR-04", T3)


def test_a_submitted_not_applicable_leaves_what_is_due_for_every_reader(session: Session) -> None:
    validate(session, TRAINED._replace(period=T1), valeur="10", **LINKED)
    submit(session, KARIM, TRAINED, etat="sans_objet", motif="Pas de session ce trimestre.")
    seen = [world(session, scope).total("FOR-04") for scope in (EVERYTHING, readable(REMI), readable(KARIM))]
    assert {(total.cells_answered, total.cells_due, total.coverage) for total in seen} == {
        (1, 2, seen[0].coverage)
    }  # T1 and T2; T3 is expected of nobody any more
    assert TRAINED not in world(session, readable(REMI)).entries


def test_a_submitted_figure_is_known_to_be_pending_and_not_read(session: Session) -> None:
    submit(session, KARIM, TRAINED, valeur="20", **LINKED)
    reader, team = world(session, readable(REMI)), world(session, readable(KARIM))
    assert TRAINED in reader.pending
    assert TRAINED not in reader.entries
    assert TRAINED in team.entries
    assert team.pending == frozenset()
    assert reader.quality == team.quality


def test_regions_stand_where_people_look_for_their_names(session: Session) -> None:
    names = list(world(session, EVERYTHING).region_names.values())
    assert names[names.index("Île-de-France") - 1].startswith("H")
    assert names[names.index("Île-de-France") + 1].startswith("L")


def test_an_unknown_campaign_is_the_one_of_the_day(session: Session) -> None:
    assert world(session, EVERYTHING, "1999-2000").campaign == "2010-2011"
