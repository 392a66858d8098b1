"""`export entries`: every stored figure, in the columns of the import and a few more."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import repeat
from typing import NamedTuple

from impact.exports.columns import Column, Kind
from impact.exports.stored import figure_writer
from impact.exports.writing import LINE_END, SEPARATORS, UNIT, Block, cell_writer, each, each_run, run_writer
from impact.figures import Definition
from impact.vocabulary import Dialect

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

# Cells that stand side by side in the file; of all but KEY the database makes one text (writing.UNIT between them).
KEY = ("code_region", "code_indicateur", "periode")
WORDS = ("etat", "motif", "source", "methode", "lien_preuve", "commentaire")
PLACE = ("axe", "modalite")
ABOUT = ("famille_methode", "population", "couverture_debut", "couverture_fin")
STANDING = ("statut", "niveau_f", "niveau_p", "version_indicateur")

Part = tuple[int, int | None, bytes]
"""numerator, denominator and PLACE: what a breakdown does not share with its total."""


class Totals(NamedTuple):
    """Stored totals column by column; people by number, moments as Kind.MOMENT takes them."""

    region_code: Sequence[str]
    indicator_code: Sequence[str]
    period_code: Sequence[str]
    indicator_version: Sequence[int]
    words: Sequence[bytes]
    about: Sequence[bytes]
    standing: Sequence[bytes]
    entered_by: Sequence[int]
    entered_at: Sequence[datetime | str | None]
    submitted_at: Sequence[datetime | str | None]
    validated_by: Sequence[int | None]
    validated_at: Sequence[datetime | str | None]
    version: Sequence[int]
    numerator: Sequence[int | None]
    denominator: Sequence[int | None]


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
        self.moment, email = (cell_writer(kind, dialect) for kind in (Kind.MOMENT, Kind.TEXT))
        self.people: dict[int | None, str] = {number: email(text) for number, text in people.items()} | {None: ""}
        self.figures = {key: figure_writer(one, dialect) for key, one in definitions.items()}

    def block(self, totals: Totals, parts: Sequence[Sequence[Part]]) -> Block:
        """Each total followed by its parts, which share with it all but what a Part is."""
        alone, mark = UNIT.encode(), self.separator.encode()
        placed = each_run([alone, *(place for own in parts for _, _, place in own)], self.place)
        writers = map(self.figures.__getitem__, zip(totals.indicator_code, totals.indicator_version, strict=True))
        own = zip(totals.numerator, totals.denominator, repeat(alone), strict=False)
        lines: list[bytes] = []
        for write, (key, words, about, standing, acts), first, others in zip(
            writers, self._shared(totals), own, parts, strict=True
        ):
            for numerator, denominator, place in (first, *others):
                typed, shown = write(numerator, denominator)
                lines.append(mark.join((key, typed, words, placed[place], about, shown, standing, acts)))
        return b"".join(lines), len(lines)

    def _shared(self, one: Totals) -> Iterator[tuple[bytes, ...]]:
        """What a total and its parts have in common, in the order of the file; the last ends the line."""
        mark = self.separator
        keys = zip(one.region_code, one.indicator_code, one.period_code, strict=True)
        entered, submitted = (map(self.moment, column) for column in (one.entered_at, one.submitted_at))
        validated = each(one.validated_at, self.moment)
        author, checker = (map(self.people.__getitem__, column) for column in (one.entered_by, one.validated_by))
        acts = zip(author, entered, submitted, checker, validated, map(str, one.version), strict=True)
        about, standing = each_run(one.about, self.about), each_run(one.standing, self.standing)
        return zip(
            self.key([UNIT.join(key).encode() for key in keys]),
            self.words(one.words),
            map(about.__getitem__, one.about),
            map(standing.__getitem__, one.standing),
            [f"{mark.join(act)}{LINE_END}".encode() for act in acts],
            strict=True,
        )
