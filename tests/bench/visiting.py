"""A person's first visit in a real browser: what travels, and how long until the map and the chart are drawn."""

import shutil
import statistics
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, sync_playwright

from tests.bench.measure import Line
from tests.bench.serving import ADDRESS, served, signed_in

SCREENS = {
    "vue_nationale": """() => document.querySelectorAll('.choroplethlayer path').length > 10
        && document.querySelector('.st-key-evolution_graphique .trace') && performance.now()""",
    "accueil": "() => document.querySelector('.imp-key') && document.querySelector('.imp-foot') && performance.now()",
    "accessibilite": "() => document.querySelector('.imp-foot') && performance.now()",
}
"""What tells that each is drawn. People arrive on `accueil`; the last draws next to nothing."""
SMALLEST = 1_000
"""Bytes below which nothing is compressed."""
TEXTS = ("javascript", "css", "html", "json", "svg")
TIMES = 4
OPENING = 1_500
"""ms for the browser to be done with its own new tab, whose hundred files would share the processors with the page."""


@dataclass
class Visit:
    """ms: from the asking to the drawn page; busy: of them, the page's own thread. Megabytes over the wire, and told
    through the socket. bare: addresses of texts that travelled uncompressed.
    """

    ms: float = 0
    busy: float = 0
    sent: float = 0
    told: float = 0
    bare: list[str] = field(default_factory=list)

    def received(self, event: dict[str, Any]) -> None:
        answer = event["response"]
        headers = {name.lower(): value for name, value in answer["headers"].items()}
        text = answer["url"].startswith("http") and any(kind in answer["mimeType"] for kind in TEXTS)
        if text and "content-encoding" not in headers and int(headers.get("content-length", SMALLEST)) >= SMALLEST:
            self.bare.append(answer["url"])

    def finished(self, event: dict[str, Any]) -> None:
        self.sent += event["encodedDataLength"] / 1e6

    def framed(self, event: dict[str, Any]) -> None:
        self.told += 3 / 4 * len(event["response"]["payloadData"]) / 1e6  # in base 64


def visit(context: BrowserContext, screen: str = "vue_nationale") -> Visit:
    """Open a screen in a new tab, and close it."""
    page, seen = context.new_page(), Visit()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.send("Performance.enable")
    wire.on("Network.responseReceived", seen.received)
    wire.on("Network.loadingFinished", seen.finished)
    wire.on("Network.webSocketFrameReceived", seen.framed)
    page.wait_for_timeout(OPENING)
    page.goto(f"http://{ADDRESS}/{screen}", wait_until="commit")
    seen.ms = page.wait_for_function(SCREENS[screen], timeout=60_000).json_value()
    metrics = {one["name"]: one["value"] for one in wire.send("Performance.getMetrics")["metrics"]}
    seen.busy = 1000 * metrics["ThreadTime"]
    page.close()
    return seen


def entered(browser: Browser, cookie: str) -> BrowserContext:
    """A browser that was never here, signed in."""
    context = browser.new_context(locale="fr-FR", viewport={"width": 1366, "height": 900})
    name, value = cookie.split("=", 1)
    context.add_cookies([{"name": name, "value": value, "url": f"http://{ADDRESS}"}])
    return context


def visits(path: Path, chromium: str) -> dict[str, list[Visit]]:
    """cold: browsers that were never here, the first of them on a server that never was visited. warm: they come back.
    home cold, home warm: the same where people arrive. bare: to a screen that draws next to nothing.
    """
    found: dict[str, list[Visit]] = {name: [] for name in ("cold", "warm", "home cold", "home warm", "bare")}
    with served(path), sync_playwright() as driver:
        cookie = signed_in(path)
        for _ in range(TIMES):
            browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            context = entered(browser, cookie)
            found["cold"].append(visit(context))
            visit(context)  # fills what the first left to fetch
            found["warm"].append(visit(context))
            found["bare"].append(visit(context, "accessibilite"))
            browser.close()
        for _ in range(TIMES):
            browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            context = entered(browser, cookie)
            found["home cold"].append(visit(context, "accueil"))
            visit(context, "accueil")
            found["home warm"].append(visit(context, "accueil"))
            browser.close()
    return found


def median(seen: list[Visit], what: str) -> float:
    return statistics.median(getattr(one, what) for one in seen)


def visiting(paths: dict[str, Path]) -> Iterator[Line]:
    """The smallest network: what is drawn does not depend on its size."""
    chromium = shutil.which("chromium")
    if chromium is None:
        print("Chromium n’est pas installé : les premières visites sont sautées.")
        return
    found = visits(next(iter(paths.values())), chromium)
    first, cold, warm, bare = found["cold"][0], found["cold"][1:], found["warm"], found["bare"]
    yield Line("accueil dessiné, profil neuf", median(found["home cold"], "ms"), "ms", 2_500)
    yield Line("accueil dessiné, profil connu", median(found["home warm"], "ms"), "ms", 1_000)
    yield Line("vue nationale dessinée, première visite du serveur", first.ms, "ms")
    yield Line("vue nationale dessinée, profil neuf", median(cold, "ms"), "ms", 2_500)
    yield Line("vue nationale dessinée, profil connu", median(warm, "ms"), "ms", 1_000)
    yield Line("dont travail du navigateur lui-même", median(warm, "busy"), "ms")
    yield Line("profil connu, contre une page presque vide", median(warm, "ms") / median(bare, "ms"), "x")
    yield Line("première visite : fichiers, compressés", first.sent, "Mo")
    yield Line("première visite : textes non compressés", len(first.bare), "fichiers", 0)
    yield Line("profil connu : fichiers", median(warm, "sent"), "Mo")
    yield Line("ce que le serveur dit par le WebSocket", first.told, "Mo")
