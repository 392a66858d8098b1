"""What the marks F0 to F4 say, for somebody who sees them for the first time."""

from impact.ui import marks, page, reads
from impact.ui.guard import require

actor = require()

source = reads.source(actor)
page.head("Niveaux de preuve", "", source.demonstration)
marks.explained()
