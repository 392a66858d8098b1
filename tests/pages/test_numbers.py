"""Every number of every screen of the demonstration leads to an explanation whose answer is that very number."""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple
from urllib.parse import parse_qsl

import pytest
import streamlit as st
from markupsafe import Markup
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from impact.db import Database, transaction
from impact.models import Account
from impact.permissions import Actor
from impact.presentation import questions
from impact.presentation.explaining import Explanation
from impact.presentation.questions import Kind, Question
from impact.services import accounts
from impact.settings import ROOT
from impact.ui import explanation, identity
from impact.ui.explanation import opening

T2, T3, S1 = "2010-2011-T2", "2010-2011-T3", "2010-2011-S1"
PROVISIONAL = {"chiffres": "provisoires"}
OFFICE = [
    ("accueil", {}),
    *(("vue_nationale", one) for one in ({}, {"periode": T2}, {**PROVISIONAL, "preuve": "F1"}, {"chantier": "INN"})),
    *(("chantier", {"chantier": code}) for code in ("FOR", "INN", "COO")),
    *(("chantier", {"chantier": "PRE", **one}) for one in ({"periode": T2}, {"preuve": "F2"}, PROVISIONAL)),
    *(("region", {"region": code}) for code in ("22", "82")),
    *(("region", {"region": "31", **one}) for one in ({"periode": T2}, {"periode": S1}, PROVISIONAL)),
    *(("cibles", {"region": code, "chantier": "PRE"}) for code in ("FR", "73")),
    ("cibles", {"region": "82", "chantier": "INN"}),
    *(("preuve", one) for one in ({}, {"chantier": "COO", "preuve": "F2"})),
    ("affirmations", {"affirmation": "72-1"}),
    ("validation", {}),
    ("saisie", {"region": "22", "chantier": "COO", "periode": T3, "indicateur": "COO-02"}),
]
TEAM = [
    ("accueil", {}),
    ("region", {"region": "73", **PROVISIONAL, "periode": T3}),
    ("region", {"region": "31"}),
    ("chantier", {"chantier": "PRE"}),
    ("vue_nationale", {"periode": T3}),
]
READING = [("vue_nationale", {}), ("region", {"region": "73"}), ("chantier", {"chantier": "PRE"}), ("preuve", {})]
WALKS = {"odile": OFFICE, "claire": TEAM, "remi": READING}

OF_NUMBER = re.compile(
    r'<div class="imp-key-value">(?P<key>.*?)</div>'
    r'|<a[^>]*href="(?P<address>explication\?[^"]*)"[^>]*>(?P<text>.*?)</a>',
    re.S,
)
TABLE = re.compile(r'<caption class="imp-hidden">(?P<caption>.*?)</caption>.*?<tbody>(?P<rows>.*?)</tbody>', re.S)
CELL = re.compile(r'<td class="imp-right(?P<more>[^"]*)">(?P<content>.*?)</td>', re.S)
BESIDE = re.compile(r'<span class="imp-(?:light|under)">.*?</span>', re.S)
"""What stands behind the number of a cell: n/N, days, coverage."""
RANKS = "Régions, de la plus à la moins avancée"
OF_FIGURES = ("vue_nationale", "chantier", "region", "cibles", "preuve")
POPOVER = "popover"
SIGNS = "●▲▼○–∅✓→↩✎"


class Number(NamedTuple):
    """text: as the screen writes it; None beside a chart, whose popover explains what the chart is of."""

    text: str | None
    address: str


def plain(markup: str) -> str:
    """What the eye reads on a wide screen."""
    seen = re.sub(r'<span class="imp-short">.*?</span>', "", markup)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", seen))).strip()


def parts(seen: AppTest) -> list[str]:
    """The page's own HTML."""
    return [str(one.value) for one in seen.get("html")]


def numbers(seen: AppTest) -> Iterator[Number]:
    """A key figure is explained by the popover that follows it."""
    key: str | None = None
    for found in (match for part in parts(seen) for match in OF_NUMBER.finditer(part)):
        if found["key"] is not None:
            key = plain(found["key"])
        elif found["text"] == POPOVER:
            yield Number(key, unescape(found["address"]))
            key = None
        else:
            yield Number(plain(found["text"]), unescape(found["address"]))


def unexplained(seen: AppTest) -> Iterator[str]:
    """Numbers of tables that lead nowhere; a rank is read off the column beside it."""
    for table in (match for part in parts(seen) for match in TABLE.finditer(part)):
        for cell in CELL.finditer(table["rows"]):
            is_rank = table["caption"] == RANKS and "imp-wide" in cell["more"]
            if "explication?" not in cell["content"] and not is_rank:
                told = plain(BESIDE.sub("", cell["content"]))
                yield from [f"{table['caption']} : {told}"] if re.search(r"\d", told) else []


def answers(text: str, one: Explanation) -> bool:
    """The number in large type, with or without its unit or n/N; or what stands beside it, as screens write it."""
    said, number, title = text.strip(f"{SIGNS} "), plain(one.number), plain(one.title)
    cells = {plain(str(cell)) for held in one.listings for row in held.rows for cell in row[1:]}
    return (
        text == number
        or number.startswith(f"{said} ")
        or bool(re.search(rf"(?<![\w,]){re.escape(number)}(?!\w|,\d)", said))
        or bool(re.search(rf"(?<![\w,]){re.escape(said)}(?![\w%]|,\d)", title))
        or said in cells
    )


def incomplete(question: Question, one: Explanation) -> list[str]:
    """What an explanation owes and does not say."""
    owed = {
        "formula": bool(one.formula),
        "subject": bool(one.subject),
        "address": questions.read(dict(parse_qsl(question.address.partition("?")[2]))) == question,
    }
    if question.kind in (Kind.TOTAL, Kind.FIGURE, Kind.PROGRESS):
        owed["version"] = bool(re.search(r"version \d", one.definition))
    if question.kind is Kind.TOTAL:
        owed["coverage"] = "Couverture : " in one.coverage
        owed["figures"] = one.exact is None or bool(one.contributions)
        owed["hands"] = all(figure.hands and figure.address and figure.status for figure in one.contributions)
    if question.kind in (Kind.COMPLETENESS, Kind.PUNCTUALITY, Kind.PROVEN, Kind.MISSING):
        owed["sheets"] = one.exact is None or bool(one.listings)
    return [name for name, is_there in owed.items() if not is_there]


@pytest.fixture
def shown(own_demonstration: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy of its own: what other tests had made of the demonstration would be kept, with the true popovers."""

    def instead(question: Question, number: str, place: str) -> None:
        st.html(Markup('<a href="{}">{}</a>').format(question.address, POPOVER))

    monkeypatch.setattr(opening, "asked", instead)
    monkeypatch.setattr(opening, "made", lambda content, place: st.html(content))


def become(monkeypatch: pytest.MonkeyPatch, name: str) -> Actor:
    with transaction() as session:
        account = session.exec(select(Account).where(Account.email == f"{name}@demo.invalid")).one()
        token = accounts.open_session(session, account, "127.0.0.1")
    monkeypatch.setattr(identity, "token", lambda: token)
    actor = accounts.identify(token)
    assert actor is not None
    return actor


@pytest.mark.usefixtures("shown")
@pytest.mark.parametrize("name", WALKS)
def test_every_number_is_what_its_explanation_answers(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    actor = become(monkeypatch, name)
    wrong, count = [], 0
    for page, parameters in WALKS[name]:
        seen = AppTest.from_file(str(ROOT / "pages" / f"{page}.py"), default_timeout=60)
        seen.query_params.update(parameters)
        seen.run()
        assert not seen.exception, (page, parameters)
        for number in numbers(seen):
            question = questions.read(dict(parse_qsl(number.address.partition("?")[2])))
            assert question is not None, number
            told = explanation.told(actor, question).explanation
            count += 1
            if number.text is not None and not answers(number.text, told):
                wrong.append((page, number, told.number, told.title))
            wrong += [(page, number, missing, "") for missing in incomplete(question, told)]
        if page in OF_FIGURES:
            assert not list(unexplained(seen)), (page, parameters)
    assert not wrong, f"{len(wrong)} of {count}: {wrong[:5]}"
    assert count > 100
