"""The pages of an archived dispute offer nothing that its verbs would refuse; what may still be done is there."""

import re

from tests.models.test_archived import archived
from tests.support.cast import MEDIATOR, Cast
from tests.support.databases import only_sqlite
from tests.support.pages import Page, visit

# What is done without reopening: the record is added to, periods of the parties run on, a number is looked at.
STILL = re.compile(r"/(sessions/\d+/supplements|deadlines/\d+/\w+|disputes/[\d-]+/deadlines|parties/\d+/reveal)$")
WITHIN = re.compile(r"/(sessions|parties|terms|performances|callouts|investigations|final-papers|deadlines)/\d+")
FILES = re.compile(r"/(pdf|docx|zip|file|papers/.*)$")


def offered(page: Page) -> set[str]:
    forms = {form["action"] for form in page.soup.main.find_all("form", method="post") if form.get("action")}
    return forms | {button["formaction"] for button in page.soup.main.select("[formaction]")}


@only_sqlite
def test_only_what_is_done_without_reopening_is_offered(cast: Cast) -> None:
    dispute = archived(cast)
    client, waiting, seen, found = cast.signed_in(MEDIATOR), [f"/disputes/{dispute.reference}"], set(), set()
    while waiting:
        path = waiting.pop()
        seen.add(path)
        page = visit(client, path)
        found |= {action for action in offered(page) if not STILL.search(action)}
        links = {link["href"].split("#")[0] for link in page.soup.main.select("a[href^='/']")}
        within = {link for link in links if dispute.reference in link or WITHIN.match(link)}
        waiting += sorted(link for link in within if link not in seen and not FILES.search(link))
        seen |= within
    assert found == set()
    assert len(seen) > 10
    assert [path for path in seen if path.endswith("/new") and "/deadlines/" not in path] == []
