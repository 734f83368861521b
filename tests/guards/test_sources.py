"""Habits of the code no reader should have to watch: who commits, who writes a status, how long a file is."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from web.responses import SECRETS

ROOT = Path(__file__).resolve().parents[2]
SKIPPED = {".venv", ".git", "instance", "node_modules"}
# Folder, kind of file, its budget in lines. Twice the budget is where two nouns live in one file.
BUDGETS = [
    ("models", "*.py", 200),
    ("blueprints", "routes.py", 200),
    ("blueprints", "forms.py", 150),
    ("blueprints", "queries.py", 200),
    ("web", "*.py", 200),
    ("security", "*.py", 200),
    ("templates", "_*.html", 50),
    ("templates", "[!_]*.html", 80),
    ("static/js", "*.js", 60),
    ("static/css", "*.css", 250),
    ("tests", "*.py", 300),
]
VAGUE = re.compile(r"(utils?|helpers?|services?|managers?|handlers?|common|constants|misc)(_|\.|$)")


def sources(*folders: str) -> Iterator[Path]:
    """Our Python files, in these folders or everywhere."""
    for folder in folders or (".",):
        for path in (ROOT / folder).rglob("*.py"):
            if not SKIPPED & set(path.relative_to(ROOT).parts):
                yield path


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def writers(attribute: str) -> set[str]:
    """Files in which something is assigned to an attribute of this name."""
    return {
        named(path)
        for path in sources()
        if not named(path).startswith("tests/")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and node.attr == attribute and isinstance(node.ctx, ast.Store)
    }


def callers(method: str) -> set[str]:
    """Files in which a method of this name is called."""
    return {
        named(path)
        for path in sources()
        if not named(path).startswith(("tests/", "migrations/"))
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == method
    }


def test_only_one_place_commits() -> None:
    # The bench measures the bare statements, without the application around them.
    assert {name for name in callers("commit") if not name.startswith("bench/")} == {"transaction.py"}


def test_a_status_is_written_in_the_models_alone() -> None:
    outside = {name for name in writers("status") if not name.startswith("models/")}
    assert outside == set()


def test_only_the_configuration_reads_the_environment() -> None:
    readers = {
        named(path)
        for path in sources()
        if not named(path).startswith(("tests/", "scripts/", "bench/", "docs/"))
        and re.search(r"\bos\.(environ|getenv|putenv)|from os import (environ|getenv)", path.read_text("utf-8"))
    }
    assert readers == {"config.py"}


def test_models_know_nothing_of_the_web() -> None:
    web = {"flask", "flask_babel", "flask_wtf", "flask_sqlalchemy", "werkzeug", "jinja2", "wtforms", "transaction"}
    found = [
        f"{named(path)}: {module}"
        for path in sources("models")
        for node in ast.walk(tree(path))
        for module in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
        if module.partition(".")[0] in web
    ]
    assert found == []


def test_nobody_asks_the_wall_clock_but_the_clock() -> None:
    """Rules take the time from the change, views from `now()`: a test must be able to move it."""
    found = [
        f"{named(path)}:{node.lineno}"
        for folder in ("models", "blueprints", "web", "security")
        for path in sources(folder)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute)
        and node.attr in ("now", "utcnow", "today")
        and isinstance(node.value, ast.Name)
        and node.value.id in ("datetime", "date")
    ]
    assert found == []


def test_no_page_gives_back_a_secret_that_was_typed() -> None:
    """A form that could not be taken is offered again with everything in it, but for these."""
    secret = {
        target.id
        for path in sources("blueprints", "web")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Call)
        if isinstance(node.value.func, ast.Name) and node.value.func.id == "PasswordField"
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    assert "pin" in secret
    assert secret - set(SECRETS) == set()


def test_labels_and_sentences_of_forms_are_marked_for_translation() -> None:
    takes_words = {"Line", "Lines", "Needed", "RuleBroken", "TransitionNotAllowed", "Stale"}
    bare = [
        f"{named(path)}:{node.lineno}"
        for path in (*sources("models"), *(ROOT / "blueprints").rglob("forms.py"))
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in takes_words
        if node.args and isinstance(node.args[0], ast.Constant)
    ]
    assert bare == []


@pytest.mark.parametrize(("folder", "pattern", "budget"), BUDGETS)
def test_no_file_is_twice_its_budget(folder: str, pattern: str, budget: int) -> None:
    lengths = {named(path): len(path.read_bytes().splitlines()) for path in (ROOT / folder).rglob(pattern)}
    assert {name: lines for name, lines in lengths.items() if lines > 2 * budget} == {}


def test_every_module_says_what_it_is_for() -> None:
    silent = [named(path) for path in sources() if path.stat().st_size and not ast.get_docstring(tree(path))]
    assert [name for name in silent if not name.endswith("__init__.py")] == []


def test_names_are_nouns_of_the_house() -> None:
    assert [named(path) for path in sources() if VAGUE.match(path.stem)] == []


def test_scripts_speak_the_javascript_of_the_oldest_browser() -> None:
    too_new = re.compile(
        r"\?\.[a-zA-Z(\[]|\?\?|replaceChildren|requestSubmit|globalThis|\.at\(|\.flat\(|\.flatMap\(|allSettled|matchAll|"
        r"replaceAll|fromEntries|catch \{|\beval\(|new Function"
    )
    found = [
        f"{named(path)}:{number}: {line.strip()}"
        for path in (ROOT / "static/js").glob("*.js")
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if too_new.search(line.partition("//")[0])
    ]
    assert found == []


def test_no_script_writes_markup_but_the_pictures_of_codes() -> None:
    """Text goes in as text. The code screen puts in the drawing its own house has made."""
    writing = re.compile(r"(inner|outer)HTML\s*\+?=(?!\s*'[^']*';)|insertAdjacentHTML|document\.write")
    writers = {path.name for path in (ROOT / "static/js").glob("*.js") if writing.search(path.read_text("utf-8"))}
    assert writers - {"code_screen.js"} == set()


def styled(pattern: str) -> list[str]:
    """The lines of the style sheets in which this is found, comments left out."""
    return [
        f"{named(path)}:{number}: {line.strip()}"
        for path in (ROOT / "static/css").rglob("*.css")
        for number, line in enumerate(re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.S).splitlines(), 1)
        if re.search(pattern, line)
    ]


def test_styles_use_what_the_oldest_browser_knows() -> None:
    too_new = (
        r"@layer|@container|:is\(|:where\(|:has\(|:focus-visible|\binset:|clamp\(|aspect-ratio|"
        r"(margin|padding|border)-(inline|block):|\bmin\(|\bmax\("
    )
    assert styled(too_new) == []


def test_no_card_is_styled_by_what_stands_before_it() -> None:
    """Where a row of the board is put in place the browser would look at every card again: twice the work of a poll."""
    assert styled(r"[+~]\s*\.card(?![\w-])") == []
