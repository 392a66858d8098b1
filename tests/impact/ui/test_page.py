import pytest
from streamlit.testing.v1 import AppTest

from impact.ui import page
from impact.ui.page import key_figure
from impact.vocabulary import CellState, Status


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("Midi-Pyrénées : langage", "Midi-Pyrénées : langage"),
        ("5 * 3 _ $x$", r"5 \* 3 \_ \$x\$"),
        (":red[x] :material/home:", r"\:red\[x\] \:material/home:"),
        ("[lien](http://x)", r"\[lien\](http\://x)".replace(r"http\:", "http:")),
    ],
)
def test_data_cannot_speak_markdown(text: str, safe: str) -> None:
    assert page.plain(text) == safe


def test_french_signs_do_not_begin_a_line() -> None:
    assert page.typeset("du 1er : « oui » ; 3 %") == "du 1er\u202f: «\u202foui\u202f»\u202f; 3\u202f%"


def test_a_key_figure_is_escaped_and_has_its_unit_once() -> None:
    html = key_figure("<b>", "2,84", "M€", ("3 régions sur 3", "<i>")).html
    assert "&lt;b&gt;" in html
    assert "&lt;i&gt;" in html
    assert html.count("M€") == 1
    assert "<small>" not in key_figure("Total", "12").html


def test_states_are_a_sign_and_a_word() -> None:
    assert page.status_text(Status.VALIDATED) == "✓ validé"
    assert page.cell_text(CellState.MISSING) == "○ manquant"


def whole_page() -> None:
    import streamlit as st

    from impact.ui import page

    page.head("Vue *nationale*", "Chiffres <validés>.", demonstration=True)
    page.key_figures([page.key_figure("Total", "12", explanation=lambda place: st.write("Douze en tout."))])
    page.section("Rien *encore* <i>", "Une phrase.", "<p>Et la suite.</p>")
    page.empty("Les chiffres apparaîtront.", lambda: st.button("Saisir", key="essai_saisir"))
    page.foot(demonstration=True)


def test_a_page_has_its_head_its_figures_its_empty_state_and_its_foot() -> None:
    at = AppTest.from_function(whole_page).run()
    assert not at.exception
    html = " ".join(element.proto.body for element in at.get("html"))
    assert at.title[0].value == r"Vue \*nationale\*"
    assert "Démonstration, données fictives" in html
    assert "Chiffres &lt;validés&gt;." in html
    part = '<h2>Rien *encore* &lt;i&gt;</h2><p class="imp-note">Une phrase.</p><p>Et la suite.</p>'
    assert f'<div class="imp-section">{part}</div>' in [element.proto.body for element in at.get("html")]
    assert "Douze en tout." in [text.value for text in at.markdown]
    assert [button.label for button in at.button] == ["Saisir"]
    assert all(address in html for address in ("mentions_legales", "confidentialite", "accessibilite"))


def chart_page() -> None:
    import pandas as pd
    import plotly.graph_objects as go

    from impact.ui import charting, drawings

    data = pd.DataFrame({"periode": ["T1"], "valeur": [1.5]})
    charting.show(drawings.drawing("", go.Figure(), data, "Une courbe"), "essai")


def test_a_chart_comes_with_its_words_its_table_and_its_file() -> None:
    at = AppTest.from_function(chart_page).run()
    assert not at.get("html")  # what nobody looks at is not made
    at.session_state["essai_donnees"] = True
    at.run()
    assert not at.exception
    chart = at.get("plotly_chart")[0].proto
    assert chart.alt == "Une courbe"
    assert '"displayModeBar": false' in chart.config
    assert "topojsonURL" in chart.config
    assert "1,5" in at.get("html")[0].proto.body
    assert at.get("download_button")[0].proto.label == "Télécharger en CSV"
