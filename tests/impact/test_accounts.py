"""Accounts through the services, on either engine."""

import re
from datetime import timedelta

import pytest
from argon2 import PasswordHasher
from sqlmodel import Session, col, select

from impact import clock
from impact.db import Database, reading, transaction
from impact.errors import Forbidden, ImpactError, NotFound, Refused
from impact.models import Account, AccountLink, DataVersion, History, SignIn
from impact.permissions import Actor
from impact.queries import accounts as lists
from impact.services import accounts
from impact.services.accounts import hashing, passwords
from impact.services.accounts.tokens import digest
from impact.vocabulary import LinkPurpose, Role
from tests.cast import ADA, CLAIRE, DIDIER, KARIM, MIDI_PYRENEES, ODILE, PASSWORD, PICARDIE, REMI

NEW = "la rivière déborde au printemps"
HERE = "203.0.113.9"


def token_in(link: str) -> str:
    return link.rpartition("/")[2]


def last_act(session: Session) -> History:
    return session.exec(select(History).order_by(col(History.seq).desc()).limit(1)).one()


def pass_time(monkeypatch: pytest.MonkeyPatch, elapsed: timedelta) -> None:
    later = clock.real_now() + elapsed
    monkeypatch.setattr(clock, "real_now", lambda: later)


def test_a_new_account_is_recorded_and_has_no_password_yet(session: Session) -> None:
    made = accounts.create_account(
        session, ADA, " Luc.Petit@Example.org ", " Luc  Petit ", Role.CONTRIBUTOR, ["73", "22"]
    )
    assert (made.email, made.name, made.password_hash) == ("luc.petit@example.org", "Luc Petit", None)
    assert accounts.actor_of(session, made).regions == {"73", "22"}
    act = last_act(session)
    assert (act.action, act.actor, act.subject) == ("account.create", ADA.email, made.email)
    with pytest.raises(accounts.BadCredentials):
        accounts.sign_in(session, made.email, "", HERE)


@pytest.mark.parametrize("person", [CLAIRE, KARIM, ODILE, REMI])
def test_only_an_administrator_touches_accounts(session: Session, person: Actor) -> None:
    account = session.get_one(Account, REMI.id)
    for attempt in (
        lambda: accounts.create_account(session, person, "a@example.org", "A", Role.READER),
        lambda: accounts.new_link(session, person, REMI.id, LinkPurpose.RESET),
        lambda: accounts.set_password(session, person, account, NEW),
        lambda: accounts.disable(session, person, REMI.id),
        lambda: accounts.enable(session, person, DIDIER.id),
        lambda: accounts.change_role_and_regions(session, person, person.id, Role.ADMIN),
        lambda: lists.accounts(session, person),
        lambda: lists.sign_ins(session, person),
    ):
        with pytest.raises(Forbidden, match="Seul un administrateur gère les comptes"):
            attempt()


def test_the_operator_of_a_command_is_named_in_history(session: Session) -> None:
    accounts.create_account(session, "commande (racine)", "a@example.org", "A", Role.READER)
    act = last_act(session)
    assert (act.actor, act.actor_id) == ("commande (racine)", None)


@pytest.mark.parametrize(
    ("email", "name", "role", "regions", "sentence"),
    [
        ("sans arobase", "A", Role.READER, [], "une adresse électronique complète"),
        ("a@b", "A", Role.READER, [], "une adresse électronique complète"),
        ("a@example.org\nbcc:x@y.fr", "A", Role.READER, [], "une adresse électronique complète"),
        ("x" * 250 + "@example.org", "A", Role.READER, [], "une adresse électronique complète"),
        (CLAIRE.email.upper(), "A", Role.READER, [], "a déjà un compte"),
        ("a@example.org", "  ", Role.READER, [], "le nom de la personne"),
        ("a@example.org", "A" * 121, Role.READER, [], "120 caractères au plus"),
        ("a@example.org", "A", Role.CONTRIBUTOR, [], "au moins une région"),
        ("a@example.org", "A", Role.READER, ["73"], "ne porte pas de région"),
        ("a@example.org", "A", Role.CONTRIBUTOR, ["73", "99"], "La région « 99 » n’existe pas"),
    ],
)
def test_an_account_that_makes_no_sense_is_refused(
    session: Session, email: str, name: str, role: Role, regions: list[str], sentence: str
) -> None:
    with pytest.raises(Refused, match=re.escape(sentence)):
        accounts.create_account(session, ADA, email, name, role, regions)


def test_every_problem_of_a_new_account_is_said_at_once(session: Session) -> None:
    with pytest.raises(Refused) as refused:
        accounts.create_account(session, ADA, "x", "", Role.CONTRIBUTOR)
    assert {problem.field for problem in refused.value.problems} == {"email", "name", "regions"}


def test_a_link_is_used_once_and_older_links_die(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IMPACT_PUBLIC_URL", "https://impact.example.org/")
    old = accounts.new_link(session, ADA, CLAIRE.id, LinkPurpose.ACTIVATION)
    link = accounts.new_link(session, ADA, CLAIRE.id, LinkPurpose.RESET)
    assert link.startswith("https://impact.example.org/activation/")
    assert session.get(AccountLink, token_in(link)) is None, "only its hash is stored"
    for dead in (token_in(old), "", "x"):
        with pytest.raises(NotFound):
            accounts.set_password_by_link(session, dead, NEW)
    accounts.set_password_by_link(session, token_in(link), NEW)
    assert accounts.sign_in(session, CLAIRE.email, NEW, HERE)
    with pytest.raises(NotFound):
        accounts.set_password_by_link(session, token_in(link), "une autre phrase secrète")


@pytest.mark.parametrize(
    ("purpose", "lifetime"), [(LinkPurpose.ACTIVATION, timedelta(days=7)), (LinkPurpose.RESET, timedelta(hours=24))]
)
def test_a_link_dies_of_age(
    session: Session, monkeypatch: pytest.MonkeyPatch, purpose: LinkPurpose, lifetime: timedelta
) -> None:
    token = token_in(accounts.new_link(session, ADA, CLAIRE.id, purpose))
    pass_time(monkeypatch, lifetime - timedelta(minutes=1))
    assert accounts.link_owner(session, token).email == CLAIRE.email
    pass_time(monkeypatch, timedelta(minutes=2))
    with pytest.raises(NotFound):
        accounts.link_owner(session, token)


def test_a_disabled_account_gets_no_link_and_loses_the_one_it_had(session: Session) -> None:
    token = token_in(accounts.new_link(session, ADA, CLAIRE.id, LinkPurpose.RESET))
    accounts.disable(session, ADA, CLAIRE.id, "départ")
    with pytest.raises(NotFound):
        accounts.link_owner(session, token)
    with pytest.raises(Refused, match="désactivé"):
        accounts.new_link(session, ADA, CLAIRE.id, LinkPurpose.RESET)


def test_disabling_ends_live_sessions_and_is_recorded(session: Session) -> None:
    token = accounts.sign_in(session, CLAIRE.email, PASSWORD, HERE)
    assert accounts.actor_for_token(session, token) == CLAIRE
    accounts.disable(session, ADA, CLAIRE.id, "départ")
    assert accounts.actor_for_token(session, token) is None
    assert (last_act(session).action, last_act(session).reason) == ("account.disable", "départ")
    with pytest.raises(accounts.BadCredentials):
        accounts.sign_in(session, CLAIRE.email, PASSWORD, HERE)
    accounts.enable(session, ADA, CLAIRE.id)
    assert accounts.actor_for_token(session, token) is None
    assert accounts.sign_in(session, CLAIRE.email, PASSWORD, HERE)


def test_somebody_is_always_left_who_can_open_accounts(session: Session) -> None:
    with pytest.raises(Refused, match="votre propre compte"):
        accounts.disable(session, ADA, ADA.id)
    with pytest.raises(Refused, match="dernier administrateur"):
        accounts.disable(session, "commande", ADA.id)
    with pytest.raises(Refused, match="dernier administrateur"):
        accounts.change_role_and_regions(session, "commande", ADA.id, Role.READER)
    accounts.change_role_and_regions(session, ADA, ODILE.id, Role.ADMIN)
    with pytest.raises(Refused, match="quitter vous-même"):
        accounts.change_role_and_regions(session, ADA, ADA.id, Role.NATIONAL)
    accounts.change_role_and_regions(session, "commande", ADA.id, Role.NATIONAL)
    with pytest.raises(Refused, match="dernier administrateur"):
        accounts.disable(session, "commande", ODILE.id)


def test_new_rights_hold_from_the_next_action_on(session: Session) -> None:
    token = accounts.sign_in(session, CLAIRE.email, PASSWORD, HERE)
    accounts.change_role_and_regions(session, ADA, CLAIRE.id, Role.CONTRIBUTOR, [PICARDIE])
    moved = accounts.actor_for_token(session, token)
    assert moved is not None
    assert moved.regions == {PICARDIE}
    act = last_act(session)
    assert act.before is not None
    assert act.after is not None
    assert (act.before["regions"], act.after["regions"]) == ([MIDI_PYRENEES], [PICARDIE])
    accounts.change_role_and_regions(session, ADA, CLAIRE.id, Role.READER)
    assert accounts.actor_for_token(session, token) == Actor(CLAIRE.id, CLAIRE.email, CLAIRE.name, Role.READER)


def test_signing_out_ends_that_session_alone(session: Session) -> None:
    first, second = (accounts.sign_in(session, CLAIRE.email, PASSWORD, HERE) for _ in range(2))
    accounts.sign_out(session, first)
    accounts.sign_out(session, first)
    assert accounts.actor_for_token(session, first) is None
    assert accounts.actor_for_token(session, second) == CLAIRE


def test_a_session_is_forgotten_a_year_after_its_end(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    signed_out, left_open = (accounts.sign_in(session, CLAIRE.email, PASSWORD, HERE) for _ in range(2))
    accounts.sign_out(session, signed_out)
    pass_time(monkeypatch, timedelta(days=364))
    accounts.sign_in(session, REMI.email, PASSWORD, HERE)
    assert session.get(SignIn, digest(signed_out)) is not None
    pass_time(monkeypatch, timedelta(days=2))
    accounts.sign_in(session, REMI.email, PASSWORD, HERE)
    session.expire_all()
    assert session.get(SignIn, digest(signed_out)) is None
    assert session.get(SignIn, digest(left_open)) is not None, "it could be used for a week: its year began then"
    pass_time(monkeypatch, timedelta(days=7))
    accounts.sign_in(session, REMI.email, PASSWORD, HERE)
    session.expire_all()
    assert session.get(SignIn, digest(left_open)) is None


def test_the_name_given_to_a_command_must_be_an_account_in_force(session: Session) -> None:
    assert accounts.actor_by_email(session, "CLAIRE@example.org ") == CLAIRE
    with pytest.raises(NotFound, match="Aucun compte"):
        accounts.actor_by_email(session, "personne@example.org")
    with pytest.raises(Forbidden, match="désactivé"):
        accounts.actor_by_email(session, DIDIER.email)


def test_presence_is_noted_at_most_once_a_minute_and_leaves_cached_reads_alone(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    with transaction() as session:
        token = accounts.open_session(session, session.get_one(Account, CLAIRE.id), HERE)

    def facts() -> tuple[object, int]:
        with reading() as session:
            version = session.get(DataVersion, 1)
            return session.get_one(SignIn, digest(token)).last_seen_at, version.number if version else 0

    seen, version = facts()
    pass_time(monkeypatch, timedelta(seconds=59))
    assert accounts.identify(token) == CLAIRE
    assert facts() == (seen, version)
    pass_time(monkeypatch, timedelta(seconds=2))
    assert accounts.identify(token) == CLAIRE
    assert facts() == (clock.real_now(), version)
    assert accounts.identify("") is None
    assert accounts.identify(None) is None


@pytest.mark.parametrize(
    "password",
    [
        "motdepasse2011", "M0tDeP@sse!!!!", "Mot de passe 2011", "azertyazerty", "aaaaaaaaaaaaa",
        "121212121212", "123456789012", "password1234", "Bienvenue!!2010", "entrepreneuriatsocial",
        "iloveyou-12345", "qwertyqwerty", "marseille13013",
    ],
)  # fmt: skip
def test_common_passwords_are_refused(password: str) -> None:
    assert [problem.message for problem in accounts.password_problems(password)] == [
        "Ce mot de passe est trop courant\u202f: il serait deviné très vite."
    ]


@pytest.mark.parametrize("password", ["claire.dumont", "Claire Dumont 73", "claire@example.org", "DUMONT-claire-1"])
def test_a_password_made_of_ones_own_name_is_refused(password: str) -> None:
    problems = accounts.password_problems(password, CLAIRE.email, CLAIRE.name)
    assert ["ressemble trop" in problem.message for problem in problems] == [True]


@pytest.mark.parametrize(
    "password", ["cheval agrafe pile", "le train de 18 h 12", "Xk7#pQ9!vT2z", "été à Picardie, 3 vélos"]
)
def test_an_ordinary_phrase_is_accepted(password: str) -> None:
    assert accounts.password_problems(password, CLAIRE.email, CLAIRE.name) == []


def test_length_counts_and_does_not_exhaust_the_server() -> None:
    assert accounts.password_problems("x" * 11)
    assert accounts.password_problems("un deux trois " * 20)


def test_the_blocklist_is_written_as_it_is_compared() -> None:
    words = passwords.common_words()
    assert len(words) > 500
    assert [word for word in words if passwords.plain(word) != word] == []


def test_hashes_are_argon2id_and_the_same_keys_open_them_on_every_machine() -> None:
    stored = hashing.hashed("déjà vu au marché")
    assert stored.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert hashing.verify("de\u0301ja\u0300 vu au marche\u0301", stored)
    assert not hashing.verify("deja vu au marche", stored)
    assert not hashing.verify("personne", None), "the dummy hash opens nothing"


def test_an_outdated_hash_is_renewed_at_sign_in(session: Session) -> None:
    account = session.get_one(Account, CLAIRE.id)
    account.password_hash = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1).hash(PASSWORD)
    accounts.sign_in(session, CLAIRE.email, PASSWORD, HERE)
    assert not hashing.is_outdated(account.password_hash)


def test_changing_ones_password_needs_the_current_one_and_another_one(session: Session) -> None:
    kept, ended = (accounts.sign_in(session, CLAIRE.email, PASSWORD, HERE) for _ in range(2))
    with pytest.raises(Forbidden, match="actuel"):
        accounts.change_password(session, CLAIRE, "faux", NEW)
    with pytest.raises(Refused, match="différent"):
        accounts.change_password(session, CLAIRE, PASSWORD, PASSWORD)
    accounts.change_password(session, CLAIRE, PASSWORD, NEW, keep_token=kept)
    assert accounts.actor_for_token(session, kept) == CLAIRE
    assert accounts.actor_for_token(session, ended) is None
    assert accounts.sign_in(session, CLAIRE.email, NEW, HERE)


def test_history_never_holds_a_password_a_link_or_their_hashes(session: Session) -> None:
    link = accounts.new_link(session, ADA, CLAIRE.id, LinkPurpose.RESET)
    accounts.set_password_by_link(session, token_in(link), NEW)
    accounts.set_password(session, ADA, session.get_one(Account, KARIM.id), NEW)
    rows = session.exec(select(History)).all()
    told = " ".join(f"{row.subject} {row.before} {row.after} {row.reason}" for row in rows)
    for secret in (NEW, token_in(link), digest(token_in(link)), "argon2"):
        assert secret not in told


def test_attempts_sent_all_at_once_are_counted_before_they_are_looked_at(session: Session) -> None:
    for _ in range(5):
        accounts.admit(session, CLAIRE.email, HERE)
    with pytest.raises(accounts.TooManyAttempts, match=r"Réessayez après \d\d h \d\d"):
        accounts.admit(session, CLAIRE.email.upper(), "198.51.100.1")


def test_attempts_are_forgotten_after_a_while(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(5):
        accounts.admit(session, CLAIRE.email, HERE)
    pass_time(monkeypatch, timedelta(minutes=15, seconds=1))
    accounts.admit(session, CLAIRE.email, HERE)


def test_the_list_says_regions_sign_ins_and_pending_links(session: Session) -> None:
    accounts.sign_in(session, CLAIRE.email, PASSWORD, HERE)
    accounts.new_link(session, ADA, REMI.id, LinkPurpose.RESET)
    rows = {row.email: row for row in lists.accounts(session, ADA)}
    assert list(rows)[-1] == DIDIER.email, "disabled accounts come last"
    claire, remi = rows[CLAIRE.email], rows[REMI.email]
    assert (claire.regions, claire.live_sessions, claire.pending_link) == ((MIDI_PYRENEES,), 1, None)
    assert claire.last_sign_in is not None
    assert (remi.last_sign_in, remi.live_sessions) == (None, 0)
    assert remi.pending_link is not None
    assert remi.pending_link.purpose is LinkPurpose.RESET
    assert [(row.email, row.address) for row in lists.sign_ins(session, ADA)] == [(CLAIRE.email, HERE)]


def test_an_account_that_does_not_exist_is_said_so(session: Session) -> None:
    for attempt in (
        lambda: accounts.disable(session, ADA, 999),
        lambda: accounts.new_link(session, ADA, 999, LinkPurpose.RESET),
        lambda: accounts.change_role_and_regions(session, ADA, 999, Role.READER),
    ):
        with pytest.raises(ImpactError, match="n’existe pas"):
            attempt()
