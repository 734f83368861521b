"""The pages of an archived dispute offer nothing that its verbs would refuse; what may still be done is there."""

import re

from flask import url_for

from models.dispute import Dispute
from tests.models.test_archived import archived
from tests.support.cast import CLERK, MEDIATOR, Cast
from tests.support.databases import only_sqlite
from tests.support.pages import Page, visit
from web.archived import FORMS, STILL_OPEN

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


def forms(cast: Cast, dispute: Dispute) -> list[tuple[str, str]]:
    """Endpoint and address of every page that enters something in this dispute."""
    session = dispute.sessions[-1]
    assert session.agreement is not None
    known = {"reference": dispute.reference, "session_id": session.id, "party_id": dispute.parties[0].id,
             "term_id": session.agreement.terms[0].id, "callout_id": dispute.callouts[0].id}  # fmt: skip
    found = []
    with cast.app.test_request_context():
        for rule in cast.app.url_map.iter_rules():
            is_form = rule.endpoint.rpartition(".")[2].startswith(FORMS) and "GET" in (rule.methods or ())
            if is_form and rule.arguments and rule.arguments <= known.keys():
                found.append((rule.endpoint, url_for(rule.endpoint, **{name: known[name] for name in rule.arguments})))
    return found


@only_sqlite
def test_a_typed_address_opens_no_form_that_its_verb_would_refuse(cast: Cast) -> None:
    dispute, opened, reached = archived(cast), set(), set()
    pages = forms(cast, dispute)
    for username in (MEDIATOR, CLERK):
        client = cast.signed_in(username)
        answers = [(endpoint, client.get(address).status_code) for endpoint, address in pages]
        opened |= {endpoint for endpoint, status in answers if status == 200}
        reached |= {endpoint for endpoint, status in answers if status in (200, 409)}
    assert opened <= STILL_OPEN
    assert len(reached) > 20
    page = visit(cast.signed_in(MEDIATOR), f"/disputes/{dispute.reference}/inquiries/new", 409)
    assert "归档" in page.text
