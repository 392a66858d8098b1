"""Streamlit's options: the project's file whichever way the server starts, and those that must hold."""

import logging
import os
from collections.abc import Mapping
from urllib.parse import urlsplit

from streamlit import config

from impact.errors import BadSettings
from impact.settings import ROOT, Settings

_LOG = logging.getLogger(__name__)

MUST_HOLD = {
    "browser.gatherUsageStats": False,
    "client.showErrorDetails": "none",
    "client.toolbarMode": "minimal",
    "global.developmentMode": False,
    "runner.magicEnabled": False,
    "server.enableAgentApi": False,
    "server.enableStaticServing": False,
    "server.enableXsrfProtection": True,
    "server.fileWatcherType": "none",
    "server.maxUploadSize": 21,
    "server.trustedUserHeaders": {"x-impact-account": "account"},
}
"""What privacy and security rest on: neither a flag nor a file of the current directory may change it."""


def anchor() -> None:
    """Make .streamlit/config.toml beside app.py the one that counts, from any working directory.

    `streamlit run` does the same for its script; under uvicorn, Streamlit would look beside impact/ui/main.py.
    """
    if config._main_script_path is None:
        config._main_script_path = str(ROOT / "app.py")


def address_and_port(env: Mapping[str, str] | None = None) -> dict[str, str | int]:
    """Options from STREAMLIT_SERVER_ADDRESS and STREAMLIT_SERVER_PORT: only `streamlit run` reads them by itself."""
    env = os.environ if env is None else env
    found: dict[str, str | int] = {}
    if address := env.get("STREAMLIT_SERVER_ADDRESS", "").strip():
        found["server.address"] = address
    if port := env.get("STREAMLIT_SERVER_PORT", "").strip():
        if not port.isdecimal() or not 0 < int(port) < 2**16:
            raise BadSettings(f"STREAMLIT_SERVER_PORT : attendu un numéro de port, reçu « {port} ».")
        found["server.port"] = int(port)
    return found


def enforce() -> None:
    """Set what must hold, and the name under which the product is reached.

    Without that name, Streamlit compares a socket's origin with this machine's public address, which it asks of a
    server elsewhere.
    """
    config.set_option("browser.serverAddress", urlsplit(Settings.from_env().public_url).hostname)
    for name, value in MUST_HOLD.items():
        if config.get_option(name) != value:
            _LOG.warning("Option %s remise à %s", name, value)
            config.set_option(name, value)
