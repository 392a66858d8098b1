"""One indicator's sheet, whole: what it counts, how, with what, and what its versions changed."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

import streamlit as st
from markupsafe import Markup

from impact.figures import Axis, Definition
from impact.formats import capital, short_date
from impact.presentation.definitions import Changed, Fact, changed, collected, computed, corresponding, counts
from impact.queries.publications import Publication
from impact.rules.definitions import content
from impact.ui import page, tables
from impact.ui.catalogue.known import Known, address, history, since
from impact.ui.lexicon.known import naming
from impact.ui.sheet.reference import facts

VERSIONS = (
    tables.Column("version", "Version", row_header=True, html=True),
    tables.Column("since", "S’applique"),
    tables.Column("by", "Publiée", html=True),
    tables.Column("reason", "Motif"),
)
CHANGES = (
    tables.Column("label", "Champ", row_header=True),
    tables.Column("then", "Avant", html=True),
    tables.Column("now", "Maintenant", html=True),
)
AXES = (
    tables.Column("axis", "Axe", row_header=True, html=True),
    tables.Column("categories", "Modalités"),
)


def title(definition: Definition) -> str:
    return page.typeset(f"{definition.code} {definition.name}")


def sentence(definition: Definition, known: Known) -> str:
    """« Quelle part… ? Chantier Langage de la preuve, résultats. Version 2, pour les périodes à partir du … »"""
    place = f"Chantier {known.chantiers[definition.chantier]}, {definition.stage.label}."
    return (
        f"{definition.question} {place} Version {definition.version}, {since(definition, _newer(definition, known))}."
    )


def _newer(definition: Definition, known: Known) -> list[Definition]:
    return [one for one in known.versions[definition.code] if one.version > definition.version]


def way_back() -> None:
    st.html(Markup('<p class="imp-note">{}</p>').format(tables.link(address(), "← Tous les indicateurs")))


def draw(definition: Definition, known: Known) -> None:
    _superseded(definition, known)
    left, right = st.columns([7, 6], gap="large")
    with left:
        page.section("Ce qui est compté")
        _facts(counts(definition), f"Ce que compte {definition.code}")
        page.section("Comment il se calcule")
        st.html(_items(computed(definition)))
    with right:
        page.section("Comment il se recueille")
        _facts(collected(definition), f"Comment se recueille {definition.code}")
        if matches := corresponding(definition):
            page.section("Correspondances")
            _facts(matches, f"Correspondances de {definition.code}")
    if terms := naming(definition.code):
        page.section("Mots du lexique")
        st.html(Markup('<p class="imp-note">{}</p>').format(terms))
    page.section("Ventilations")
    if definition.axes:
        st.html(tables.table(AXES, [_axis(axis) for axis in definition.axes], f"Axes de {definition.code}"))
    else:
        page.note("Cet indicateur ne se ventile pas.")
    _versions(definition, known)


def _superseded(definition: Definition, known: Known) -> None:
    """A version that a newer one follows says so first."""
    latest = known.versions[definition.code][-1]
    if latest.version == definition.version:
        return
    link = tables.link(address(definition.code), f"version {latest.version}")
    said = Markup("Une {} s’applique {}. Celle-ci reste celle des chiffres saisis sous elle.")
    st.html(Markup('<p class="imp-banner">{}</p>').format(said.format(link, since(latest))))


def _facts(found: Sequence[Fact], caption: str) -> None:
    facts([(name, page.typeset(said) if isinstance(said, str) else _items(said)) for name, said in found], caption)


def _items(sentences: Iterable[str]) -> Markup:
    lines = Markup().join(Markup("<li>{}</li>").format(page.typeset(one)) for one in sentences)
    return Markup('<ul class="imp-items">{}</ul>').format(lines)


def _axis(axis: Axis) -> dict[str, object]:
    return {
        "axis": tables.two_lines(page.typeset(axis.label), axis.kind.label),
        "categories": page.typeset(", ".join(category.label for category in axis.categories)),
    }


def _versions(definition: Definition, known: Known) -> None:
    """Newest first, then what each changed."""
    versions = known.versions[definition.code]
    page.section("Versions", "Un chiffre garde la version sous laquelle il a été saisi.")
    told = {one.version: one for one in history(definition.code)}
    rows = [
        _version(one, told[one.version], since(one, _newer(one, known)), one.version == definition.version)
        for one in reversed(versions)
    ]
    st.html(tables.table(VERSIONS, rows, f"Versions de {definition.code}"))
    for before, after in reversed(list(pairwise(versions))):
        st.subheader(f"Ce que la version {after.version} a changé", anchor=False)
        st.html(change_table(changed(before, content(after), known.axes), f"Version {after.version} de {after.code}"))


def _version(definition: Definition, told: Publication, applies: str, is_shown: bool) -> dict[str, object]:
    name = f"version {definition.version}"
    by = (
        tables.two_lines(told.published_by, short_date(told.published_at)) if told.published_at else "avec le catalogue"
    )
    return {
        "version": tables.two_lines(capital(name), "affichée")
        if is_shown
        else tables.link(address(definition.code, definition.version), capital(name)),
        "since": applies,
        "by": by,
        "reason": page.typeset(told.reason) or "–",
    }


def change_table(changes: Sequence[Changed], caption: str) -> Markup:
    rows = [{"label": one.label, "then": _said(one.then), "now": _said(one.now)} for one in changes]
    return tables.table(CHANGES, rows, caption)


def _said(texts: tuple[str, ...]) -> Markup:
    if not texts:
        return tables.light("rien")
    return _items(texts) if len(texts) > 1 else Markup("{}").format(page.typeset(texts[0]))
