"""What a file in an open standard holds, told before it is fetched: how many of what, rather than its first lines."""

from dataclasses import dataclass

import streamlit as st

from impact.db import reading
from impact.exports import ExportRequest, cids
from impact.exports.package import DESCRIPTOR, Table
from impact.formats import counted, number
from impact.permissions import Actor
from impact.queries import exported_cids, exported_package
from impact.ui import page, reads, tables
from impact.ui.reads import Key
from impact.ui.tables import Column
from impact.vocabulary import ExportKind

COLUMNS = (Column("what", "Quoi", html=True, row_header=True), Column("count", "Nombre", align="right"))


@dataclass(frozen=True, slots=True)
class Contents:
    """sentence: how much there is in all; lines: what, in a few words, how many."""

    sentence: str
    lines: tuple[tuple[str, str, int], ...]


def show(kind: ExportKind, request: ExportRequest, actor: Actor) -> None:
    held = _contents(reads.source(actor).key, kind, request)
    page.section("Dans le fichier", held.sentence)
    rows = [{"what": tables.two_lines(what, about), "count": number(count)} for what, about, count in held.lines]
    st.html(tables.table(COLUMNS, rows, "Ce que contient le fichier"))
    if kind is ExportKind.PACKAGE:
        page.note(
            "Les chiffres validés portent l’adresse de qui les a saisis et validés, les plans et les décisions nomment "
            "leurs responsables : retirez ces colonnes avant une diffusion publique."
        )


@st.cache_data(max_entries=64, show_spinner="Les lignes sont comptées…")
def _contents(key: Key, kind: ExportKind, request: ExportRequest) -> Contents:
    """key: what the counts depend on; who reads does not matter, validated figures are everybody's."""
    with reading() as session:
        if kind is ExportKind.CIDS:
            return _of_cids(exported_cids.contents(session, request))
        return _of_package(exported_package.contents(session, request))


def _of_cids(held: exported_cids.Contents) -> Contents:
    return Contents(
        f"{counted(held.reports, 'rapport')} d’indicateur, {cids.STANDARD} {cids.VERSION}, {cids.TIER}.",
        (
            ("Rapports d’indicateur", "un par chiffre validé qui a une valeur", held.reports),
            ("Chiffres non calculables", "dénominateur 0 : dits à part, sans mesure", held.not_computable),
            ("Organisations", "le mouvement, et ses régions", held.organizations),
            ("Thèmes", "les chantiers", held.themes),
            ("Indicateurs", "leur définition et leur unité", held.indicators),
        ),
    )


def _of_package(held: list[tuple[Table, int]]) -> Contents:
    total = sum(rows for _, rows in held)
    lines = tuple((table.title, table.file, rows) for table, rows in held)
    return Contents(f"{len(held)} fichiers CSV, {counted(total, 'ligne')}, décrits par {DESCRIPTOR}.", lines)
