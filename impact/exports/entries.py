"""`export entries`: every stored figure, in the columns of the import and a few more."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from impact.exports.columns import WRITERS, Column, Kind
from impact.exports.writing import LINE_END, SEPARATORS, UNIT, Block, cell_writer, each, run_writer
from impact.figures import SCALE, Definition, rounded_ratio, to_scaled
from impact.vocabulary import Dialect, Measure

IMPORT_COLUMNS = (
    Column("code_region", Kind.CODE),
    Column("code_indicateur", Kind.CODE),
    Column("periode", Kind.CODE),
    Column("valeur", Kind.EXACT),
    Column("numerateur", Kind.EXACT),
    Column("denominateur", Kind.EXACT),
    Column("etat", Kind.CODE),
    Column("motif", Kind.TEXT),
    Column("source", Kind.TEXT),
    Column("methode", Kind.TEXT),
    Column("lien_preuve", Kind.TEXT),
    Column("commentaire", Kind.TEXT),
    Column("axe", Kind.CODE),
    Column("modalite", Kind.CODE),
    Column("famille_methode", Kind.CODE),
    Column("population", Kind.TEXT),
    Column("couverture_debut", Kind.DATE),
    Column("couverture_fin", Kind.DATE),
)
FURTHER_COLUMNS = (
    Column("valeur_calculee", Kind.ROUNDED),
    Column("statut", Kind.CODE),
    Column("niveau_f", Kind.CODE),
    Column("niveau_p", Kind.CODE),
    Column("version_indicateur", Kind.WHOLE),
    Column("saisi_par", Kind.TEXT),
    Column("saisi_le", Kind.MOMENT),
    Column("soumis_le", Kind.MOMENT),
    Column("valide_par", Kind.TEXT),
    Column("valide_le", Kind.MOMENT),
    Column("version", Kind.WHOLE),
)
COLUMNS = IMPORT_COLUMNS + FURTHER_COLUMNS

MOST_DECIMALS = 4
"""Figures have no more."""

# Cells that stand side by side in the file; of all but KEY the database makes one text (writing.UNIT between them).
KEY = ("code_region", "code_indicateur", "periode")
WORDS = ("etat", "motif", "source", "methode", "lien_preuve", "commentaire")
PLACE = ("axe", "modalite")
ABOUT = ("famille_methode", "population")
STANDING = ("statut", "niveau_f", "niveau_p", "version_indicateur")

Part = tuple[int, int | None, bytes]
"""numerator, denominator and PLACE: what a breakdown does not share with its total."""


class Totals(NamedTuple):
    """Stored totals column by column; people by number, days and moments as Kind.DATE and Kind.MOMENT take them."""

    region_code: Sequence[str]
    indicator_code: Sequence[str]
    period_code: Sequence[str]
    indicator_version: Sequence[int]
    words: Sequence[bytes]
    about: Sequence[bytes]
    coverage_start: Sequence[date | str]
    coverage_end: Sequence[date | str]
    standing: Sequence[bytes]
    entered_by: Sequence[int]
    entered_at: Sequence[datetime | str | None]
    submitted_at: Sequence[datetime | str | None]
    validated_by: Sequence[int | None]
    validated_at: Sequence[datetime | str | None]
    version: Sequence[int]
    numerator: Sequence[int | None]
    denominator: Sequence[int | None]


Figures = tuple[int | None, int | None, int | None, Decimal | None]
"""valeur, numerateur, denominateur as they were typed, in 1/10,000, and valeur_calculee."""

_NO_FIGURES: Figures = (None, None, None, None)


class Writing:
    """How stored figures are written in one dialect, some thousand rows at a time."""

    def __init__(
        self, definitions: Mapping[tuple[str, int], Definition], people: Mapping[int, str], dialect: Dialect
    ) -> None:
        """definitions: by code and version. people: e-mails."""
        kinds = {column.name: column.kind for column in COLUMNS}
        self.separator = SEPARATORS[dialect]
        self.key, self.words, self.place, self.about, self.standing = (
            run_writer([kinds[name] for name in names], dialect) for names in (KEY, WORDS, PLACE, ABOUT, STANDING)
        )
        self.day, self.moment = (cell_writer(kind, dialect) for kind in (Kind.DATE, Kind.MOMENT))
        self.exact, self.rounded = (WRITERS[dialect][kind] for kind in (Kind.EXACT, Kind.ROUNDED))
        self.zeros = [self.rounded(Decimal(0).scaleb(-decimals))[1:] for decimals in range(MOST_DECIMALS + 1)]
        email = cell_writer(Kind.TEXT, dialect)
        self.people: dict[int | None, str] = {number: email(text) for number, text in people.items()} | {None: ""}
        self.figures = {key: partial(self._figures, one) for key, one in definitions.items()}

    def block(self, totals: Totals, parts: Sequence[Sequence[Part]]) -> Block:
        """Each total followed by its parts, which share with it all but what a Part is."""
        alone = UNIT.encode()
        places = list({alone, *(place for own in parts for _, _, place in own)})
        placed = dict(zip(places, self.place(places), strict=True))
        writers = map(self.figures.__getitem__, zip(totals.indicator_code, totals.indicator_version, strict=True))
        own_rows = (
            ((numerator, denominator, alone), *own)
            for numerator, denominator, own in zip(totals.numerator, totals.denominator, parts, strict=True)
        )
        pieces: list[bytes] = []
        for write, (head, words, about, tail), rows in zip(writers, self._shared(totals), own_rows, strict=True):
            for numerator, denominator, place in rows:
                typed, shown = write(numerator, denominator)
                pieces += (head, typed, words, placed[place], about, shown, tail)
        return b"".join(pieces), len(pieces) // 7

    def _shared(self, one: Totals) -> Iterator[tuple[bytes, bytes, bytes, bytes]]:
        """What stands before the figures, before the place, before the computed value, and at the end of each line."""
        mark = self.separator
        coded = mark.encode()
        keys = zip(one.region_code, one.indicator_code, one.period_code, strict=True)
        starts, ends = (each(column, self.day) for column in (one.coverage_start, one.coverage_end))
        entered, submitted, validated = (
            each(column, self.moment) for column in (one.entered_at, one.submitted_at, one.validated_at)
        )
        author, checker = (map(self.people.__getitem__, column) for column in (one.entered_by, one.validated_by))
        acts = zip(author, entered, submitted, checker, validated, each(one.version, str), strict=True)
        return zip(
            [text + coded for text in self.key([UNIT.join(key).encode() for key in keys])],
            [coded + text + coded for text in self.words(one.words)],
            [
                b"".join((coded, about, f"{mark}{start}{mark}{end}{mark}".encode()))
                for about, start, end in zip(self.about(one.about), starts, ends, strict=True)
            ],
            [
                b"".join((coded, text, f"{mark}{mark.join(act)}{LINE_END}".encode()))
                for text, act in zip(self.standing(one.standing), acts, strict=True)
            ],
            strict=True,
        )

    def _figures(self, definition: Definition, numerator: int | None, denominator: int | None) -> tuple[bytes, bytes]:
        """The three cells of what was typed, and that of what is computed from it."""
        if numerator is not None and denominator is None and not definition.has_pair and not numerator % SCALE:
            text = str(numerator // SCALE)  # a whole number: nothing is left to round
            return f"{text}{self.separator}{self.separator}".encode(), (text + self.zeros[definition.decimals]).encode()
        *typed, shown = figures(definition, numerator, denominator)
        texts = ["" if number is None else self.exact(number) for number in typed]
        return self.separator.join(texts).encode(), b"" if shown is None else self.rounded(shown).encode()


def figures(definition: Definition, numerator: int | None, denominator: int | None) -> Figures:
    """The cells of a stored figure; the value shown is rounded once, and absent where it cannot be computed."""
    if numerator is None:
        return _NO_FIGURES
    decimals, measure = definition.decimals, definition.measure
    if measure is Measure.RATIO:
        return None, numerator, denominator, _rounded(100 * numerator, denominator, decimals)
    if measure is Measure.MEAN:
        typed = typed_mean(numerator, denominator) if denominator else None
        return typed, None, denominator, _rounded(numerator, denominator, decimals)
    return numerator, None, None, _rounded(numerator, SCALE if denominator is None else denominator, decimals)


def _rounded(numerator: int, denominator: int | None, decimals: int) -> Decimal | None:
    """None without cases, and for a category of which the numerator alone was typed."""
    return rounded_ratio(numerator, denominator, decimals) if denominator else None


def typed_mean(numerator: int, denominator: int) -> int:
    """The mean that a person typed, in 1/10,000, from a stored pair.

    The stored numerator is mean x cases, itself in 1/10,000, so the division comes out even for what was typed.
    """
    return to_scaled(rounded_ratio(numerator, denominator, MOST_DECIMALS))
