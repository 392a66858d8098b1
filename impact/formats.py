"""French numbers, dates and percentages, and the strict reading of typed numbers."""

import re
import unicodedata
from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.numbers import format_decimal

from impact.errors import Refused
from impact.figures import SCALE, Definition, Pair, from_scaled, rounded, shown_value
from impact.vocabulary import RELIABILITY_LABELS, Measure

PARIS = ZoneInfo("Europe/Paris")
NARROW = "\u202f"
NO_BREAK = "\u00a0"
SMALL_NUMBER = 10
"""Below this N a percentage gives way to « n sur N » (docs/mesure.md, *Petits nombres*)."""

_SPACES = re.compile(r"[\s\u00a0\u202f\u2009\u2007]")
_PLAIN = re.compile(r"[+-]?\d+([.,]\d+)?")
_GROUPED = re.compile(r"[+-]?\d{1,3}(\x20\d{3})+([.,]\d+)?")
_UNSURE = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}")
_EMAIL = re.compile(r"[^\s@<>\"'(),;:\\\[\]]+@[^\s@<>\"'(),;:\\\[\]]+\.[^\s@<>\"'(),;:\\\[\].]+")
_MOST_DIGITS = 24
"""Longer ones are no figures, and decimal arithmetic would round them unseen, or refuse to write them."""


def number(value: Decimal | Fraction | int, decimals: int | None = None) -> str:
    """1 234,5 with narrow no-break spaces; decimals None = as many as the exact value has."""
    exact = rounded(Fraction(value), decimals) if decimals is not None else Decimal(str(value))
    places = decimals if decimals is not None else max(0, -int(exact.normalize().as_tuple().exponent))
    text = format_decimal(exact, format=f"#,##0.{'0' * places}" if places else "#,##0", locale="fr_FR")
    return text.replace(NO_BREAK, NARROW).replace("-", "\u2212")


def percent(value: Fraction | Decimal, decimals: int = 0) -> str:
    """A share already in per cent: 23,3 %."""
    return f"{number(value, decimals)}{NARROW}%"


def typed(scaled: int) -> str:
    """A stored number as a person would type it in French, so that parse_number reads it back: 1234,5 ; 1,2340."""
    text = f"{from_scaled(scaled):f}".replace(".", ",")
    return f"{text}0" if _UNSURE.fullmatch(text) else text


def euros(amount: int | Fraction) -> str:
    """« 12 000 € », « 12,50 € »; amount in 1/10,000 euro."""
    exact = Fraction(amount) / SCALE
    return f"{number(exact, 0 if exact.denominator == 1 else 2)}{NARROW}€"


def figure(definition: Definition, pair: Pair | None) -> str:
    """The value as shown: « 56,5 % », « 7 sur 9 » where N is below 10, « n. c. », « 1 234 »."""
    if pair is None:
        return "–"
    value = shown_value(definition.measure, pair)
    if value is None:
        return "n.\u00a0c."
    if definition.measure is Measure.RATIO:
        if (pair.denominator or 0) < SMALL_NUMBER * SCALE:
            return n_of_n(pair)
        return percent(value, definition.decimals)
    return number(value, places(definition, value))


def places(definition: Definition, value: Fraction) -> int:
    """Decimals that a screen writes: the indicator's, none for a whole amount (17 040 ; 17 040,50)."""
    whole = definition.measure is Measure.AMOUNT and rounded(value, definition.decimals) % 1 == 0
    return 0 if whole else definition.decimals


def n_of_n(pair: Pair) -> str:
    """« 9 sur 22 »"""
    return f"{number(from_scaled(pair.numerator))} sur {number(from_scaled(pair.denominator or 0))}"


def capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def period_name(code: str) -> str:
    """A period's code as people say it: « T3 2010-2011 »."""
    campaign, _, short = code.rpartition("-")
    return f"{short} {campaign}".strip()


def folded(text: str) -> str:
    """Without accents, capitals nor curly apostrophes: what searches compare, « cœur » found by « coeur »."""
    plain = text.replace("’", "'").replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae").replace("Æ", "AE")
    return "".join(
        letter for letter in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(letter)
    ).casefold()


@lru_cache(maxsize=1024)
def sortable(name: str) -> str:
    """Île-de-France stands among the I, capitals or not."""
    return folded(name)


def short_date(day: date) -> str:
    return day.strftime("%d/%m/%Y")


def midnight(day: date) -> datetime:
    """When a day begins, in Paris."""
    return datetime.combine(day, time(), PARIS)


def day_of(at: datetime) -> date:
    """The day that it is in Paris."""
    return at.astimezone(PARIS).date()


def moment(at: datetime) -> str:
    """31/03/2011 14:05, in Paris."""
    return at.astimezone(PARIS).strftime("%d/%m/%Y %H:%M")


def grade(level: int) -> str:
    """« F2 documenté »"""
    return f"F{level} {RELIABILITY_LABELS[level]}"


def at_least(level: int) -> str:
    """« F2 documenté ou plus »; « F4 vérifié par un tiers », above which there is nothing."""
    return f"{grade(level)} ou plus" if level + 1 < len(RELIABILITY_LABELS) else grade(level)


def counted(count: int, singular: str, plural: str | None = None) -> str:
    """« 1 région », « 2 régions », « 0 région »: the plural begins at two in French."""
    return f"{number(count)} {singular if abs(count) < 2 else plural or singular + 's'}"


def parse_number(text: str) -> Decimal | None:
    """Read a typed number strictly; None when nothing was typed.

    Accepts a decimal comma or point, spaces (no-break and thin ones too) as thousands separators.
    Refused: anything else, and what reads two ways (1,234).
    """
    cleaned = _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip().replace("\u2212", "-")
    if not cleaned:
        return None
    if not cleaned.isascii() or not (_PLAIN.fullmatch(cleaned) or _GROUPED.fullmatch(cleaned)):
        raise Refused(f"« {_excerpt(text)} » n’est pas un nombre ; écrivez par exemple 1 234,5.")
    if sum(map(str.isdigit, cleaned)) > _MOST_DIGITS:
        raise Refused(f"« {_excerpt(text)} » est un nombre trop grand, ou a trop de décimales.")
    if _UNSURE.fullmatch(cleaned):
        whole, _, fraction = cleaned.replace(",", ".").partition(".")
        raise Refused(
            f"« {_excerpt(text)} » se lit de deux façons : {whole}{NARROW}{fraction} ou {whole},{fraction}0 ; "
            f"écrivez {whole}{fraction} ou {whole},{fraction}0."
        )
    return Decimal(cleaned.replace(" ", "").replace(",", "."))


def _excerpt(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:37]}…"


def clean_text(text: str, longest: int = 2_000) -> str:
    """Text at the border: NFC, no control or bidirectional characters, no outer blanks; Refused when too long."""
    kept = "".join(
        character
        for character in unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
        if character in "\n\t" or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co", "Cn")
    ).strip()
    if len(kept) > longest:
        raise Refused(f"texte trop long : {counted(len(kept), 'caractère')}, au plus {number(longest)}.")
    return kept


def clean_prose(text: str, longest: int = 2_000) -> str:
    """`clean_text` of words that the country reads as its own: the apostrophe of a keyboard becomes a printed one."""
    return clean_text(text, longest).replace("'", "’")


def is_email(text: str) -> bool:
    """Whether a message could be sent there; only a sending tells whether it arrives."""
    return _EMAIL.fullmatch(text) is not None
