"""Loads data/ into the database. Safe to repeat: what is there is brought to what the files say, nothing is deleted.

Definitions are versioned: a version that figures already refer to, or that was published on a screen, is not rewritten
by a changed file; the change must come as a new version, which counts as the others do.
"""

import csv
import hashlib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import yaml
from sqlmodel import Session, select

from impact.errors import BadSettings
from impact.figures import WAY_OF_COUNTING, to_scaled
from impact.models import (
    BreakdownAxis,
    BreakdownCategory,
    Campaign,
    Chantier,
    DataVersion,
    Entry,
    Indicator,
    IndicatorVersion,
    Region,
    ReportingPeriod,
    Table,
)
from impact.reference import lexicon, milestones
from impact.settings import DATA

SHEET = ("pitfalls", "verification_sources", "aggregation_note", "iris", "sdg_goals", "sdg_targets")


@cache
def catalogue(path: Path = DATA / "catalogue.yaml") -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return loaded


def conventions() -> dict[str, str]:
    """What the catalogue's words mean everywhere, by French name; read-only, so that they stay in its file."""
    words = _labels()["conventions"]
    return {words[code]: _french(text) for code, text in catalogue()["conventions"].items()}


@cache
def _labels() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((DATA / "labels.yaml").read_text(encoding="utf-8"))
    return loaded


def load(session: Session) -> None:
    """Bring the reference tables to what data/ says, in the caller's transaction."""
    source = catalogue()
    _put(session, _regions() + _chantiers(source) + [_campaign(source)])
    _put_new(session, _periods())
    _put(session, _axes(source))
    _put(session, [row for row in _indicators(source) if isinstance(row, Indicator)])
    _put_definitions(session, [row for row in _indicators(source) if isinstance(row, IndicatorVersion)])
    lexicon.put(session)
    milestones.put(session)
    if session.get(DataVersion, 1) is None:
        session.add(DataVersion(id=1, number=0))
    session.flush()


def fingerprint() -> str:
    """Of the catalogue and the calendar in data/: another one may change what is due, added up or on time."""
    files = (DATA / name for name in ("catalogue.yaml", "periods.csv"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


def _put(session: Session, rows: list[Any]) -> None:
    for row in rows:
        session.merge(row)
    session.flush()


def _put_new(session: Session, rows: list[ReportingPeriod]) -> None:
    """Periods are the national office's once loaded: a deadline that it moved stays moved."""
    known = set(session.exec(select(ReportingPeriod.code)))
    session.add_all([row for row in rows if row.code not in known])
    session.flush()


def _put_definitions(session: Session, rows: list[IndicatorVersion]) -> None:
    """What was published on a screen stays as it was said there, whatever the file has under the same number."""
    stored: dict[tuple[str, int], IndicatorVersion] = {
        (one.indicator_code, one.version): one for one in session.exec(select(IndicatorVersion))
    }
    for row in rows:
        known = stored.get((row.indicator_code, row.version))
        if known is not None and not _same(known, row):
            _refuse_rewriting(session, known)
        others = [one for (code, number), one in stored.items() if code == row.indicator_code and number != row.version]
        _refuse_other_count(row, others)
        if known is None or known.published_by is None:
            session.merge(row)
    session.flush()


def definition_faults(session: Session) -> Iterator[str]:
    """One sentence for each definition of data/catalogue.yaml that the database tells otherwise, or not at all."""
    for row in _indicators(catalogue()):
        if isinstance(row, IndicatorVersion):
            known = session.get(IndicatorVersion, (row.indicator_code, row.version))
            if known is None or not _same(known, row):
                changed = "absente" if known is None else ", ".join(_changed(known, row))
                yield (
                    f"Définition {row.indicator_code}, version {row.version} : la base n’en dit pas ce que dit "
                    f"data/catalogue.yaml ({changed})."
                )


def _same(known: IndicatorVersion, row: IndicatorVersion) -> bool:
    """They say the same; who published it, why and from when on is the screen's, where it was published there."""
    return not _changed(known, row)


def _changed(known: IndicatorVersion, row: IndicatorVersion) -> list[str]:
    aside = {"reason", "published_by", "published_at", *(["applies_from"] if known.published_by else [])}
    said = known.model_dump(exclude=aside)
    return [name for name, value in row.model_dump(exclude=aside).items() if said[name] != value]


def _refuse_rewriting(session: Session, known: IndicatorVersion) -> None:
    named = f"data/catalogue.yaml : la définition {known.indicator_code}, version {known.version},"
    if known.published_by is not None:
        raise BadSettings(
            f"{named} n’est pas celle qui a été publiée à l’écran sous ce numéro ; donnez à celle du fichier le numéro "
            "suivant, ou reprenez dans le fichier les mots publiés."
        )
    if _is_used(session, known):
        raise BadSettings(
            f"{named} a changé alors que des chiffres s’y réfèrent ; publiez-la sous une nouvelle version."
        )


def _refuse_other_count(row: IndicatorVersion, others: list[IndicatorVersion]) -> None:
    """Versions of an indicator count in the same way: what is compared and drawn together depends on it."""
    names = [name for name in WAY_OF_COUNTING if name != "chantier"]
    changed = [name for name in names if any(getattr(row, name) != getattr(other, name) for other in others)]
    if changed:
        raise BadSettings(
            f"data/catalogue.yaml : la définition {row.indicator_code}, version {row.version}, ne compte pas comme les "
            f"autres versions ({', '.join(changed)}) ; une autre façon de compter est un autre indicateur : donnez-lui "
            "un autre code."
        )


def _is_used(session: Session, definition: IndicatorVersion) -> bool:
    used = sa.exists().where(
        Entry.__table__.c.indicator_code == definition.indicator_code,  # type: ignore[attr-defined]
        Entry.__table__.c.indicator_version == definition.version,  # type: ignore[attr-defined]
    )
    return bool(session.exec(select(used)).one())


def _records(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _regions() -> list[Table]:
    """The regions of 2010; a line without a code of 2010 (Mayotte) was not one of them."""
    return [
        Region(
            code=line["code_2010"],
            name=line["name_2010"].replace("'", "’"),
            code_2016=line["code_2016"],
            name_2016=line["name_2016"].replace("'", "’"),
            zone=line["zone"],
            population=int(line["population_2011"]),
            active=line["active_in_network"] == "true",
        )
        for line in _records("regions.csv")
        if line["code_2010"]
    ]


def _chantiers(source: dict[str, Any]) -> list[Table]:
    return [Chantier(position=place, **_french(item)) for place, item in enumerate(source["chantiers"])]


def _campaign(source: dict[str, Any]) -> Campaign:
    item = source["campaign"]
    return Campaign(
        code=item["code"], start_date=date.fromisoformat(item["start"]), end_date=date.fromisoformat(item["end"])
    )


def _periods() -> list[ReportingPeriod]:
    return [
        ReportingPeriod(
            code=line["code"],
            campaign_code=line["campaign"],
            frequency=line["frequency"],
            start_date=date.fromisoformat(line["start"]),
            end_date=date.fromisoformat(line["end"]),
            deadline=date.fromisoformat(line["deadline"]),
        )
        for line in _records("periods.csv")
    ]


def _axes(source: dict[str, Any]) -> list[Table]:
    words = _labels()
    rows: list[Table] = []
    for code, axis in source["axes"].items():
        rows.append(BreakdownAxis(code=code, label=words["axes"][code], kind=axis["kind"]))
        for place, category in enumerate(axis["categories"]):
            label = words["by_axis"].get(code, {}).get(category) or words["categories"][category]
            rows.append(BreakdownCategory(axis_code=code, code=category, label=label, position=place))
    return rows


def _indicators(source: dict[str, Any]) -> list[Table]:
    rows: list[Table] = []
    for place, raw in enumerate(source["indicators"]):
        item = _french(raw)
        code = item.pop("code")
        rows.append(Indicator(code=code, chantier_code=item.pop("chantier"), position=place))
        rows.append(_version(code, item))
    return rows


def _version(code: str, item: dict[str, Any]) -> IndicatorVersion:
    sheet = {name: item.pop(name) for name in SHEET if name in item}
    bounds: dict[str, Any] = {name: _scaled(item.pop(name, None)) for name in ("minimum", "maximum", "alert_above")}
    since = item.pop("applies_from", None)
    return IndicatorVersion(
        indicator_code=code, axes=item.pop("breakdowns"), sheet=sheet,
        applies_from=date.fromisoformat(str(since)) if since else None, **bounds, **item,
    )  # fmt: skip


def _scaled(bound: float | None) -> int | None:
    return None if bound is None else to_scaled(Decimal(str(bound)))


def _french(value: Any) -> Any:
    """Typographic apostrophes in every text of a catalogue item; codes have none."""
    if isinstance(value, str):
        return value.replace("'", "’")
    if isinstance(value, list):
        return [_french(item) for item in value]
    if isinstance(value, dict):
        return {name: _french(item) for name, item in value.items()}
    return value
