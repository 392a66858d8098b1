import streamlit as st

from impact.errors import Refused
from impact.formats import short_date
from impact.permissions import readable
from impact.ui import guard, page
from impact.ui.admin import exports

actor = guard.require()

known = exports.background(actor)
page.head(
    "Exports",
    f"Des fichiers CSV de ce que vous pouvez lire, situation au {short_date(known.today)}. Aucune limite de lignes.",
    known.demonstration,
)
kind = exports.choose_kind()
try:
    request = exports.choose(kind, known, readable(actor))
except Refused as refused:
    st.error(page.plain(str(refused)))
else:
    exports.show_preview(kind, request, exports.preview(kind, request, actor), known)
    st.space("small")
    st.link_button("Télécharger le fichier", exports.address(kind, request), type="primary")

exports.show_past(known, actor)
