"""A wage dispute of three hundred: whoever opens it does not wait for all of them, and finds each one."""

import pytest

from models.dispute import Dispute
from models.party import Party, Side
from tests.blueprints.test_costs import asked
from tests.support.cast import LEADER, MEDIATOR, Cast
from tests.support.databases import only_sqlite
from tests.support.pages import Page, visit
from transaction import db

pytestmark = only_sqlite  # the verbs are tried on both in tests/models, the pages in tests/journeys and guards

MANY = 120


def crowded(cast: Cast, heads: int = MANY) -> Dispute:
    """One who speaks for all at the window, the company, and everybody else after them."""
    dispute = cast.registered(opposite="某劳务公司", heads=heads)
    join(cast, dispute, range(heads))
    return dispute


def join(cast: Cast, dispute: Dispute, numbers: range) -> None:
    with cast.acting() as change:
        people = [Party.named(change.sealer, Side.APPLICANT, f"工人{n}", phone=f"190{n:08d}") for n in numbers]
        Party.join(change, dispute, *people)


def completion(cast: Cast, dispute: Dispute, **where: object) -> Page:
    asked_for = "&".join(f"{name}={value}" for name, value in where.items())
    return visit(cast.signed_in(MEDIATOR), f"/disputes/{dispute.reference}/completion?{asked_for}")


def names(page: Page) -> list[str]:
    return [title.get_text() for title in page.soup.select("[id^='party-'] .card__title")]


@pytest.mark.parametrize("path", ["", "/completion", "/parties"])
def test_a_page_of_many_people_stays_as_light_as_one_of_half_as_many(cast: Cast, path: str) -> None:
    dispute = crowded(cast)
    client, address = cast.signed_in(MEDIATOR), f"/disputes/{dispute.reference}{path}"
    client.get(address)  # whoever has just signed in is asked about more
    sizes, counts = [], []
    for _time in range(2):
        with asked() as found:
            sizes.append(len(client.get(address).data.split(b'id="course"')[0]))
        counts.append(len(found))
        join(cast, dispute, range(MANY, 2 * MANY))
    assert counts[0] == counts[1]
    assert sizes[1] < sizes[0] + 500
    assert max(sizes) < 150_000


def test_of_few_parties_every_card_lies_open_at_once(cast: Cast) -> None:
    dispute = cast.registered()
    page = completion(cast, dispute)
    assert names(page) == ["宋佳", "甘州某健身馆"]
    assert not page.soup.select(".pagination")


def test_many_parties_are_lines_fifty_at_a_time(cast: Cast) -> None:
    dispute = crowded(cast)
    page = completion(cast, dispute)
    seen = names(page)
    assert len(seen) == 50
    while page.soup.select("a[rel=next]"):
        page = page.follow(words=page.soup.select_one("a[rel=next]").get_text())
        seen += names(page)
    assert seen == [party.name for party in dispute.parties]
    assert names(page.follow(words=page.soup.select_one("a[rel=prev]").get_text())) == seen[50:100]


def test_the_party_that_is_asked_for_lies_open_on_its_own_page(cast: Cast) -> None:
    dispute = crowded(cast)
    party = dispute.parties[100]
    page = completion(cast, dispute, party=party.id)
    assert party.name in names(page)
    assert [form["id"] for form in page.soup.select("form[id^='party-']")] == [f"party-{party.id}"]
    page.form(f"/parties/{party.id}").submit(address="三闸镇高寨村三社")
    db.session.expire_all()
    assert party.address_sealed


def test_what_many_parties_lack_is_told_by_party_and_not_without_end(cast: Cast) -> None:
    dispute = crowded(cast)
    page = completion(cast, dispute)
    lines = page.soup.select("#missing li")
    assert len(lines) < 30
    assert page.soup.select_one("#missing li a[href*='party=']")
    first = next(line for line in lines if "工人0" in line.get_text())
    assert all(word in first.get_text() for word in ("身份证号", "民族", "地址"))


def test_the_page_of_the_file_shows_the_other_side_and_who_represents_before_the_rest(cast: Cast) -> None:
    dispute = crowded(cast)
    with cast.acting() as change:
        spoken_for = dispute.parties[90]
        spoken_for.edit(change, spoken_for.version, represents_others=True)
    page = visit(cast.signed_in(MEDIATOR), f"/disputes/{dispute.reference}")
    shown = [cell.get_text(" ", strip=True) for cell in page.soup.select("#parties tbody th")]
    assert len(shown) == 20
    assert "某劳务公司" in shown[:2]
    assert spoken_for.name in shown[1] + shown[0]
    assert "某劳务公司" in page.soup.select_one("#rights").get_text()
    everybody = page.follow(f"/disputes/{dispute.reference}/parties")
    assert "工人60" not in everybody.text
    assert "工人60" in everybody.follow(words=everybody.soup.select_one("a[rel=next]").get_text()).text


@pytest.mark.parametrize("words", ["工人117", "19000000117", "190 0000 0117"])
def test_one_of_many_is_found_by_name_or_number_and_neither_stands_in_an_address(cast: Cast, words: str) -> None:
    dispute = crowded(cast)
    form = visit(cast.signed_in(LEADER), f"/disputes/{dispute.reference}/parties").form("/parties/search")
    found = form.submit(200, q=words)
    assert [cell.get_text(strip=True) for cell in found.soup.select("tbody th")] == ["工人117"]
    assert "工人117" not in found.path
    nobody = found.form("/parties/search").submit(200, q="没有这个人")
    assert not nobody.soup.select("tbody th")


def test_whoever_may_edit_goes_from_the_list_to_the_open_party(cast: Cast) -> None:
    dispute = crowded(cast)
    party = dispute.parties[-1]
    found = visit(cast.signed_in(MEDIATOR), f"/disputes/{dispute.reference}/parties").form("/parties/search")
    page = found.submit(200, q=party.name).follow(f"party={party.id}")
    assert page.soup.select_one(f"form#party-{party.id}")
    read = visit(cast.signed_in(LEADER), f"/disputes/{dispute.reference}/parties")
    assert not read.soup.select("a[href*='completion']")
