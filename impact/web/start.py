"""What happens before the first visit, whichever command starts the server."""

import logging
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio import to_thread
from sqlalchemy.exc import DatabaseError, DBAPIError
from streamlit import App

from impact import migrations, reference
from impact.causes import cause
from impact.db import current, transaction
from impact.errors import BadSettings
from impact.queries.history import require_key
from impact.services import offers, readings, rollup, setup, stages
from impact.settings import Settings
from impact.web import ahead, daily, document, options, sockets


def check_settings() -> None:
    """Leave at once, with one sentence, when the environment is nonsense."""
    try:
        Settings.from_env()
        options.address_and_port()
        document.document()
    except BadSettings as error:
        sys.exit(f"Le serveur ne démarre pas. {error}")


def prepare() -> None:
    """Bring the schema and the reference data up to date; print the setup code while there is no account."""
    settings = Settings.from_env()
    _reach_database(settings)
    if not migrations.is_current(current()):
        migrations.upgrade(current())
    with transaction() as session:
        require_key(session)
        reference.load(session)
        readings.settle(session)
        rollup.keep_up(session)
        stages.settle_all(session)
        offers.erase_due(session)
        code = setup.renew_code(session)
    if code:
        print(_welcome(settings.public_url, code), flush=True)


def _reach_database(settings: Settings) -> None:
    """BadSettings, in words, when the machine does not let the database be opened."""
    try:
        if settings.sqlite_path:
            settings.sqlite_path.parent.mkdir(parents=True, exist_ok=True)
        current().writer.connect().close()
    except OSError as error:
        raise BadSettings(f"« {error.filename} » n’est pas accessible ({error.strerror}).") from error
    except DatabaseError as error:
        said = cause(error) or str(error.orig).splitlines()[0]
        raise BadSettings(f"La base de données ne s’ouvre pas : vérifiez IMPACT_DATABASE_URL ({said}).") from error


def _refusal(error: Exception) -> str:
    """One sentence where the settings or the machine are at fault; '' for a bug, whose traceback is then wanted."""
    if isinstance(error, BadSettings):
        return str(error)
    words = cause(error)
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def _welcome(url: str, code: str) -> str:
    return f"\n  Première installation : ouvrez {url}/installation\n  et saisissez le code d’installation : {code}\n"


@asynccontextmanager
async def lifespan(app: App) -> AsyncIterator[None]:
    options.enforce()
    try:
        await to_thread.run_sync(prepare)
    except (BadSettings, OSError, DBAPIError) as error:
        if not (said := _refusal(error)):
            raise
        print(f"Le serveur ne démarre pas. {said}", file=sys.stderr, flush=True)
        # The sentence says it all; uvicorn would add pages of traceback to it.
        logging.getLogger("uvicorn.error").addFilter(lambda record: "Traceback" not in record.getMessage())
        raise
    ahead.keep()
    sockets.answer_at_once()
    async with daily.running():
        yield
