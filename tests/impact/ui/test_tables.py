import re

from markupsafe import Markup

from impact.ui import legend, tables
from impact.ui.tables import Column, table

HOSTILE = '<script>alert("x")</script>'


def cells(html: str, tag: str = "td") -> list[str]:
    return re.findall(rf"<{tag}[^>]*>(.*?)</{tag}>", html)


def test_every_text_of_a_table_is_escaped() -> None:
    html = table([Column("a", HOSTILE), Column("b", "B", html=True)], [{"a": HOSTILE, "b": HOSTILE}], HOSTILE)
    assert "<script" not in html
    assert html.count("&lt;script&gt;") == 5


def test_markup_passes_only_where_the_column_says_so() -> None:
    made = tables.strong("68 %")
    html = table([Column("a", "A"), Column("b", "B", html=True)], [{"a": made, "b": made}], "Essai")
    assert cells(html) == ["&lt;strong&gt;68 %&lt;/strong&gt;", "<strong>68 %</strong>"]


def test_a_table_has_its_caption_and_the_scope_of_its_headers() -> None:
    html = table(
        [Column("r", "Région", row_header=True), Column("v", "Valeur", "right")], [{"r": "Corse", "v": 3}], "Valeurs"
    )
    assert '<caption class="imp-hidden">Valeurs</caption>' in html
    assert '<th scope="row">Corse</th><td class="imp-right">3</td>' in html
    assert re.findall(r'<th scope="col"[^>]*>(.*?)</th>', html) == ["Région", "Valeur"]


def test_a_wide_table_scrolls_in_itself_and_the_keyboard_reaches_it() -> None:
    assert '<div class="imp-scroll" role="region" aria-label="Valeurs" tabindex="0">' in table([], [], "Valeurs")


def test_what_is_not_known_is_an_empty_cell_and_zero_is_zero() -> None:
    assert cells(table([Column("a", "A"), Column("b", "B"), Column("c", "C")], [{"a": None, "c": 0}], "t")) == [
        "",
        "",
        "0",
    ]


def test_a_header_may_be_short_on_a_phone_or_said_to_screen_readers_alone() -> None:
    html = table(
        [Column("a", "Innovation sociale", short="INN", chantier="INN"), Column("b", "Rang", quiet=True)], [], "t"
    )
    assert '<span class="imp-full">Innovation sociale</span><span class="imp-short">INN</span>' in html
    assert 'class="imp-inn imp-tone-inn"' in html
    assert '<span class="imp-hidden">Rang</span>' in html


def test_secondary_columns_are_hidden_on_a_phone_header_and_cells_alike() -> None:
    assert table([Column("a", "A", secondary=True)], [{"a": 1}], "t").count('class="imp-wide"') == 2


def test_links_keep_to_this_window_and_their_address_cannot_break_out() -> None:
    assert tables.link('region?x="><b>', "Corse <3") == (
        '<a href="region?x=&#34;&gt;&lt;b&gt;" target="_self">Corse &lt;3</a>'
    )


def test_a_sign_is_for_the_eye_and_its_word_for_everybody() -> None:
    html = tables.sign("▲", "à surveiller")
    assert html.endswith('<span class="imp-sign" aria-hidden="true">▲</span>à surveiller</span>')


def test_a_bar_is_drawn_clipped_and_keeps_its_marks() -> None:
    html = tables.bar(1.4, tick=-0.2, expected=0.74, tone="FOR")
    assert re.findall(r"(?:width|left):([\d.]+)%", html) == ["100.0", "0.0", "74.0"]
    assert "imp-for" in html
    assert html.count("imp-bar-tick") == 2
    assert "imp-bar-tick" not in tables.bar(0.2)


def test_a_bar_without_a_value_is_an_empty_track() -> None:
    assert 'style="width:0.0%"' in tables.bar(None)


def test_partial_and_provisional_bars_differ_without_colour() -> None:
    assert "imp-bar-hatched" in tables.bar(0.2, hatched=True)
    assert "imp-bar-light" in tables.bar(0.2, provisional=True)


def test_two_lines_take_texts_and_markup() -> None:
    assert tables.two_lines(tables.strong("<"), "8/9") == Markup(
        '<strong>&lt;</strong><span class="imp-under">8/9</span>'
    )


def test_the_legend_of_the_map_names_its_classes_and_what_has_none() -> None:
    assert legend.progress("non classée").count("<li>") == 7
    assert "non classée" not in legend.progress()
    assert all(f"F{level}" in legend.proof() for level in range(5))
