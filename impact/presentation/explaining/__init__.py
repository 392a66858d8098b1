"""« Expliquer ce nombre »: the way from a number back to every figure in it and every figure left out."""

from impact.presentation.explaining.answering import answer
from impact.presentation.explaining.shapes import Background, Contribution, Explanation, Link, Listing
from impact.presentation.explaining.totals import explain, formula

__all__ = ["Background", "Contribution", "Explanation", "Link", "Listing", "answer", "explain", "formula"]
