"""The real product in a process of its own, and what a browser did with it."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import httpx2 as httpx
from playwright.sync_api import BrowserContext, Page, TimeoutError, expect

from impact.settings import ROOT
from tests import cast


@dataclass(frozen=True)
class Server:
    """A running server. `env` is the environment that it and its commands see."""

    url: str
    env: dict[str, str]
    log: Path
    process: subprocess.Popen[bytes]

    def command(self, *words: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """Run `python -m impact ...` on the server's database."""
        return subprocess.run(
            [sys.executable, "-m", "impact", *words],
            cwd=ROOT,
            env=self.env,
            input=stdin,
            capture_output=True,
            text=True,
        )

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(folder: Path, database_url: str, port: int) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("IMPACT_", "STREAMLIT_"))}
    return kept | {
        "IMPACT_DATABASE_URL": database_url,
        "IMPACT_KEY_FILE": str(folder / "history.key"),
        "IMPACT_TODAY": cast.TODAY.isoformat(),
        "IMPACT_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "STREAMLIT_SERVER_ADDRESS": "127.0.0.1",
        "STREAMLIT_SERVER_PORT": str(port),
        "PYTHONUNBUFFERED": "1",
    }


@contextmanager
def serving(folder: Path, database_url: str, command: Sequence[str] = ("app.py",), **more: str) -> Iterator[Server]:
    """Start the product on a database and a free port; stop it by its own id at the end.

    command: what follows `python`; {port} in it is the port. more: further environment variables.
    """
    port = free_port()
    env = environment(folder, database_url, port) | more
    log = folder / f"server-{port}.log"
    words = [word.format(port=port) for word in command]
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, *words], cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=output, stderr=output
        )
    server = Server(f"http://127.0.0.1:{port}", env, log, process)
    try:
        wait_until_healthy(server)
        yield server
    finally:
        stop(process)


def wait_until_healthy(server: Server, seconds: int = 60) -> None:
    for _ in range(seconds * 10):
        try:
            if httpx.get(f"{server.url}/healthz", trust_env=False).status_code == httpx.codes.OK:
                return
        except httpx.TransportError:
            pass  # not listening yet
        try:
            code = server.process.wait(timeout=0.1)
        except subprocess.TimeoutExpired:
            continue
        raise AssertionError(f"the server ended with {code}:\n{server.said()}")
    raise AssertionError(f"the server is not healthy after {seconds} s:\n{server.said()}")


def stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


@dataclass
class Watch:
    """What must not happen in a browser: errors in its console, requests to other hosts.

    expected: patterns of console errors that a test provokes on purpose.
    """

    host: str
    errors: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def follow(self, context: BrowserContext) -> None:
        context.on("console", lambda message: self._heard(message.text) if message.type == "error" else None)
        context.on("weberror", lambda error: self._heard(str(error.error)))
        context.on("request", lambda request: self._asked(request.url))

    def _heard(self, text: str) -> None:
        self.errors.append(text)

    def _asked(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob") and parts.netloc != self.host:
            self.strangers.append(url)

    def verify(self) -> None:
        left = [text for text in self.errors if not any(re.search(pattern, text) for pattern in self.expected)]
        assert left == [], "errors in the browser's console"
        assert self.strangers == [], "requests to other hosts"


def settled(page: Page) -> Page:
    """Wait until Streamlit has drawn the page and no script runs."""
    expect(page.locator("[data-testid=stApp][data-test-script-state=notRunning]")).to_be_visible(timeout=30_000)
    expect(page.locator("[data-testid=stSkeleton]")).to_have_count(0, timeout=30_000)
    return page


def acted(page: Page) -> Page:
    """After a click, or a field that was left: the run that it causes was seen to begin, or is too quick to be seen."""
    with suppress(TimeoutError):
        page.locator("[data-testid=stApp][data-test-script-state=running]").wait_for(timeout=1_500)
    return settled(page)


def sign_in(page: Page, server: Server, email: str, password: str = cast.PASSWORD, path: str = "/") -> Page:
    """Sign in through the form at /connexion, as a person does, then open a page."""
    page.goto(f"{server.url}/connexion")
    page.locator("input[type=email], input[name=email]").first.fill(email)
    page.locator("input[type=password]").first.fill(password)
    page.locator("button[type=submit], input[type=submit]").first.click()
    page.wait_for_url(lambda url: "/connexion" not in url)
    if path != "/":
        page.goto(server.url + path)
    return settled(page)


def search(page: Page, key: str, option: str) -> None:
    """An option of a list that is too long to be drawn whole."""
    box = page.locator(f".st-key-{key} input").first
    box.scroll_into_view_if_needed()  # a list that opens while the page scrolls closes again
    box.press_sequentially(option)
    page.get_by_role("option", name=option).first.click()
    acted(page)


def pick(page: Page, key: str, option: str) -> None:
    """An option of a list. One that opens while the page is drawn anew closes again: it is then opened once more."""
    for _ in range(5):
        page.locator(f".st-key-{key} input").first.focus()
        page.keyboard.press("ArrowDown")
        with suppress(TimeoutError):
            page.get_by_role("option", name=option).first.click(timeout=4_000)
            acted(page)
            return
        page.keyboard.press("Escape")
    raise AssertionError(f"« {option} » never showed in {key}")
