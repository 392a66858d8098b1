import streamlit as st

from impact.ui import guard, page
from impact.ui.admin import account_forms, accounts
from impact.vocabulary import Role

actor = guard.require(Role.ADMIN)

known = accounts.background(actor)
page.head(
    "Comptes",
    "Qui peut entrer, avec quel rôle et pour quelles régions. Un compte n’est jamais effacé : on le désactive.",
    known.demonstration,
)
page.section("Comptes ouverts et désactivés")
accounts.show_list(known)

invite, change = st.columns(2, gap="large")
with invite:
    page.section("Inviter une personne", "Elle choisit elle-même son mot de passe, avec le lien que vous lui remettez.")
    account_forms.invitation(known)
with change:
    page.section("Modifier un compte", "Le changement vaut dès l’action suivante de la personne.")
    if row := account_forms.choose_account(known):
        account_forms.change(row, known, actor)

page.section("Dernières connexions")
accounts.show_sign_ins(known.sign_ins)
