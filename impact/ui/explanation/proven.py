"""What proves one figure, in its explanation: its pieces, its link, who read and verified it, how its grade fell."""

from collections.abc import Iterator

from markupsafe import Markup, escape

from impact.queries.evidence import PieceView
from impact.queries.views import EntryView
from impact.ui import page, readings
from impact.ui.explanation.reading import Proof
from impact.ui.pieces import said


def lines(view: EntryView, proof: Proof) -> Iterator[Markup]:
    """One for each piece that the reader may open, then what is said of them."""
    yield from (_piece(one) for one in proof.attached.pieces)
    if kept_back := readings.reserved(proof.attached):
        yield escape(f"{kept_back}.")
    if view.evidence_link:
        yield Markup("{} {}").format(page.typeset("Lien :"), said.link(view.evidence_link, 70))
    yield from (escape(page.typeset(told)) for told in (readings.read(view), readings.fell(proof.fall)) if told)
    if told := readings.verified(view):
        yield _verified(told, proof.report)


def _piece(piece: PieceView) -> Markup:
    """« 22-3 Feuilles d’émargement, registre, 12 pages, 2,5 Mo », which opens the file, or the address that it is."""
    now = piece.now
    described = page.typeset(", ".join(filter(None, [piece.kind.label, said.file(now) if now.is_file else ""])))
    way = (
        said.download(piece, now, f"{piece.code} {piece.title}")
        if now.is_file
        else escape(f"{piece.code} {piece.title}")
    )
    outside = Markup(" {}").format(said.link(now.link, 70)) if now.link else Markup()
    return Markup('{}, <span class="imp-light">{}</span>{}').format(way, described, outside)


def _verified(told: str, report: PieceView | None) -> Markup:
    """With the report itself, where the reader may open it."""
    return Markup("{} {}").format(page.typeset(told), _piece(report) if report else Markup())


def markup(view: EntryView | None, proof: Proof | None) -> Markup:
    """As paragraphs; nothing of a figure without evidence."""
    if view is None or proof is None:
        return Markup()
    return Markup().join(Markup("<p>{}</p>").format(line) for line in lines(view, proof))
