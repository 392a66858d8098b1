"""An administrator invites, changes, disables and hands links over; never out of their own house."""

import pytest
from streamlit.testing.v1 import AppTest

from impact.db import reading, transaction
from impact.errors import NotFound
from impact.permissions import Actor
from impact.queries.accounts import AccountRow, accounts
from impact.services import accounts as services
from impact.vocabulary import LinkPurpose, Role
from tests.cast import ADA, CLAIRE, KARIM, MIDI_PYRENEES, PICARDIE, REMI
from tests.pages.conftest import Visit, drawn, text_of


def row(email: str) -> AccountRow | None:
    with reading() as session:
        return next((row for row in accounts(session, ADA) if row.email == email), None)


def invite(seen: AppTest, name: str, email: str, regions: tuple[str, ...] = ()) -> AppTest:
    seen.text_input(key="comptes_inviter_nom").set_value(name)
    seen.text_input(key="comptes_inviter_adresse").set_value(email)
    seen.multiselect(key="comptes_inviter_regions").set_value(list(regions))
    return drawn(seen.button(key="comptes_inviter_envoyer").click().run())


def account_of(visit: Visit, person: Actor) -> AppTest:
    """Ada opens the account of a person."""
    return drawn(visit(ADA, "comptes").selectbox(key="comptes_compte").set_value(person.email).run())


def press(seen: AppTest, person: Actor, act: str) -> AppTest:
    return drawn(seen.button(key=f"comptes_{act}_{person.id}_envoyer").click().run())


def test_an_invitation_creates_the_account_and_shows_its_link_once(visit: Visit) -> None:
    seen = invite(visit(ADA, "comptes"), "Nadia Ferrand", "Nadia@Example.org", (PICARDIE, MIDI_PYRENEES))

    created = row("nadia@example.org")
    assert created is not None
    assert (created.name, created.role, created.regions) == (
        "Nadia Ferrand", Role.CONTRIBUTOR, (PICARDIE, MIDI_PYRENEES),
    )  # fmt: skip
    (link,) = [block.value for block in seen.code]
    with reading() as session:
        assert services.link_owner(session, link.rpartition("/")[2]).id == created.id
    assert seen.text_input(key="comptes_inviter_nom").value == "", "the form is ready for the next person"
    assert "lien remis" in text_of(seen)
    assert not drawn(seen.run()).code, "the link is not shown again"


def test_everything_wrong_with_an_invitation_is_said_at_once_and_what_was_typed_stays(visit: Visit) -> None:
    seen = invite(visit(ADA, "comptes"), " ", "pas une adresse")

    (refusal,) = [error.value for error in seen.error]
    assert all(word in refusal for word in ("adresse électronique", "nom de la personne", "au moins une région"))
    assert seen.text_input(key="comptes_inviter_adresse").value == "pas une adresse"
    assert not seen.code


def test_the_same_invitation_sent_twice_creates_one_account(visit: Visit) -> None:
    seen = visit(ADA, "comptes")
    token = seen.session_state["comptes_inviter_jeton"]
    invite(seen, "Nadia Ferrand", "nadia@example.org", (PICARDIE,))
    seen.session_state["comptes_inviter_jeton"] = token
    drawn(seen.run())
    again = invite(seen, "Nadia Ferrand", "nadia.2@example.org", (PICARDIE,))

    assert row("nadia.2@example.org") is None
    assert "déjà été envoyé" in again.error[0].value


def test_a_role_without_regions_asks_for_none(visit: Visit) -> None:
    seen = visit(ADA, "comptes")
    seen = drawn(seen.selectbox(key="comptes_inviter_role").set_value(Role.READER).run())

    assert "comptes_inviter_regions" not in [widget.key for widget in seen.multiselect]
    seen.text_input(key="comptes_inviter_nom").set_value("Lise Petit")
    seen.text_input(key="comptes_inviter_adresse").set_value("lise@example.org")
    drawn(seen.button(key="comptes_inviter_envoyer").click().run())
    created = row("lise@example.org")
    assert created is not None
    assert (created.role, created.regions) == (Role.READER, ())


def test_a_person_is_handed_over_to_another_region_and_role(visit: Visit) -> None:
    seen = account_of(visit, KARIM)
    assert seen.multiselect(key="comptes_droits_2_regions").value == [PICARDIE]
    seen.multiselect(key="comptes_droits_2_regions").set_value([MIDI_PYRENEES])
    press(seen, KARIM, "droits")
    assert row(KARIM.email).regions == (MIDI_PYRENEES,)  # type: ignore[union-attr]

    drawn(seen.selectbox(key="comptes_droits_2_role").set_value(Role.NATIONAL).run())
    press(seen, KARIM, "droits")
    changed = row(KARIM.email)
    assert changed is not None
    assert (changed.role, changed.regions) == (Role.NATIONAL, ())


def test_a_disabled_account_ends_at_once_and_comes_back_with_its_password(visit: Visit) -> None:
    with transaction() as session:
        token = services.sign_in(session, KARIM.email, "une phrase de passe pour les essais", "127.0.0.1")
    seen = account_of(visit, KARIM)
    seen.text_input(key="comptes_etat_2_motif").set_value("a quitté l’équipe")
    press(seen, KARIM, "etat")
    assert services.identify(token) is None
    assert row(KARIM.email).active is False  # type: ignore[union-attr]

    press(seen, KARIM, "etat")
    back = row(KARIM.email)
    assert back is not None
    assert back.active
    assert back.has_password


def test_a_forgotten_password_is_mended_by_a_new_link_that_replaces_the_old_one(visit: Visit) -> None:
    with transaction() as session:
        old = services.new_link(session, ADA, KARIM.id, LinkPurpose.RESET)
    seen = press(account_of(visit, KARIM), KARIM, "lien")

    (link,) = [block.value for block in seen.code]
    with reading() as session:
        assert services.link_owner(session, link.rpartition("/")[2]).id == KARIM.id
        with pytest.raises(NotFound):
            services.link_owner(session, old.rpartition("/")[2])


def test_an_administrator_is_not_offered_to_lock_themselves_out(visit: Visit) -> None:
    seen = account_of(visit, ADA)

    keys = {widget.key for widget in (*seen.button, *seen.selectbox)}
    assert not {f"comptes_etat_{ADA.id}_envoyer", f"comptes_droits_{ADA.id}_envoyer"} & keys
    assert "un autre administrateur" in text_of(seen)


def test_a_name_full_of_markup_is_shown_as_it_is(visit: Visit) -> None:
    seen = invite(visit(ADA, "comptes"), "<b>Nadia</b> :red[x]", "nadia@example.org", (PICARDIE,))

    assert "&lt;b&gt;Nadia&lt;/b&gt; :red[x]" in text_of(seen)


def test_no_address_names_a_person(visit: Visit) -> None:
    assert not account_of(visit, KARIM).query_params
    seen = visit(ADA, "comptes", comptes_compte=f"{KARIM.name}, {KARIM.email}")

    assert seen.selectbox(key="comptes_compte").value == ""
    assert [widget.key for widget in seen.button] == ["comptes_inviter_envoyer"]


def test_the_list_says_who_serves_what(visit: Visit) -> None:
    text = text_of(visit(ADA, "comptes"))

    for person in (ADA, CLAIRE, KARIM, REMI):
        assert person.email in text
    assert "désactivé" in text
    assert "Midi-Pyrénées" in text
