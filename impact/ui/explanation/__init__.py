"""« Expliquer ce nombre »: what its popover opens, and the page that says the same at an address of its own."""

from impact.ui.explanation.drawing import drawing, markup
from impact.ui.explanation.opening import lazily, of_total, popover
from impact.ui.explanation.reading import Told, told

__all__ = ["Told", "drawing", "lazily", "markup", "of_total", "popover", "told"]
