"""Guarantees about code that does not exist yet: where it may stand, what it may import, what it may not use."""

import ast
import graphlib
import importlib
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from impact import vocabulary
from impact.permissions import REFUSALS, Right
from impact.settings import ROOT
from impact.vocabulary import LabelledEnum
from impact.workflow import TRANSITIONS, Step

LAYERS: dict[str, list[str]] = {
    "frame": ["app", "pages"],
    "faces": ["ui", "web", "cli", "__main__"],
    "beside every face": ["incidents", "collecting"],
    "the demonstration acts through services, upkeep checks their traces": ["demo", "maintenance"],
    "writes": ["services"],
    "reads": ["queries"],
    "database": ["db", "clock", "migrations", "reference", "keys", "causes", "documents", "mail"],
    "pure": [
        "aggregation", "progress", "quality", "proof", "rules", "permissions", "workflow", "locks", "charts", "exports",
        "imports", "world", "standing", "claims", "actions", "stages", "confrontation",
        "comparability", "digest", "presentation", "chain", "formats",
    ],
    "facts": ["figures", "models", "settings"],
    "words": ["vocabulary", "errors"],
}  # fmt: skip
"""Rooms from the roof down. A module imports from its own layer or from one below it."""

RANK = {room: rank for rank, rooms in enumerate(reversed(LAYERS.values())) for room in rooms}
PURE = LAYERS["pure"]
OUTSIDE_PURE = ("streamlit", "sqlalchemy", "sqlmodel", "impact.clock", "impact.db", "impact.settings", "os", "time")
READS_ITS_CONSTANTS = {"impact/charts/geography.py"}
"""Pure but for the outlines of the regions, which are constants of the product kept in data/geo."""
OUTSIDE_PAGES = ("pandas", "numpy", "sqlalchemy", "sqlmodel", "plotly", "impact.models", "impact.db")
BANNED = {
    "unsafe_allow_html": "data would run in the browser",
    "use_container_width": "outdated: width='stretch'",
    "number_input": "turns 12,5 into 125 in an English browser: text_input and formats.parse_number",
    "data_editor": "turns 77,25 into 7725 in an English browser",
}
GUARD = "impact.ui.guard"

MODULES = sorted(
    path
    for path in (*(ROOT / "impact").rglob("*.py"), *(ROOT / "pages").glob("*.py"), ROOT / "app.py")
    if "versions" not in path.parts
)
PAGES = [path for path in MODULES if path.parent.name == "pages"]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imported(path: Path) -> frozenset[str]:
    """Full names of what a module imports, wherever in it: `from impact import db` gives impact.db."""
    found: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)}: relative import"
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return frozenset(found)


def room(path: Path) -> str:
    """The room that a file stands in: app, pages, or the first name below impact/; '' for impact itself."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return parts[0] if parts[0] != "impact" else parts[1].replace("__init__", "")


def rooms_imported(path: Path) -> set[str]:
    found = {name.split(".")[1] for name in imported(path) if name.startswith("impact.")}
    return found - {room(path)}


def among(names: frozenset[str], forbidden: tuple[str, ...]) -> list[str]:
    return sorted(name for name in names if any(f"{name}.".startswith(f"{prefix}.") for prefix in forbidden))


def calls(path: Path) -> set[str]:
    return {ast.unparse(node.func) for node in ast.walk(tree(path)) if isinstance(node, ast.Call)}


def offenders(paths: list[Path], offence: Callable[[Path], object]) -> dict[str, object]:
    """What is wrong, by file; empty when nothing is."""
    return {name_of(path): found for path in paths if (found := offence(path))}


def test_every_module_stands_in_a_layer() -> None:
    assert {room(path) for path in MODULES} - {""} <= RANK.keys()


def test_arrows_go_down() -> None:
    def upward(path: Path) -> list[str]:
        return [other for other in rooms_imported(path) if RANK.get(other, 0) > RANK.get(room(path), -1)]

    assert offenders(MODULES, upward) == {}


def test_no_two_rooms_need_each_other() -> None:
    needs: dict[str, set[str]] = {}
    for path in MODULES:
        needs.setdefault(room(path), set()).update(rooms_imported(path))
    graphlib.TopologicalSorter(needs).prepare()  # raises CycleError, which names the circle


def test_streamlit_stays_under_the_roof() -> None:
    """Screens are drawn in app, pages and ui; web knows the server that Streamlit is, and draws nothing with it."""
    below = [path for path in MODULES if room(path) not in ("app", "pages", "ui", "web")]
    assert offenders(below, lambda path: among(imported(path), ("streamlit",))) == {}
    web = [path for path in MODULES if room(path) == "web"]
    assert offenders(web, lambda path: re.search(r"\bst\.", path.read_text(encoding="utf-8"))) == {}


def test_pure_modules_see_no_session_no_clock_and_no_files() -> None:
    pure = [path for path in MODULES if room(path) in PURE and name_of(path) not in READS_ITS_CONSTANTS]
    assert offenders(pure, lambda path: among(imported(path), OUTSIDE_PURE)) == {}
    assert offenders(pure, lambda path: calls(path) & {"datetime.now", "datetime.utcnow", "date.today", "open"}) == {}


def test_no_widget_or_option_that_is_known_to_harm() -> None:
    def used(path: Path) -> set[str]:
        nodes = list(ast.walk(tree(path)))
        words = {node.arg for node in nodes if isinstance(node, ast.keyword)}
        return (words | {node.attr for node in nodes if isinstance(node, ast.Attribute)}) & BANNED.keys()

    assert offenders(MODULES, used) == {}


def test_no_file_is_longer_than_one_sitting() -> None:
    assert offenders(MODULES, lambda path: len(path.read_text(encoding="utf-8").splitlines()) > 300) == {}


def test_no_function_is_longer_than_a_screen() -> None:
    def long(path: Path) -> list[str]:
        functions = [node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
        return [node.name for node in functions if (node.end_lineno or 0) - node.lineno >= 40]

    assert offenders(MODULES, long) == {}


def test_no_error_is_swallowed() -> None:
    def silent(path: Path) -> list[int]:
        return [
            node.lineno
            for node in ast.walk(tree(path))
            if isinstance(node, ast.ExceptHandler)
            and all(isinstance(step, ast.Pass) for step in node.body)
            and (node.type is None or ast.unparse(node.type) in ("Exception", "BaseException"))
        ]

    assert offenders(MODULES, silent) == {}


def test_pages_compute_and_query_nothing_themselves() -> None:
    assert offenders(PAGES, lambda path: among(imported(path), OUTSIDE_PAGES)) == {}


def test_the_first_statement_of_every_page_is_the_guard() -> None:
    assert offenders(PAGES, lambda path: not is_guard(first_statement(path), imported(path))) == {}


def first_statement(path: Path) -> ast.stmt:
    """The first that is neither an import nor the docstring."""
    body = [node for node in tree(path).body if not isinstance(node, ast.Import | ast.ImportFrom)]
    is_docstring = isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant)
    return body[1] if is_docstring else body[0]


def is_guard(statement: ast.stmt, names: frozenset[str]) -> bool:
    if not isinstance(statement, ast.Assign | ast.Expr) or not isinstance(statement.value, ast.Call):
        return False
    called = ast.unparse(statement.value.func)
    return (called == "require" and f"{GUARD}.require" in names) or (called == "guard.require" and GUARD in names)


def test_the_folder_pages_holds_only_pages_named_as_their_address() -> None:
    """Streamlit serves every file in it, before any navigation code has run."""
    assert PAGES
    assert {path for path in (ROOT / "pages").iterdir() if path.name != "__pycache__"} == set(PAGES)
    assert [path.stem for path in PAGES if not re.fullmatch(r"[a-z]+(_[a-z]+)*", path.stem)] == []


def closed_lists() -> Iterator[type[LabelledEnum]]:
    """Those of the vocabulary, and those that other modules declare."""
    for path in MODULES:
        classes = [node for node in ast.walk(tree(path)) if isinstance(node, ast.ClassDef)]
        for found in classes:
            if "LabelledEnum" in [ast.unparse(base).split(".")[-1] for base in found.bases]:
                module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
                yield getattr(module, found.name)


def test_every_member_of_a_closed_list_has_its_own_french_label() -> None:
    lists = list(closed_lists())
    assert vocabulary.Role in lists
    for words in lists:
        labels = [member.label for member in words]
        assert all(label.strip() for label in labels), words
        assert len(set(labels)) == len(labels), words


def test_every_state_has_a_sign_besides_its_word() -> None:
    assert vocabulary.STATUS_SIGNS.keys() == set(vocabulary.Status)
    assert vocabulary.CELL_SIGNS.keys() == set(vocabulary.CellState)
    assert vocabulary.STANCE_SIGNS.keys() == set(vocabulary.Stance)


def test_every_right_has_the_sentence_that_refuses_it() -> None:
    assert REFUSALS.keys() == set(Right)


def test_every_step_of_the_life_of_a_figure_is_a_transition() -> None:
    assert TRANSITIONS.keys() == set(Step)
