"""One number explained, at an address that can be sent to a colleague."""

import streamlit as st

from impact.errors import ImpactError
from impact.presentation import questions
from impact.ui import explanation, page, reads
from impact.ui.explanation import reading, whole
from impact.ui.guard import require

actor = require()

source = reads.source(actor)
question = questions.read(st.query_params.to_dict())
refusal = reading.UNKNOWN
held = None
if question is not None:
    try:
        held = explanation.told(actor, question)
    except ImpactError as error:
        refusal = str(error)

if held is None:
    page.head("Expliquer un nombre", "", source.demonstration)
    page.empty(refusal, whole.way_out)
else:
    page.head("Expliquer ce nombre", f"{held.explanation.subject}.", source.demonstration)
    whole.show(held)
