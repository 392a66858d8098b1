"""The raw texts of a form or of a row, read field by field; what cannot be read is said of the field that holds it."""

import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from impact.errors import Problem, Refused
from impact.figures import LARGEST, SCALE, Definition
from impact.formats import clean_prose, clean_text, number, parse_number
from impact.rules.drafts import field_label
from impact.vocabulary import LabelledEnum

Word = TypeVar("Word", bound=LabelledEnum)

LONGEST_TEXT = 2_000
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})", re.ASCII)
_FRENCH = re.compile(r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})", re.ASCII)
_LIMIT = Decimal(LARGEST) / SCALE
TOO_LONG = f"nombre trop grand pour être tenu exactement ; il doit rester au-dessous de {number(LARGEST // SCALE)}."


def parse_day(text: str) -> date | None:
    """31/03/2011 or 2011-03-31; None for anything else, 31/02/2011 too."""
    match = _ISO.fullmatch(text) or _FRENCH.fullmatch(text)
    if match:
        with suppress(ValueError):
            return date(**{part: int(digits) for part, digits in match.groupdict().items()})
    return None


class Fields:
    """A form being read: its raw texts by name, what people read beside them, and the problems met on the way."""

    def __init__(self, fields: Mapping[str, str], labels: Mapping[str, str]):
        self.fields, self.labels = fields, labels
        self.problems: list[Problem] = []

    def refuse(self, name: str, message: str) -> None:
        self.problems.append(Problem(f"« {self.labels.get(name, name)} » : {message}", name))

    def is_refused(self, name: str) -> bool:
        return any(problem.field == name for problem in self.problems)

    def filled(self, name: str) -> bool:
        return bool(self.fields.get(name, "").strip())

    def excerpt(self, name: str) -> str:
        return f"« {self.fields[name].strip()[:40]} »"

    def text(self, name: str, longest: int = LONGEST_TEXT) -> str:
        return self._cleaned(clean_text, name, longest)

    def prose(self, name: str, longest: int = LONGEST_TEXT) -> str:
        """`text`, its apostrophes as they are printed."""
        return self._cleaned(clean_prose, name, longest)

    def _cleaned(self, clean: Callable[[str, int], str], name: str, longest: int) -> str:
        try:
            return clean(self.fields.get(name, ""), longest)
        except Refused as error:
            self.refuse(name, str(error))
            return ""

    def number(self, name: str, decimals: int) -> Fraction | None:
        try:
            value = parse_number(self.fields.get(name, ""))
        except Refused as error:
            self.refuse(name, str(error))
            return None
        if value is None:
            return None
        if value.copy_abs() >= _LIMIT:
            self.refuse(name, TOO_LONG)
        elif (Fraction(value) * 10**decimals).denominator != 1:
            limit = f"écrivez-en au plus {decimals}" if decimals else "un nombre entier est attendu"
            self.refuse(name, f"{self.excerpt(name)} a trop de décimales ; {limit}.")
        else:
            return Fraction(value)
        return None

    def day(self, name: str) -> date | None:
        text = self.fields.get(name, "").strip()
        if day := parse_day(text):
            return day
        if text:
            self.refuse(name, f"{self.excerpt(name)} n’est pas une date ; écrivez 31/03/2011 ou 2011-03-31.")
        return None

    def piece(self, name: str, region: str = "") -> int | None:
        """Number of a piece of evidence of the region, typed 22-3 or 3."""
        if not self.filled(name):
            return None
        digits = self.fields[name].strip().removeprefix(f"{region}-")
        if digits.isascii() and digits.isdigit() and len(digits) < 7 and int(digits):
            return int(digits)
        self.refuse(name, f"écrivez son numéro, {region}-3." if region else "écrivez son numéro, 3.")
        return None

    def one_of(self, name: str, known: Iterable[Word]) -> Word | None:
        """The one of these that is chosen, by its code; refused where none is."""
        members = tuple(known)
        found = next((one for one in members if one.value == self.fields.get(name, "").strip()), None)
        if found is None:
            self.refuse(name, f"choisissez parmi : {', '.join(one.label for one in members)}.")
        return found

    def closed(self, name: str, known: list[str]) -> str:
        """One of the known words, or nothing."""
        text = self.fields.get(name, "").strip()
        if text and text not in known:
            self.refuse(name, f"{self.excerpt(name)} est inconnu ; connus : {', '.join(known)}.")
            return ""
        return text


class IndicatorFields(Fields):
    """The fields of one indicator: its definition names them, and its code stands beside every problem."""

    def __init__(self, definition: Definition, fields: Mapping[str, str]):
        super().__init__(fields, {})
        self.definition = definition

    def refuse(self, name: str, message: str) -> None:
        label = field_label(self.definition, name)
        self.problems.append(Problem(f"« {label} » : {message}", name, self.definition.code))
