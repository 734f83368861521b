"""Templates: all of them compile, none carries code or style of its own, each page names itself."""

import re
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import nodes

from tests.support.databases import only_sqlite

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"
FRAMES = ("layouts/", "components/", "base.html")
NAMES = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html"))
PAGES = [name for name in NAMES if not name.startswith(FRAMES) and not Path(name).name.startswith("_")]
FORBIDDEN = {
    "a string that is declared safe": re.compile(r"\|\s*safe\b|autoescape\s+false|Markup"),
    "a handler of its own": re.compile(r"[\s\"']on[a-z]+\s*="),
    "htmx code": re.compile(r"hx-on|hx-vals\s*=\s*['\"]js:|hx-trigger\s*=\s*['\"][^'\"]*\["),
    "style of its own": re.compile(r"\sstyle\s*=|<style"),
    "script of its own": re.compile(r"<script(?![^>]*\ssrc=)"),
    "an address of a stranger": re.compile(r"(src|href|action)\s*=\s*[\"']\s*(https?:)?//"),
}


@only_sqlite
def test_every_template_compiles(app: Flask) -> None:
    for name in NAMES:
        app.jinja_env.get_template(name)


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_carries(what: str) -> None:
    found = [
        f"{name}:{number}: {line.strip()}"
        for name in NAMES
        for number, line in enumerate(
            re.sub(r"\{#.*?#\}", "", (TEMPLATES / name).read_text("utf-8"), flags=re.S).splitlines(), 1
        )
        if FORBIDDEN[what].search(line)
    ]
    assert found == []


@only_sqlite
def test_every_page_stands_in_a_frame_and_names_itself(app: Flask) -> None:
    for name in PAGES:
        tree = app.jinja_env.parse((TEMPLATES / name).read_text("utf-8"))
        frames = [
            node.template.value for node in tree.find_all(nodes.Extends) if isinstance(node.template, nodes.Const)
        ]
        blocks = {node.name for node in tree.find_all(nodes.Block)}
        assert frames, f"{name} extends nothing"
        assert frames[0].startswith("layouts/"), f"{name} extends {frames[0]}"
        assert "title" in blocks, f"{name} has no title"


def test_every_region_is_used() -> None:
    """A region nobody includes or answers with is a leftover."""
    files = (*TEMPLATES.rglob("*.html"), *(ROOT / "blueprints").rglob("*.py"), *(ROOT / "web").rglob("*.py"))
    text = "\n".join(path.read_text("utf-8") for path in files)
    # Some are chosen by a word: "mediation/_" ~ {…: "agreement"} ~ ".html".
    chosen = set(re.findall(r'"([a-z]+/_)" ~', text))

    def used(name: str) -> bool:
        folder, _, rest = name.partition("/_")
        return f'"{name}"' in text or (f"{folder}/_" in chosen and f'"{rest.removesuffix(".html")}"' in text)

    assert [name for name in NAMES if Path(name).name.startswith("_") and not used(name)] == []


def test_every_tap_that_may_wait_for_a_signal_is_named_while_it_waits() -> None:
    every = "".join((TEMPLATES / name).read_text("utf-8") for name in NAMES)
    buttons = re.findall(r'\{ tap(?:_button)?\(_\("[^"]*"\), url_for\([^)]*\), "([a-z-]+)"', every)
    taps = {*buttons, *re.findall(r'data-tap="([a-z-]+)"', every)}
    assert {"arrival", "time", "stand-down", "departure"} <= taps
    shown = (TEMPLATES / "arrival" / "_taps.html").read_text("utf-8")
    assert taps == set(re.findall(r'\("([a-z-]+)", _\(', shown))


def test_no_page_takes_what_only_a_frame_is() -> None:
    """`plain` is as high as the window: what borrows it stands on an empty screen."""
    frames = {"bar", "page", "plain", "foot"}
    found = {
        name: taken
        for name in NAMES
        if not name.startswith(FRAMES)
        for words in re.findall(r'class="([^"]*)"', (TEMPLATES / name).read_text("utf-8"))
        if (taken := frames & set(words.split()))
    }
    assert found == {}
