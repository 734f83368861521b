"""What opens a door by itself is in no log: every route that takes a key is among the cloaked beginnings."""

import re
from pathlib import Path

from flask import Flask

from security.cloak import BEGINNINGS, cloaked

ROOT = Path(__file__).resolve().parents[2]
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
    assert "cloaked(record.getMessage())" in (ROOT / "gunicorn.conf.py").read_text("utf-8")
    assert f"(?<head>/(?:{'|'.join(BEGINNINGS)})/)" in (ROOT / "docs" / "reverse-proxy.md").read_text("utf-8")
