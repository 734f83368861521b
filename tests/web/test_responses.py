"""Where a page may lead back to, whatever stands in the address, the form or a header."""

import pytest
from flask import Flask

from tests.support.databases import only_sqlite
from web.responses import within

OURS = ("/", "/disputes?tab=late&page=2", "/disputes/620702-20261123-007", "/unlock?next=/board")
# The last ones are read by browsers as an address of another house, or by nobody.
FOREIGN = ("", "board", "https://evil.example/", "//evil.example", "/\\evil.example", "\t//evil.example",
           "/\t/evil.example", "/\n/evil.example", "/a\\..\\b", "/\t/[x",
           "/\t/\u2100", "/a\r\nSet-Cookie: x=1", "/\x00")  # fmt: skip


@pytest.mark.parametrize("path", OURS)
def test_a_path_of_this_site_is_followed(path: str) -> None:
    assert within(path, "/otherwise") == path


@pytest.mark.parametrize("path", FOREIGN)
def test_anything_else_is_not_followed_and_is_no_fault(path: str) -> None:
    assert within(path, "/otherwise") == "/otherwise"


@only_sqlite  # addresses and headers are read before any database is asked
def test_no_address_to_go_back_to_is_a_fault(app: Flask) -> None:
    client = app.test_client()
    for foreign in FOREIGN:
        assert client.get("/sign-in", query_string={"next": foreign}).status_code == 200, foreign
    asked = {"HX-Request": "true", "HX-Current-URL": "http://localhost/\t/[x"}
    answer = client.get("/disputes", headers=asked)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (401, "/sign-in?next=/")
