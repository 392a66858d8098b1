"""Who answers, on time, with proof; and who is late or silent: parts of the page."""

from collections.abc import Sequence
from fractions import Fraction

from markupsafe import Markup

from impact.formats import number
from impact.presentation.completeness import RegionReporting, Reporting, fraction
from impact.presentation.lens import Lens
from impact.presentation.questions import Kind, about
from impact.presentation.silences import Silence
from impact.presentation.wording import rate
from impact.quality import QualityRow
from impact.ui import page, tables
from impact.ui.national.regions import address, chantier_columns
from impact.ui.page import typeset
from impact.ui.tables import Column
from impact.world import World

SILENT = (
    Column("region", "Région", html=True, row_header=True),
    Column("missing", "Chiffres sans réponse", "right", html=True, short="Sans réponse"),
    Column("last", "Dernier envoi", secondary=True),
    Column("what", "Ce qui manque", html=True),
)


HOW_TO_READ = (
    "Complétude : réponses sur chiffres attendus. Ponctualité : réponses avant l’échéance. F2 ou plus : chiffres "
    "validés qu’une pièce documente. – : région non mobilisée."
)


def parts(found: Reporting, silences: Sequence[Silence], world: World, lens: Lens) -> Markup:
    return by_region(found, world, lens) + silent_regions(silences, world, lens)


def by_region(found: Reporting, world: World, lens: Lens) -> Markup:
    """Completeness by chantier; punctuality and what documents back by region."""
    columns = [
        Column("region", "Région", html=True, row_header=True),
        *chantier_columns(list(found.total.chantiers), world.chantier_names, lens),
        Column("on_time", "Ponctualité", "right", html=True, secondary=True),
        Column("proven", "F2 ou plus", "right", html=True, secondary=True),
    ]
    rows = [_row(one, world, lens) for one in found.regions]
    rows.append(_row(found.total, world, lens))
    table = tables.table(columns, rows, "Complétude par région et par chantier")
    whatever = " Quel que soit le niveau de preuve retenu." if lens.min_proof else ""
    return page.part("Complétude et ponctualité", f"{HOW_TO_READ}{whatever}", table)


def _row(one: RegionReporting, world: World, lens: Lens) -> dict[str, object]:
    linked = one.region and tables.link(address(one.region, **lens.carried), world.region_names[one.region])
    cells = {code: _completeness(row, one.region, code, world, lens) for code, row in one.chantiers.items()}
    rates = {
        "on_time": _rate(
            one.whole.punctuality, f"{one.whole.on_time}/{one.whole.due}", Kind.PUNCTUALITY, one, world, lens
        ),
        "proven": _rate(
            one.whole.proven_share, f"{one.whole.proven}/{one.whole.figures}", Kind.PROVEN, one, world, lens
        ),
    }
    return {"region": linked or "Ensemble", **cells, **rates}


def _completeness(row: QualityRow | None, region: str, chantier: str, world: World, lens: Lens) -> Markup | str:
    if row is None:
        return "–"
    if not row.due:
        return tables.light("rien d’attendu")
    question = about(world, lens, Kind.COMPLETENESS, region=region, chantier=chantier)
    told = tables.strong(tables.explained(rate(row.completeness), question))
    return Markup("{} {}").format(told, tables.light(fraction(row)))


def _rate(
    share: Fraction | None, counts: str, kind: Kind, one: RegionReporting, world: World, lens: Lens
) -> Markup | str:
    if share is None:
        return tables.light("sans objet")
    question = about(world, lens, kind, region=one.region, chantier=lens.chantier)
    return Markup("{} {}").format(tables.explained(rate(share), question), tables.light(counts))


def silent_regions(silences: Sequence[Silence], world: World, lens: Lens) -> Markup:
    title, rows = "Retards et silences", [_silent(one, world, lens) for one in silences]
    none = page.nothing("Aucun chiffre attendu ne manque sur ces dates.")
    return page.part(title, "", tables.table(SILENT, rows, title) if rows else none)


def _silent(one: Silence, world: World, lens: Lens) -> dict[str, object]:
    question = about(world, lens, Kind.MISSING, region=one.region, chantier=lens.chantier)
    return {
        "region": tables.link(address(one.region, **lens.carried), one.name),
        "missing": tables.explained(f"{number(one.missing)} sur {number(one.due)}", question),
        "last": typeset(one.last_words(world.today)),
        "what": Markup("<br>").join(
            Markup("{} {}").format("▼" if late else "▲", typeset(words)) for late, words in one.by_deadline()
        ),
    }
