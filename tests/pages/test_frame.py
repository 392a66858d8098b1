"""The frame around every page, drawn by the main script."""

import pytest
from streamlit.testing.v1 import AppTest

from impact.db import Database
from impact.settings import ROOT
from tests.cast import REMI
from tests.pages.opened import become, checked, texts


@pytest.mark.parametrize("page", ["accueil", "comptes"])
def test_every_page_ends_with_the_legal_texts_even_one_that_refuses_its_reader(
    sqlite_db: Database, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    become(monkeypatch, REMI)
    seen = AppTest.from_file(str(ROOT / "impact" / "ui" / "main.py"), default_timeout=20)
    checked(seen.switch_page(f"../../pages/{page}.py").run())
    assert ("Écran réservé" in texts(seen)) == (page == "comptes")
    assert '<footer class="imp-foot">' in texts(seen)
