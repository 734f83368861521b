"""The list of the archive: a page at a time, also of what has been kept long enough."""

from datetime import date

import pytest

from blueprints.archive import queries
from models.archiving import Shelf, archive
from models.closing import close
from models.ending import withdraw
from models.lifecycle import ClosingType
from models.retention import Retention
from tests.blueprints.test_costs import asked
from tests.support.cast import Cast
from tests.support.clock import Clock
from tests.support.databases import only_sqlite
from tests.support.pages import Page, visit

pytestmark = only_sqlite  # the rule of the period is tried on both in tests/models

DAY, NEXT = date(2026, 11, 23), date(2026, 12, 23)
TEN, EVER = Shelf(Retention.TEN_YEARS, "档案室 何敏"), Shelf(Retention.PERMANENT, "档案室 何敏")


def archived(cast: Cast, shelf: Shelf) -> str:
    dispute = cast.registered()
    with cast.acting() as change:
        withdraw(change, dispute, "双方自行和解")
    with cast.acting() as change:
        close(change, dispute, ClosingType.RECONCILED, DAY, NEXT)
    with cast.acting() as change:
        archive(change, dispute, shelf, lacking=0)
    return dispute.number


def numbers(page: Page) -> list[str]:
    return [cell.get_text(strip=True) for cell in page.soup.select("tbody th")]


def test_the_archive_is_turned_page_by_page(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "PAGE", 2)
    files = [archived(cast, EVER) for _file in range(5)][::-1]
    page = visit(cast.signed_in(), "/archive")
    seen = numbers(page)
    while page.soup.select("a[rel=next]"):
        page = page.follow(words=page.soup.select_one("a[rel=next]").get_text())
        assert len(numbers(page)) <= 2
        seen += numbers(page)
    assert seen == files


def test_what_was_kept_long_enough_is_a_list_of_its_own_and_paged_too(
    cast: Cast, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "PAGE", 2)
    files = [archived(cast, shelf) for shelf in (TEN, EVER, TEN, TEN)]
    assert numbers(visit(cast.signed_in(), "/archive?tab=over")) == []
    clock.advance(days=366 * 11)
    page = visit(cast.signed_in(), "/archive").follow("tab=over")
    assert numbers(page) == [files[3], files[2]]
    assert [tag.get_text(strip=True) for tag in page.soup.select("td .tag")] == ["保管期满"] * 2
    assert numbers(page.follow("tab=over", words=page.soup.select_one("a[rel=next]").get_text())) == [files[0]]


def test_a_list_of_many_files_asks_as_often_as_one_of_few(cast: Cast) -> None:
    client, counts = cast.signed_in(), []
    for _time in range(2):
        for _file in range(3):
            archived(cast, EVER)
        with asked() as found:
            assert client.get("/archive").status_code == 200
        counts.append(len(found))
    assert counts[0] >= counts[1]
