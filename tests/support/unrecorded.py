"""The record changes with an event or not at all: asked of every transaction of every test before it is committed.

What a test writes into the tables by itself is its own affair: in a bare `writing()`, or under `by_hand()`.
"""

import contextlib
import re
import sys
from collections.abc import Iterator
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from flask import has_app_context
from sqlalchemy import Connection, Engine, event

import transaction
from tests.support.records import OPERATIONAL

TESTS = str(Path(__file__).resolve().parents[1])
# What grows without being told, and what grows with it: words that are still being typed, a batch that is drawn, a
# table that is gone through and seen by nobody before its event releases it, a number given out.
GROWING = {
    "draft_saves": {"investigations"},
    "batches": {"batch_files"},
    "batch_files": {"batches"},
    "court_imports": {"import_findings", "court_numbers", "parties", "referrals", "visits", "counters"},
    "court_numbers": {"parties", "referrals", "visits"},  # of an import that was called off
    "counters": set[str](),
}
_WRITES = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)')
_WRITTEN = "tables written"
_is_by_hand: ContextVar[bool] = ContextVar("by hand", default=False)


class Unrecorded(AssertionError):
    pass


@contextlib.contextmanager
def by_hand() -> Iterator[None]:
    """What is changed in here is put in place by the test."""
    before = _is_by_hand.set(True)
    try:
        yield
    finally:
        _is_by_hand.reset(before)


def watch() -> None:
    event.listen(Engine, "begin", _begin)
    event.listen(Engine, "before_cursor_execute", _note)
    event.listen(Engine, "commit", _commit)


def _begin(connection: Connection) -> None:
    connection.info[_WRITTEN] = set()


def _note(connection: Connection, _cursor: Any, statement: str, *_more: Any) -> None:
    if (found := _WRITES.match(statement)) and _WRITTEN in connection.info:
        connection.info[_WRITTEN].add(found[1])


def _commit(connection: Connection) -> None:
    written = connection.info.pop(_WRITTEN, set())
    silent = written - OPERATIONAL - {"event_heads"}
    if not silent or "events" in written or _grows(silent) or _is_by_hand.get():
        return
    if has_app_context() and transaction.db.session().info.get("writing") and not _is_of_a_test():
        raise Unrecorded(f"changed without an event: {', '.join(sorted(silent))}")


def _grows(silent: set[str]) -> bool:
    return any(table in silent and silent - {table} <= beside for table, beside in GROWING.items())


def _is_of_a_test() -> bool:
    """Whether a test itself opened this bare transaction; one with a change is a verb's, whoever tries it."""
    frame, through = sys._getframe(), set()
    while frame.f_back is not None and not (through and frame.f_code.co_filename not in _AROUND):
        if frame.f_code.co_filename == transaction.__file__:
            through.add(frame.f_code.co_name)
        frame = frame.f_back
    return frame.f_code.co_filename.startswith(TESTS) and "transaction" not in through


_AROUND = {transaction.__file__, contextlib.__file__}
