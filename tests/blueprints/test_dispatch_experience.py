"""What the whistle form tells of earlier calls and of who is on duty: counts and names, no score."""

from contextlib import contextmanager
from datetime import date

from sqlalchemy import event

from blueprints.dispatch.queries import Experience, experience
from models.agreement import TermDraft
from models.callout import AnswerResult, ArrivalMethod
from models.clock import local_day
from models.conclusion import Conclusion, Outcome
from models.duty import Turn, enter
from models.mediation import MediationSession
from models.natures import Nature
from models.presiding_body import BodyKind, PresidingBody
from models.whistle import Whistle
from tests.support.cast import CLERK, MANAGER, MEDIATOR, Cast
from tests.support.databases import only_sqlite
from tests.support.pages import Page, visit
from transaction import db

pytestmark = only_sqlite  # the verbs are tried on both in tests/models, the pages in tests/journeys and guards

UNIT = "水务局"


def come(cast: Cast, whistle: Whistle, result: AnswerResult) -> None:
    with cast.acting(MEDIATOR) as change:
        callout = whistle.callouts[0]
        callout.arrive(change, ArrivalMethod.MEDIATOR)
        callout.give_answer(change, callout.version, result, "已答复", local_day(change.at))


def settle(cast: Cast, whistle: Whistle) -> None:
    body = db.session.query(PresidingBody).filter_by(centre_id=cast.centre.id, kind=BodyKind.PEOPLE_COMMITTEE).first()
    with cast.acting(MEDIATOR) as change:
        session = MediationSession.open(change, whistle.dispute, Nature.PEOPLES, body, cast.person(MEDIATOR), None,
                                        None, [])  # fmt: skip
    terms = [TermDraft(date(2026, 12, 1), "甘州某健身馆", "宋佳", 90_000)]
    with cast.acting(MEDIATOR) as change:
        session.conclude(change, session.version, Conclusion(Outcome.AGREED, on_site=True, terms=terms))


def whistle_page(cast: Cast) -> Page:
    dispute = cast.registered()
    return visit(cast.signed_in(CLERK), f"/disputes/{dispute.reference}/whistles/new")


@contextmanager
def statements():
    sent: list[str] = []

    def note(_connection, _cursor, statement: str, *_more) -> None:
        sent.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield sent
    event.remove(db.engine, "before_cursor_execute", note)


def test_experience_counts_calls_effective_reports_and_what_was_settled(cast: Cast) -> None:
    one, two, three, _absent, mistaken = (cast.whistled(UNIT, room=None) for _time in range(5))
    come(cast, one, AnswerResult.ANSWERED)
    settle(cast, one)
    come(cast, two, AnswerResult.TAKEN_BACK)
    assert experience(cast.registered())[cast.unit(UNIT).id].effective == 1, "a promise counts when it is kept"
    with cast.acting() as change:
        two.callouts[0].reply(change, local_day(change.at))
    come(cast, three, AnswerResult.NEEDS_AUTHORITY)
    with cast.acting() as change:
        mistaken.callouts[0].stand_down(change, "误点")
    cast.whistled(UNIT, room=None, dispute=cast.registered(category="邻里"))
    dispute = cast.registered()
    assert dispute.category_id
    with statements() as sent:
        counts = experience(dispute)
    assert counts == {cast.unit(UNIT).id: Experience(called=4, effective=2, settled=1)}
    assert len(sent) == 1


def test_the_table_of_the_category_comes_before_experience(cast: Cast) -> None:
    for _time in range(2):
        cast.whistled(UNIT, room=None)
    come(cast, cast.whistled("应急局", room=None), AnswerResult.ANSWERED)
    page = whistle_page(cast)
    names = [tag["value"] for tag in page.soup.select("#units input[type=hidden][name$=-name]")]
    assert names[0] == "市场监管局"
    assert names.index("应急局") < names.index(UNIT)
    assert names.index("市场监管局") < names.index("应急局")
    hint = next(tag for tag in page.soup.select("#units tr") if "应急局" in tag.text).select_one(".choice__hint")
    assert [digit for digit in hint.text if digit.isdigit()] == ["1", "1", "0"]


def test_the_form_and_the_callout_show_the_deputy(cast: Cast, clock) -> None:
    with cast.acting(MANAGER) as change:
        enter(change, cast.unit("市场监管局"), local_day(clock()), Turn("汪海燕"), Turn("滕丽"), deputised=True)
    assert "滕丽" in whistle_page(cast).soup.select_one("#units").text
    callout = cast.whistled("市场监管局").callouts[0]
    page = visit(cast.signed_in(CLERK), f"/callouts/{callout.id}")
    assert "滕丽" in page.text
    page.form("/telephone-note").submit()
    db.session.refresh(callout)
    assert callout.officer_name == "滕丽"
