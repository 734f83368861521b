"""Everything that is shown has its words: events their sentences, codes their labels, and the glossary its nouns."""

import importlib
import pkgutil
import re
from enum import StrEnum
from pathlib import Path

import models
from models.base import Base
from models.event_kinds import EventKind
from web.event_sentences import SENTENCES
from web.labels import LABELS

ROOT = Path(__file__).resolve().parents[2]
# Words of the machine, never shown as such.
UNSEEN = {"EventKind", "ActorKind", "DivisionLevel"}


MODULES = [importlib.import_module(module.name) for module in pkgutil.iter_modules(models.__path__, "models.")]


def words() -> list[type[StrEnum]]:
    """Every closed list of words the models know."""
    found = {
        value
        for module in MODULES
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, StrEnum) and value is not StrEnum
    }
    return sorted(found, key=lambda enum: enum.__name__)


def told_in_models() -> set[tuple[type[StrEnum], str]]:
    """Words whose sentence stands beside them, in a table of a model."""
    tables = [value for module in MODULES for value in vars(module).values() if isinstance(value, dict)]
    return {(type(key), key.value) for table in tables for key, text in table.items()
            if isinstance(key, StrEnum) and isinstance(text, str)}  # fmt: skip


def test_every_kind_of_event_has_its_sentence() -> None:
    assert set(EventKind) - SENTENCES.keys() == set()


def test_a_kind_of_event_is_a_subject_and_an_action() -> None:
    assert [kind for kind in EventKind if not re.fullmatch(r"[a-z]+(-[a-z]+)*:[a-z]+(-[a-z]+)*", kind)] == []


def test_every_word_that_is_shown_has_its_label() -> None:
    told = LABELS.keys() | told_in_models()
    bare = [(enum.__name__, word.value) for enum in words() if enum.__name__ not in UNSEEN for word in enum
            if (enum, word.value) not in told]  # fmt: skip
    assert bare == []


def test_every_noun_of_the_glossary_exists() -> None:
    rows = [line.split("|") for line in (ROOT / "docs" / "glossary.md").read_text("utf-8").splitlines()
            if line.startswith("| ")]  # fmt: skip
    nouns = {noun for row in rows[1:] for noun in re.findall(r"`([A-Za-z_]+)`", row[3])}
    known = {name for module in MODULES for name in dir(module)}
    columns = {column.name for table in Base.metadata.tables.values() for column in table.columns}
    assert len(nouns) > 20
    assert nouns - known - columns == set()


def test_every_event_of_the_glossary_exists() -> None:
    text = (ROOT / "docs" / "glossary.md").read_text("utf-8")
    verbs = [line.split("|") for line in text.splitlines() if line.startswith("| ")]
    named = {kind for row in verbs[1:] for kind in re.findall(r"`([a-z-]+):", row[5])}
    assert named - {kind.partition(":")[0] for kind in EventKind} == set()
