"""National meetings: approaches compared on frozen figures, lessons, decisions and what became of them."""

from impact.ui import page, reads
from impact.ui.guard import require
from impact.ui.meetings import board, known

actor = require()

source = reads.source(actor)
held = known.known(source)
opened = known.asked_for(held.key)

if opened is None:
    page.head(
        "Rencontres nationales",
        "Ce que les régions confrontent ensemble, sur des chiffres arrêtés ce jour-là ; ce qu’elles en apprennent, ce "
        "qu’elles décident, et ce qu’il en advient.",
        source.demonstration,
    )
    board.every(held, actor)
else:
    page.head(board.title(opened), board.sentence(opened, held), source.demonstration)
    board.one(opened, held, actor)
