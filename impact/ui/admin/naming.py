"""What codes stand for, read once for a page."""

from impact.queries.book import Book
from impact.ui.admin.words import Names


def names(book: Book) -> Names:
    return Names(
        regions={code: region.name for code, region in book.regions.items()},
        chantiers={code: chantier.short for code, chantier in book.chantiers.items()},
        definitions=book.definitions,
        axes={axis.code: axis for one in book.versions.values() for definition in one for axis in definition.axes},
    )
