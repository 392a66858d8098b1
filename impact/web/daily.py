"""What the server does by itself, once an hour: erase what was kept long enough, and send the day's digests.

A task that sleeps; its work is done in a thread that is there for a moment. Several servers, or a server and cron, may
do the same at once: claims keep them apart (services.notices).
"""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date

import anyio
from anyio import to_thread

from impact import clock
from impact.db import reading, transaction
from impact.errors import ImpactError
from impact.formats import PARIS
from impact.incidents import report
from impact.services import offers, setup
from impact.settings import Settings

FIRST, EVERY = 60.0, 3_600.0
"""Seconds: after the start, and from then on."""
EARLIEST = 7
"""No digest leaves before this hour, in Paris."""
_LOG = logging.getLogger(__name__)
_done: set[date] = set()
"""Days of which this process has seen the round through."""


@asynccontextmanager
async def running() -> AsyncIterator[None]:
    """Inside, soon after the start and then an hour apart, until the server stops."""
    async with anyio.create_task_group() as group:
        group.start_soon(_turn)
        try:
            yield
        finally:
            group.cancel_scope.cancel()


async def _turn() -> None:
    await anyio.sleep(FIRST)
    while True:
        await to_thread.run_sync(round_of_the_hour)
        await anyio.sleep(EVERY)


def round_of_the_hour() -> None:
    """Raises nothing: what goes wrong is logged, and tried again an hour later."""
    try:
        _erase()
        _send()
    except ImpactError as error:
        _LOG.warning("Courriels du jour : %s", error)
    except Exception as error:
        report(error, "courriels du jour")


def _erase() -> None:
    with reading() as session:
        due = offers.is_due(session)
    if due:
        with transaction() as session:
            offers.erase_due(session)


def _send() -> None:
    if Settings.from_env().mail is None or clock.real_now().astimezone(PARIS).hour < EARLIEST:
        return
    from impact.maintenance import digests  # with a server of e-mail only

    with reading() as session:
        day, fictitious = clock.today(session), setup.is_demonstration(session)
    if day in _done or fictitious:
        return
    for one in digests.send_all():
        if one.failure:
            _LOG.warning("Courriel du jour à %s : %s", one.email, one.failure)
    _done.add(day)
