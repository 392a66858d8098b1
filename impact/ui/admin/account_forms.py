"""What an administrator does about accounts: invite, change role and regions, hand a link over, close and reopen."""

import streamlit as st
from sqlmodel import Session

from impact.db import reading
from impact.errors import Refused
from impact.permissions import Actor
from impact.queries.accounts import AccountRow
from impact.queries.digests import wants_email
from impact.services import accounts as services
from impact.services import notices
from impact.settings import Settings
from impact.ui import page
from impact.ui.admin import bound
from impact.ui.admin.accounts import Background
from impact.ui.admin.forms import Form
from impact.vocabulary import LinkPurpose, Role

INVITE = Form("comptes_inviter")


def form_of(act: str, account_id: int) -> Form:
    """One form for each account: what was chosen for one is never sent for another."""
    return Form(f"comptes_{act}_{account_id}")


def invitation(known: Background) -> None:
    st.text_input("Nom", key=INVITE.key("nom"), placeholder="Prénom Nom", autocomplete="off")
    st.text_input("Adresse électronique", key=INVITE.key("adresse"), autocomplete="off")
    _rights(INVITE, known.regions)
    INVITE.button("Créer le compte et son lien", _invite, primary=True)
    INVITE.show()
    _show_link(INVITE)


def _rights(form: Form, regions: dict[str, str], row: AccountRow | None = None) -> None:
    """Role, and the regions where the role has some; row: the account that has them already."""
    roles = list(Role)
    role = st.selectbox(
        "Rôle", roles, roles.index(row.role) if row else 0, format_func=lambda role: role.label, key=form.key("role"),
        filter_mode=None,
    )  # fmt: skip
    if role == Role.CONTRIBUTOR:
        st.multiselect(
            "Régions", list(regions), row.regions if row else None, format_func=lambda code: regions.get(code, code),
            key=form.key("regions"), placeholder="Une ou plusieurs régions", select_all=False,
        )  # fmt: skip


def _sent(form: Form) -> tuple[object, tuple[str, ...]]:
    """Role and regions as the browser sent them, read before the transaction begins."""
    role = form.value("role")
    return role, tuple(form.value("regions") or ()) if role == Role.CONTRIBUTOR else ()


def _role(sent: object) -> Role:
    role = next((role for role in Role if role == sent), None)
    if role is None:
        raise Refused("Ce rôle n’existe pas.")
    return role


def _invite(token: str) -> None:
    email = INVITE.text("adresse")
    said = f"Compte créé pour {email}."
    outcome = INVITE.send(token, lambda _: said, invite, email, INVITE.text("nom"), *_sent(INVITE))
    if outcome.done:
        _keep_link(INVITE, outcome.value)
        INVITE.fill(nom="", adresse="", regions=[])


def invite(session: Session, actor: Actor, email: str, name: str, role: object, regions: tuple[str, ...]) -> str:
    """A new account and the link that opens it."""
    account = services.create_account(session, actor, email, name, _role(role), regions)
    return services.new_link(session, actor, account.id or 0, LinkPurpose.ACTIVATION)


def _keep_link(form: Form, link: str | None) -> None:
    st.session_state[form.key("lien")] = link


def _show_link(form: Form) -> None:
    """Once: the next action on the page takes it away."""
    if link := st.session_state.pop(form.key("lien"), ""):
        st.code(link, language=None, wrap_lines=True)
        page.note(
            "Copiez ce lien maintenant et remettez-le à la personne : il ouvre le compte, ne sert qu’une fois, "
            "et ne sera plus affiché."
        )


def choose_account(known: Background) -> AccountRow | None:
    rows = {row.email: row for row in known.accounts}
    names = {email: f"{row.name}, {email}" for email, row in rows.items()}
    chosen = bound.one("Compte", "comptes_compte", names, "Choisir un compte", private=True)
    return rows.get(chosen)


def change(row: AccountRow, known: Background, actor: Actor) -> None:
    """Role and regions, link, opening and closing. Nobody takes their own rights away."""
    rights, link, state = (form_of(act, row.id) for act in ("droits", "lien", "etat"))
    for form in (rights, link, state):
        form.show()
    _show_link(link)
    if row.id == actor.id:
        page.note("C’est votre compte : un autre administrateur peut en changer le rôle ou le désactiver.")
    else:
        _rights(rights, known.regions, row)
        rights.button("Enregistrer rôle et régions", _change_rights, rights, row.id)
    if row.active:
        link.button("Créer un nouveau lien", _renew_link, link, row.id, row.has_password)
        _digest(form_of("courriel", row.id), row)
    if row.id != actor.id:
        _open_or_close(state, row)


def _open_or_close(form: Form, row: AccountRow) -> None:
    if row.active:
        st.text_input("Motif de la désactivation", key=form.key("motif"), max_chars=500)
        form.button("Désactiver ce compte", _close, form, row.id)
    else:
        form.button("Réactiver ce compte", _reopen, form, row.id)


def _digest(form: Form, row: AccountRow) -> None:
    """A person may be away, or ask for it by telephone."""
    if Settings.from_env().mail is None or row.role == Role.READER:
        return
    with reading() as session:
        wants = wants_email(session, row.id)
    form.show()
    form.button(
        "Arrêter le courriel du jour" if wants else "Rétablir le courriel du jour", _choose, form, row.id, not wants
    )


def _choose(token: str, form: Form, account_id: int, by_email: bool) -> None:
    said = "Courriel du jour rétabli." if by_email else "Cette personne ne recevra plus le courriel du jour."
    form.send(token, lambda _: said, notices.choose, by_email, account_id)


def _change_rights(token: str, form: Form, account_id: int) -> None:
    form.send(token, lambda _: "Rôle et régions enregistrés.", change_rights, account_id, *_sent(form))


def change_rights(session: Session, actor: Actor, account_id: int, role: object, regions: tuple[str, ...]) -> None:
    services.change_role_and_regions(session, actor, account_id, _role(role), regions)


def _close(token: str, form: Form, account_id: int) -> None:
    said = "Compte désactivé : ses sessions sont terminées."
    if form.send(token, lambda _: said, services.disable, account_id, form.text("motif")).done:
        form.fill(motif="")


def _reopen(token: str, form: Form, account_id: int) -> None:
    form.send(token, lambda _: "Compte réactivé, avec le mot de passe qu’il avait.", services.enable, account_id)


def _renew_link(token: str, form: Form, account_id: int, has_password: bool) -> None:
    purpose = LinkPurpose.RESET if has_password else LinkPurpose.ACTIVATION
    outcome = form.send(token, lambda _: "Nouveau lien créé.", services.new_link, account_id, purpose)
    if outcome.done:
        _keep_link(form, outcome.value)
