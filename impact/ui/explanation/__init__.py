"""« Expliquer ce nombre »: what its popover opens, and the page that says the same at an address of its own."""

from impact.ui.explanation.drawing import markup
from impact.ui.explanation.opening import lazily, of_total, ready
from impact.ui.explanation.reading import Told, told

__all__ = ["Told", "lazily", "markup", "of_total", "ready", "told"]
