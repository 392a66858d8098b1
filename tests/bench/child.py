"""Measures that need a process of their own: `python -m tests.bench.child MEASURE` prints what it found as JSON."""

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from impact import collecting
from impact.db import current, driver, reading
from impact.exports import ExportRequest
from impact.permissions import EVERYTHING
from impact.vocabulary import Dialect, ExportKind
from tests.bench.measure import peak, timed
from tests.cast import MIDI_PYRENEES

Statements = list[tuple[str, Any]]


def cold(read: Callable[[Session], object], times: int = 7) -> dict[str, float]:
    """Milliseconds of a read through new connections, and of its very statements through the bare driver."""
    statements: Statements = []

    def through_the_product() -> float:
        current().dispose()
        statements.clear()

        def work() -> None:
            with reading() as session:
                read(session)

        return timed(work)

    def bare() -> float:
        def work() -> None:
            connection = driver.connect(str(current().reader.url.database))
            for text, asked in statements:
                connection.execute(text, asked).fetchall()
            connection.close()

        return timed(work)

    @sa.event.listens_for(current().reader, "before_cursor_execute")
    def kept(_: Any, __: Any, text: str, asked: Any, *___: Any) -> None:
        statements.append((text, asked))

    through_the_product()
    pairs = [(through_the_product(), bare()) for _ in range(times)]  # side by side: neither profits from a calm moment
    ours, theirs = (statistics.median(one) for one in zip(*pairs, strict=True))
    return {"product": ours, "bare": theirs, "statements": len(statements), "peak": peak()}


def national() -> dict[str, float]:
    from impact.queries.national import overview

    return cold(lambda session: overview(session, EVERYTHING, by_period=False))


def region() -> dict[str, float]:
    from impact.queries.world import world

    return cold(lambda session: world(session, EVERYTHING, regions=[MIDI_PYRENEES]))


def chantier() -> dict[str, float]:
    from impact.queries.world import world

    with reading() as session:
        known = world(session, EVERYTHING, regions=())
    codes = [one.code for one in known.definitions.values() if one.chantier == "PRE"]
    regions = known.mobilised_regions("PRE")
    return cold(lambda session: world(session, EVERYTHING, regions=regions, indicators=codes))


def export() -> dict[str, float]:
    from impact.services.exports import stream

    current().reader.connect().close()
    idle, begin, size, rows, first = peak(), time.perf_counter(), 0, 0, 0.0
    for block in stream(ExportKind.ENTRIES, ExportRequest(dialect=Dialect.EXCEL_FR), "mesure"):
        first = first or time.perf_counter() - begin
        size += len(block)
        rows += block.count(b"\r\n")
    taken = time.perf_counter() - begin
    return {
        "MB/s": size / taken / 1e6, "MB": size / 1e6, "rows": rows, "first": 1000 * first, "above": peak() - idle,
        "peak": peak(),
    }  # fmt: skip


def saving() -> dict[str, float]:
    """save: a figure kept with its history. sync: the disk's fdatasync of 4 kB beside it, in turn."""
    from impact.db import transaction
    from impact.figures import Cell, Pair
    from impact.models import Entry
    from impact.rules.drafts import EntryDraft
    from impact.services.entries import save_entry
    from impact.vocabulary import Answer
    from tests.cast import ADA

    with reading() as session:
        stored = session.get(Entry, Cell(MIDI_PYRENEES, "PRE-03", "2010-2011-T4"))
        seen = stored.version if stored else 0

    def save() -> None:
        nonlocal seen
        draft = EntryDraft(
            region=MIDI_PYRENEES, indicator="PRE-03", period="2010-2011-T4", answer=Answer.VALUE,
            pair=Pair(10_000 * (seen + 1), 10_000_000), source="registre", seen_version=seen,
        )  # fmt: skip
        with transaction() as session:
            seen = save_entry(session, ADA, draft, f"mesure-{time.monotonic_ns()}").version

    with tempfile.TemporaryFile(dir=Path(current().url.removeprefix("sqlite:///")).parent, buffering=0) as held:

        def sync() -> None:
            held.write(b"x" * 4096)
            os.fdatasync(held.fileno())

        for work in (save, sync) * 20:
            work()
        begin = time.process_time()
        pairs = [(timed(save), timed(sync)) for _ in range(300)]  # a disk has its moods: neither may profit from one
        processor = 1000 * (time.process_time() - begin) / len(pairs)
    taken, disk = (statistics.median(one) for one in zip(*pairs, strict=True))
    return {"save": taken, "sync": disk, "processor": processor, "peak": peak()}


def rerun() -> dict[str, float]:
    """Milliseconds of processor of a rerun of the national view and of an empty page, both by AppTest."""
    from streamlit.testing.v1 import AppTest

    from impact.settings import ROOT
    from impact.ui import identity
    from tests.bench.serving import signed_in

    token = signed_in(Path(current().url.removeprefix("sqlite:///"))).partition("=")[2]
    identity.token = lambda: token

    def taken(page: AppTest) -> float:
        begin = time.process_time()
        page.run()
        assert not page.exception
        return 1000 * (time.process_time() - begin)

    pages = [
        AppTest.from_file(str(ROOT / "pages" / "vue_nationale.py"), default_timeout=60).run(),
        AppTest.from_string("import streamlit as st\nst.title('Vide')").run(),
    ]
    pairs = [[taken(page) for page in pages] for _ in range(25)]  # in turn: each finds what the other left
    full, empty = (statistics.median(one) for one in zip(*pairs[5:], strict=True))
    return {"page": full, "empty": empty, "peak": peak()}


MEASURES = {work.__name__: work for work in (national, region, chantier, export, saving, rerun)}

if __name__ == "__main__":
    collecting.resume()  # as in app.py
    print(json.dumps(MEASURES[sys.argv[1]]()))
