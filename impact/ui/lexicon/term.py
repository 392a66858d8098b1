"""One term: what it means, where every region stands, what its versions changed."""

from itertools import pairwise
from typing import Any

import streamlit as st
from markupsafe import Markup

from impact.formats import capital, day_of, short_date
from impact.presentation.definitions import Changed
from impact.rules.lexicon import LABELS, Taken, Term, TermDraft, content, differences
from impact.ui import charting, page, tables
from impact.ui.catalogue.detail import change_table
from impact.ui.catalogue.known import address as sheet
from impact.ui.lexicon import wording
from impact.ui.lexicon.known import Known, address, link
from impact.ui.sheet.reference import Fact, facts

REGIONS = (
    tables.Column("region", "Région", row_header=True, html=True),
    tables.Column("stance", "Position", html=True, secondary=True),
    tables.Column("comment", "Commentaire", html=True),
)
VERSIONS = (
    tables.Column("version", "Version", row_header=True),
    tables.Column("by", "Publiée", html=True),
    tables.Column("reason", "Motif"),
)


def head(term: Term, known: Known) -> None:
    counts = wording.summary(known.lexicon.tally(term.code), term.version)
    kept = f"Retiré du lexique : {term.reason}" if term.retired else f"Version {term.version} : {counts}."
    page.head(page.typeset(term.said.term), kept, known.demonstration)
    st.html(Markup('<p class="imp-note">{}</p>').format(tables.link(address(), "← Tous les termes")))


def meaning(term: Term, known: Known) -> None:
    page.section("Ce qu’il veut dire")
    said = term.said
    rows: list[Fact] = [
        ("Définition", page.typeset(said.definition)),
        ("À savoir", page.typeset(said.note)),
        ("Exemple", page.typeset(said.example)),
        ("Voir aussi", Markup(", ").join(link(known.lexicon.latest(code)) for code in said.see_also)),
        ("Indicateurs", _indicators(said.indicators, known)),
    ]
    facts([(name, text) for name, text in rows if text], f"Ce que veut dire {said.term}")


def _indicators(codes: tuple[str, ...], known: Known) -> Markup:
    links = (
        tables.link(sheet(code), page.typeset(f"{code} {known.indicators[code]}"))
        for code in codes
        if code in known.indicators
    )
    return Markup("<br>").join(links)


def standing(term: Term, known: Known) -> None:
    page.section(
        "Où en sont les régions", "Réserves et refus d’abord ; ce qu’une région a dit auparavant reste dessous."
    )
    rows = [_region(region, last, term, known) for region, last in known.lexicon.standing(term.code)]
    drawn = tables.table(REGIONS, rows, f"Position des régions sur {term.said.term}")
    st.html(Markup('<div class="imp-stances">{}</div>').format(drawn))
    data = wording.matrix(known.lexicon, [term])
    charting.take_away(data, f"Positions des régions sur {term.said.term}", f"lexique_{term.code}")


def _region(region: str, last: Taken | None, term: Term, known: Known) -> dict[str, object]:
    earlier = known.lexicon.taken(term.code, region)[:-1]
    said = [_comment(last)] if last else []
    said += [_earlier(one) for one in reversed(earlier)]
    position = wording.stance(last, term)
    name = Markup('{}<span class="imp-short"><br>{}</span>').format(known.name(region), position)
    return {"region": name, "stance": position, "comment": Markup().join(said)}


def _comment(taken: Taken) -> Markup:
    return tables.two_lines(page.typeset(taken.comment), wording.who(taken))


def _earlier(taken: Taken) -> Markup:
    why = f" : « {taken.comment} »" if taken.comment else ""
    told = f"Auparavant, {taken.stance.label} sur la version {taken.version}{why} ({wording.who(taken)})"
    return Markup('<span class="imp-under">{}</span>').format(page.typeset(told))


def versions(term: Term, known: Known) -> None:
    """Newest first, then what each changed."""
    held = known.lexicon.versions[term.code]
    page.section("Versions", "Une position garde la version sur laquelle elle a été prise.")
    st.html(tables.table(VERSIONS, [_version(one) for one in reversed(held)], f"Versions de {term.said.term}"))
    for before, after in reversed(list(pairwise(held))):
        if changes := changed(before.said, after.said, known):
            st.subheader(f"Ce que la version {after.version} a changé", anchor=False)
            st.html(change_table(changes, f"Version {after.version} de {term.said.term}"))


def _version(term: Term) -> dict[str, object]:
    published = term.published_at
    return {
        "version": f"Version {term.version}{', retrait' if term.retired else ''}",
        "by": tables.two_lines(term.published_by, short_date(day_of(published))) if published else "avec le lexique",
        "reason": page.typeset(term.reason) or "–",
    }


def changed(before: TermDraft, after: TermDraft, known: Known) -> list[Changed]:
    then, now = content(before), content(after)
    return [
        Changed(capital(LABELS[name]), _texts(name, then[name], known), _texts(name, now[name], known))
        for name in differences(before, after)
    ]


def _texts(name: str, value: Any, known: Known) -> tuple[str, ...]:
    if name == "see_also":
        return tuple(known.lexicon.latest(code).said.term for code in value if code in known.lexicon.versions)
    return tuple(value) if isinstance(value, list) else (value,) if value else ()
