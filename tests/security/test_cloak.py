"""What opens a door by itself is in no log: every route that takes a key is among the cloaked beginnings."""

import logging
import re
import sys
from pathlib import Path

from flask import Flask
from flask.logging import default_handler

from security.cloak import BEGINNINGS, Discreet, cloaked

ROOT = Path(__file__).resolve().parents[2]
ROW = "Failing row contains (1, 何晓梅)"
KEY = "ZK7Q4M2X9B1C8D5F6G3H0JKLMN"


def test_no_route_that_takes_a_key_shows_it(app: Flask) -> None:
    takers = [rule.rule for rule in app.url_map.iter_rules() if {"token", "code", "value"} & rule.arguments]
    assert len(takers) >= 8
    lines = [f'"GET {re.sub("<[^<>]+>", KEY, rule)} HTTP/1.1" 200' for rule in takers]
    assert [line for line in lines if KEY in cloaked(line)] == []


def test_other_addresses_and_words_beside_it_stay() -> None:
    assert cloaked('GET /disputes/620702-20261123-001 "x"') == 'GET /disputes/620702-20261123-001 "x"'
    assert cloaked(f"GET /f/{KEY}/signature HTTP/1.1 500") == "GET /f/... HTTP/1.1 500"


def test_web_server_and_proxy_cloak_the_same_beginnings() -> None:
    assert "handler.setFormatter(Discreet(" in (ROOT / "gunicorn.conf.py").read_text("utf-8")
    assert f"(?<head>/(?:{'|'.join(BEGINNINGS)})/)" in (ROOT / "docs" / "reverse-proxy.md").read_text("utf-8")


def test_a_fault_is_logged_with_its_kind_and_place_and_without_its_words() -> None:
    """A database says which row it refuses; the log shall not."""
    try:
        try:
            raise ValueError(ROW)
        except ValueError as error:
            raise KeyError(ROW) from error
    except KeyError:
        record = logging.LogRecord("app", logging.ERROR, __file__, 1, f"GET /c/{KEY}", (), sys.exc_info())
    record.exc_text = ROW
    line = Discreet().format(record)
    assert [words for words in (ROW, "何晓梅", KEY) if words in line] == []
    assert line.index("ValueError") < line.index("KeyError")
    assert "test_cloak.py" in line


def test_whatever_the_application_logs_goes_through_it(app: Flask) -> None:
    """Flask's own handler, and the last resort of those who have none."""
    assert app.config["SQLALCHEMY_ENGINE_OPTIONS"]["hide_parameters"] is True
    assert isinstance(default_handler.formatter, Discreet)
    assert logging.lastResort is not None
    assert isinstance(logging.lastResort.formatter, Discreet)
