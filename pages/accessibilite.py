from impact.ui import guard
from impact.ui.admin import legal
from impact.vocabulary import LegalPage

actor = guard.require()
legal.show(actor, LegalPage.ACCESSIBILITY)
