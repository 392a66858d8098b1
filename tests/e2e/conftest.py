"""Fixtures of the stories told in a real browser: a server, Debian's Chromium, and people who sign in."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from impact.permissions import Actor
from tests import databases
from tests.e2e import product

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
]


@pytest.fixture
def server(sqlite_mould: databases.SqliteMould, tmp_path: Path) -> Iterator[product.Server]:
    """The product on a furnished database of its own: the cast, their mobilisations, no figure yet."""
    with product.serving(tmp_path, sqlite_mould.copy_to(tmp_path / "impact.db")) as running:
        yield running


@pytest.fixture
def empty_server(tmp_path: Path) -> Iterator[product.Server]:
    """The product on a machine where it has never run."""
    with product.serving(tmp_path, f"sqlite:///{tmp_path / 'impact.db'}") as running:
        yield running


@pytest.fixture(scope="module")
def demo_server(
    demo_mould: databases.Demonstration, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[product.Server]:
    """The product on the demonstration; shared by the tests of one file, which therefore only look."""
    own = demo_mould.copy_to(tmp_path_factory.mktemp("demo"))
    with product.serving(own.folder, own.url, IMPACT_TODAY="", IMPACT_KEY_FILE=str(own.key)) as running:
        yield running


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    """One per file: while it runs, its event loop stands in the way of other tests' asyncio.run()."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Iterator[Browser]:
    executable = shutil.which("chromium") or shutil.which("chromium-browser")
    if executable is None:
        databases.missing("Chromium")
    with playwright.chromium.launch(executable_path=executable, args=CHROMIUM_FLAGS) as started:
        yield started


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[OpenPage]:
    """open_page(server, path="/", width=1440, height=900, dark=False, expected=()) in a new, watched browser profile.

    expected: patterns of console errors that the test provokes on purpose.
    """
    with ExitStack() as profiles:
        watches: list[product.Watch] = []

        def opened(
            server: product.Server, path: str = "", *, width: int = 1440, height: int = 900, dark: bool = False,
            expected: tuple[str, ...] = (),
        ) -> Page:  # fmt: skip
            context = profiles.enter_context(
                browser.new_context(
                    locale="fr-FR",
                    timezone_id="Europe/Paris",
                    viewport={"width": width, "height": height},
                    color_scheme="dark" if dark else "light",
                    reduced_motion="reduce",
                )
            )
            watch = product.Watch(server.url.removeprefix("http://"), expected=list(expected))
            watch.follow(context)
            watches.append(watch)
            page = context.new_page()
            if path:
                page.goto(server.url + path)
            return page

        yield opened
        for watch in watches:
            watch.verify()


@pytest.fixture
def page_as(server: product.Server, open_page: OpenPage) -> OpenPage:
    """page_as(person, path="/", **as open_page): a page where that person has signed in through /connexion."""

    def signed_in(person: Actor, path: str = "/", **how: object) -> Page:
        return product.sign_in(open_page(server, **how), server, person.email, path=path)

    return signed_in


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
