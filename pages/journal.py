import streamlit as st

from impact.formats import short_date
from impact.ui import guard, page
from impact.ui.admin import journal
from impact.vocabulary import Role

actor = guard.require(Role.NATIONAL, Role.ADMIN)

known = journal.background(actor)
page.head("Journal", f"Qui a fait quoi, quand et pourquoi, jusqu’au {short_date(known.today)}.", known.demonstration)
wanted = journal.choose(known)

journal.show(actor, wanted, known)
st.space("small")
st.link_button("Exporter en CSV", journal.address(wanted))
page.note("Le fichier retient les dates, la région et l’indicateur choisis ; une empreinte enchaîne ses lignes.")
