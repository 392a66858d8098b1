"""The mark of a figure's grade, « F2 » in a box, and what a total is made of, under it.

The style sheet says the sentence that a mark opens, under the pointer, a finger or the keyboard: a page of hundreds of
figures sends it once. A test keeps its sentences equal to those of `presentation.grading`.
"""

from functools import cache

import streamlit as st
from markupsafe import Markup

from impact.aggregation import Total
from impact.presentation import grading
from impact.proof import GRADES, Composition
from impact.settings import ROOT
from impact.ui import page
from impact.ui.page import typeset
from impact.vocabulary import RELIABILITY_LABELS

PAGE = ROOT / "docs" / "preuve.md"
ADDRESS = "niveaux_de_preuve"


def _mark(level: int, stop: int, word: str) -> Markup:
    return Markup('<span class="imp-f imp-f{0}" tabindex="{1}">F{0}</span>{2}').format(level, stop, word)


_HIDDEN = Markup('<span class="imp-hidden"> {}</span>')
_ALONE = tuple(_mark(at, 0, _HIDDEN.format(RELIABILITY_LABELS[at])) for at in range(GRADES))
_BESIDE = tuple(_mark(at, -1, _HIDDEN.format(RELIABILITY_LABELS[at])) for at in range(GRADES))
_NAMED = tuple(_mark(at, 0, f" {RELIABILITY_LABELS[at]}") for at in range(GRADES))


def mark(level: int) -> Markup:
    """« F2 », which the keyboard reaches."""
    return _ALONE[level]


def beside(level: int) -> Markup:
    """« F2 » in a table or after a link, which opens it too: long lists keep one stop a figure."""
    return _BESIDE[level]


def named(level: int) -> Markup:
    """« F2 documenté », where there is room for the word."""
    return _NAMED[level]


def raising(level: int) -> Markup:
    """« F1 sourcé, pour F2 : joindre une pièce ou un lien »"""
    told = grading.to_raise(level)
    return (
        Markup('{}<span class="imp-light">{}</span>').format(named(level), typeset(f", {told}"))
        if told
        else named(level)
    )


def under(total: Total, *, stop: bool = False) -> Markup:
    """What a total is made of: a bar, and « 62 % en F3 ou plus, 25 % en F1, 13 % en F0 »; nothing without a figure.

    A total of a single figure bears the mark of that one. stop: whether the keyboard stops here.
    """
    composition = total.composition
    if composition.lowest is None:
        return Markup()
    if len(total.used) == 1:
        return mark(composition.lowest) if stop else beside(composition.lowest)
    return made(composition, stop=stop)


def made(composition: Composition, *, stop: bool = False) -> Markup:
    """What several figures are made of together, whatever their number; nothing without a figure."""
    if composition.lowest is None:
        return Markup()
    return Markup('<span class="imp-made" tabindex="{}">{}<span>{}</span></span>').format(
        0 if stop else -1, _bar(composition), _words(composition)
    )


def _bar(composition: Composition) -> Markup:
    """The best grade first; nothing to draw where all have one grade, or are zero."""
    held = [(level, part) for level, part in reversed(list(enumerate(composition.shares))) if part]
    if len(held) < 2:
        return Markup()
    segments = Markup().join(
        Markup('<i class="imp-f{}" style="width:{:.1f}%"></i>').format(level, float(100 * part)) for level, part in held
    )
    return Markup('<span class="imp-made-bar" aria-hidden="true">{}</span>').format(segments)


def _words(composition: Composition) -> Markup:
    said, lowest = grading.parts(composition), composition.lowest or 0
    if not said:
        return Markup("que des zéros, au plus bas {}").format(beside(lowest))
    if len(said) == 1:
        words = Markup("tout en {}").format(_level(said[0][0], said[0][2]))
    else:
        words = Markup(", ").join(
            Markup('<span class="imp-nowrap">{} en {}</span>').format(grading.share(part), _level(level, more))
            for level, part, more in said
        )
    return Markup("{}, au plus bas {}").format(words, beside(lowest)) if grading.lowest_unsaid(composition) else words


def _level(level: int, more: bool) -> Markup:
    return Markup("{} ou plus").format(beside(level)) if more else beside(level)


def key() -> Markup:
    """The five marks and what each says, with the way to the page that explains them."""
    rows = Markup().join(
        Markup("<dt>{}</dt><dd>{}</dd>").format(named(level), typeset(grading.MEANING[level]))
        for level in range(GRADES)
    )
    return Markup('<dl class="imp-key-of-marks">{}</dl>').format(rows)


def explained() -> None:
    """The page of the documentation, as it stands in docs/, under the marks themselves."""
    page.html(key())
    st.markdown(_explanation())


@cache
def _explanation() -> str:
    """Without its title, which the screen has."""
    return typeset(PAGE.read_text(encoding="utf-8").partition("\n")[2])
