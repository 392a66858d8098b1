"""Headers of every answer, Streamlit's page in French, health, and what is said of errors."""

import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from impact import web
from impact.charts import geography
from impact.errors import Forbidden, ImpactError, NotFound, Refused
from impact.settings import ROOT
from impact.web import document, packed, plain
from tests.cast import CLAIRE
from tests.impact.web.conftest import Visit


@pytest.mark.parametrize("path", ["/", "/connexion", "/media/x", "/healthz", "/inconnu", "/static/js/x.js"])
def test_every_answer_carries_the_security_headers(visit: Visit, path: str) -> None:
    for client in (visit(), visit(CLAIRE)):
        headers = client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "same-origin"
        assert "camera=()" in headers["permissions-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert "strict-transport-security" not in headers


def test_private_pages_are_never_stored(visit: Visit) -> None:
    for path in ("/", "/media/x", "/mot-de-passe", "/connexion"):
        assert visit(CLAIRE).get(path).headers["cache-control"] == "no-store"


def test_browsers_are_told_to_stay_on_tls(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IMPACT_PUBLIC_URL", "https://impact.example.org")
    assert visit().get("/connexion").headers["strict-transport-security"] == "max-age=31536000"


class Scripts(HTMLParser):
    """The text of each inline script, as a browser reads it."""

    def __init__(self) -> None:
        super().__init__()
        self.inline: list[str] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = tag == "script" and "src" not in dict(attrs)

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.inline.append(data)
            self.inside = False


def test_the_policy_allows_the_inline_script_of_the_page_and_no_other(visit: Visit) -> None:
    answer = visit(CLAIRE).get("/")
    scripts = Scripts()
    scripts.feed(answer.text)
    expected = {base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in scripts.inline}
    policy = answer.headers["content-security-policy"]
    assert expected
    assert set(re.findall(r"'sha256-([^']+)'", policy)) == expected
    assert "'unsafe-inline'" not in policy.partition("script-src")[2].partition(";")[0]
    assert "'unsafe-eval'" not in policy


def test_the_page_is_french_and_names_nothing_outside_the_server(visit: Visit) -> None:
    html = visit(CLAIRE).get("/").text
    assert '<html lang="fr">' in html
    assert "<title>Une Région, un Chantier</title>" in html
    assert "agent" not in html
    assert re.findall(r"https?://", html) == []


def test_a_changed_streamlit_is_noticed_at_start() -> None:
    with pytest.raises(Exception, match="Cette version de Streamlit n’est pas celle attendue"):
        document.french("<html></html>")


def test_the_servers_own_pages_run_no_script_and_name_nothing_outside(visit: Visit) -> None:
    for path in sorted((Path(plain.HERE) / "templates").glob("*.html")):
        assert "<script" not in path.read_text("utf-8")
    answer = visit().get("/connexion")
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert re.findall(r"https?://", answer.text + visit().get("/connexion/apparence/style.css").text) == []


def test_the_style_sheet_names_fonts_that_are_there(visit: Visit) -> None:
    sheet = visit().get("/connexion/apparence/style.css")
    fonts = re.findall(r'url\("/static/media/([^"]+)"\)', sheet.text)
    assert len(fonts) == 2
    assert all((document.INDEX.parent / "static" / "media" / name).is_file() for name in fonts)
    assert visit().get("/connexion/apparence/icone.svg").headers["content-type"] == "image/svg+xml"
    assert visit().get(document.SCRIPT).headers["content-type"].startswith("text/javascript")


def test_every_screen_has_its_address_and_the_home_page_only_one(visit: Visit) -> None:
    client = visit(CLAIRE)
    for path in (ROOT / "pages").glob("*.py"):
        answer = client.get(f"/{path.stem}?a=1")
        if path.stem == document.HOME:
            assert answer.headers["location"] == "/?a=1"
        else:
            assert '<html lang="fr">' in answer.text


def test_an_unknown_address_is_said_so_in_french(visit: Visit) -> None:
    for path in ("/inconnu", "/region/x", "/index.html"):
        answer = visit(CLAIRE).get(path)
        assert answer.status_code == 404
        assert "Cette page n’existe pas" in answer.text


def test_large_answers_are_compressed(server: Starlette, visit: Visit) -> None:
    answer = visit(CLAIRE).get("/", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["vary"] == "Accept-Encoding"


def test_streamlits_scripts_are_compressed_once_and_kept_by_browsers(visit: Visit) -> None:
    address, path = next(iter(packed.FILES.items()))
    for _ in range(2):
        answer = visit().get(address, headers={"Accept-Encoding": "gzip"})
        assert answer.headers["content-encoding"] == "gzip"
        assert "immutable" in answer.headers["cache-control"]
        assert answer.content == path.read_bytes()
    assert visit().get(address, headers={"Accept-Encoding": "identity"}).text == "Streamlit"


def test_screens_with_charts_ask_at_once_for_what_draws_them(visit: Visit) -> None:
    for screen, asked in (("vue_nationale", True), ("saisie", False)):
        html = visit(CLAIRE).get(f"/{screen}").text
        assert (
            len(re.findall(r'modulepreload" crossorigin fetchpriority="low" href="/static/js/PlotlyChart', html))
            == asked
        )
        addresses = [f"/static/js/{name}" for name in re.findall(r'modulepreload".*?/static/js/(.*?)"', html)]
        assert len(addresses) == len(set(addresses))
        assert set(addresses) <= set(packed.FILES)
    assert {path.stem for path in (ROOT / "pages").glob("*.py")} >= document.WITH_CHARTS


def test_the_map_s_outlines_are_asked_for_at_once_and_kept(visit: Visit) -> None:
    assert geography.load().shapes in visit(CLAIRE).get("/vue_nationale").text
    answer = visit().get(geography.load().shapes)
    assert "immutable" in answer.headers["cache-control"]
    assert {one["properties"]["code"] for one in answer.json()["features"]} == set(geography.load().names)


def test_health_says_whether_the_database_answers(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    well = visit().get("/healthz")
    assert (well.status_code, well.json()) == (200, {"status": "ok", "database": "ok"})
    monkeypatch.setenv("IMPACT_DATABASE_URL", "sqlite:////nowhere/at/all.db")
    ill = visit().get("/healthz")
    assert (ill.status_code, ill.json()["database"]) == (503, "injoignable")


@pytest.mark.parametrize(("refusal", "status"), [(NotFound, 404), (Forbidden, 403), (Refused, 400)])
def test_what_a_route_refuses_is_said_in_words(refusal: type[ImpactError], status: int) -> None:
    def refusing(request: Request) -> Response:
        raise refusal("Ce fichier n’est pas pour vous.")

    app = Starlette(routes=[Route("/x", refusing)], exception_handlers=web.exception_handlers)
    answer = TestClient(app).get("/x")
    assert answer.status_code == status
    assert "Ce fichier n’est pas pour vous." in answer.text


def test_a_bug_shows_its_number_and_no_more(caplog: pytest.LogCaptureFixture) -> None:
    def broken(request: Request) -> Response:
        raise RuntimeError("le secret de la base")

    app = Starlette(routes=[Route("/x", broken)], exception_handlers=web.exception_handlers)
    answer = TestClient(app, raise_server_exceptions=False).get("/x")
    number = re.search(r"Incident n° ([0-9A-F]{8})", answer.text)
    assert answer.status_code == 500
    assert number
    assert "secret" not in answer.text
    assert number[1] in caplog.text
    assert "le secret de la base" in caplog.text


def test_what_the_machine_lacks_is_said_beside_the_number(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IMPACT_DATABASE_URL", "postgresql://u:secret@127.0.0.1:1/x")
    answer = visit().get("/connexion")
    assert answer.status_code == 503
    assert "La base de données ne répond pas" in answer.text
    assert re.search(r"Incident n° [0-9A-F]{8}", answer.text)
    assert "secret" not in answer.text


def test_what_no_person_asks_is_refused_in_french(visit: Visit) -> None:
    app = Starlette(routes=[Route("/x", plain.lost)], exception_handlers=web.exception_handlers)
    answer = TestClient(app).delete("/x")
    assert (answer.status_code, answer.text) == (405, "Cette adresse ne se demande pas ainsi.")
    assert "GET" in answer.headers["allow"]
    assert TestClient(app).get("/y").text == "Introuvable."
    assert visit().post("/connexion", content=b"&".join([b"a=1"] * 60)).text == "Requête illisible."
