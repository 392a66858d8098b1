import streamlit as st

from impact.errors import Refused
from impact.formats import short_date
from impact.permissions import readable
from impact.ui import guard, page
from impact.ui.admin import exchange, exports
from impact.vocabulary import CSV_KINDS

actor = guard.require()

known = exports.background(actor)
page.head(
    "Exports",
    f"Ce que vous pouvez lire, en CSV ou dans un standard ouvert, situation au {short_date(known.today)}. "
    "Aucune limite de lignes.",
    known.demonstration,
)
kind = exports.choose_kind()
try:
    request = exports.choose(kind, known, readable(actor))
except Refused as refused:
    st.error(page.plain(str(refused)))
else:
    if kind in CSV_KINDS:
        exports.show_preview(kind, request, exports.preview(kind, request, actor), known)
    else:
        exchange.show(kind, request, actor)
    st.space("small")
    st.link_button("Télécharger le fichier", exports.address(kind, request), type="primary")

exports.show_past(known, actor)
