"""The agreement through its pages: built row by row, kept while it is typed, checked before it is recorded."""

from models.agreement_draft import AgreementSave
from models.dispute import Dispute
from models.mandate import mandates_of
from models.mediation import MediationSession
from models.party import Party, Side
from tests.support.cast import MEDIATOR, Cast
from tests.support.databases import only_sqlite
from tests.support.pages import Page, visit
from transaction import db

pytestmark = only_sqlite  # the verbs are tried on both in tests/models, the pages in tests/journeys and guards

PAYER, PAYEE = "甘州某健身馆", "宋佳"
CLEAR = {"rows-0-payer": PAYER, "rows-0-payee": PAYEE, "rows-0-amount_fen": "3000", "rows-0-manner": "cash",
         "rows-0-due_on": "2026-12-01", "default_clause": "逾期加付50元"}  # fmt: skip


def building(cast: Cast, dispute: Dispute | None = None) -> Page:
    dispute = dispute or cast.registered()
    page = visit(cast.signed_in(MEDIATOR), f"/disputes/{dispute.reference}/sessions/new")
    return page.form("/sessions").submit().follow("/agreement/new")


def the_session() -> MediationSession:
    db.session.expire_all()
    return db.session.query(MediationSession).one()


def values(page: Page) -> dict[str, str]:
    return {name: value.strip() for name, value in page.form("/agreement").values()}


def live(page: Page, **typed: str) -> Page:
    """What the script sends two seconds after the last key."""
    data = {**values(page), **typed}
    answer = page.client.post(f"{page.path.rsplit('/', 1)[0]}/draft", data=data, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    return Page(page.client, page.path, answer)


def test_parties_are_picked_not_typed(cast: Cast) -> None:
    page = building(cast)
    for name in ("rows-0-payer", "rows-2-payee", "plan_payer"):
        assert [option["value"] for option in page.soup.select(f"[name={name}] option")] == ["", PAYEE, PAYER]
    assert values(page)["copies"] == "3"


def test_a_clear_agreement_is_recorded_in_one_step(cast: Cast) -> None:
    after = building(cast).form("/agreement").submit(**CLEAR)
    assert the_session().agreement.remarks == []
    assert "12月23日" in after.text
    assert "一式 3 份" in after.text


def test_instalments_follow_from_one_line(cast: Cast) -> None:
    page = building(cast).form("/agreement").submit(
        status=200, press="instalments", total_fen="12,000", count="7", first_on="2026-12-15", plan_payer=PAYER,
        plan_payee=PAYEE, plan_manner="transfer", plan_account="农行尾号0032", default_clause="逾期加付50元",
    )  # fmt: skip
    sent = values(page)
    assert [sent[f"rows-{n}-amount_fen"] for n in range(7)] == ["1714.28"] * 6 + ["1714.32"]
    assert sent["rows-6-due_on"] == "2027-06-15"
    page.form("/agreement").submit()
    agreement = the_session().agreement
    assert [(one.code, one.position) for one in agreement.remarks] == [("day_off", 6)]
    assert {term.account for term in agreement.terms} == {"农行尾号0032"}
    assert (agreement.total_fen, sum(term.amount_fen for term in agreement.terms)) == (12_000_00, 12_000_00)


def test_instalments_take_what_is_left_after_a_first_payment(cast: Cast) -> None:
    plan = {"total_fen": "12000", "count": "5", "first_on": "2026-12-15", "plan_payer": PAYER, "plan_payee": PAYEE}
    page = building(cast).form("/agreement").submit(status=200, press="instalments", **CLEAR, **plan)
    assert [values(page)[f"rows-{n}-amount_fen"] for n in range(6)] == ["3000", *["1800.00"] * 5]
    again = page.form("/agreement").submit(status=200, press="instalments")
    assert again.soup.select_one("#total_fen-error")
    missing = building(cast, cast.registered()).form("/agreement").submit(status=200, press="instalments", count="3")
    assert missing.soup.select_one("#total_fen-error")


def test_a_sum_that_is_not_met_is_refused_at_its_field(cast: Cast) -> None:
    wrong = building(cast).form("/agreement").submit(status=422, **CLEAR, total_fen="3000.01")
    assert "3,000.01" in wrong.soup.select_one("#total_fen-error").get_text()
    wrong.form("/agreement").submit(total_fen="3000")


def test_an_empty_agreement_leads_to_its_first_term(cast: Cast) -> None:
    page = building(cast).form("/agreement").submit(422)
    assert page.soup.select_one(".error-summary li a")["href"] == "#rows-0-payer"


def test_what_must_be_changed_is_said_at_its_row(cast: Cast) -> None:
    typed = {"rows-1-payer": PAYER, "rows-1-act": "尽快搬走设备", "rows-1-due_on": "2026-12-02"}
    wrong = building(cast).form("/agreement").submit(status=422, **CLEAR, **typed)
    line = wrong.soup.select_one(".error-summary li a")
    assert line["href"] == "#rows-1-act"
    assert "尽快" in line.get_text()
    assert the_session().ended_at is None
    wrong.form("/agreement").submit(**{"rows-1-act": "搬走设备2台"})


def test_advice_is_shown_once_and_stays_on_record(cast: Cast) -> None:
    shown = building(cast).form("/agreement").submit(status=422, **{**CLEAR, "default_clause": ""})
    assert "建议改" in shown.text
    assert not shown.soup.select(".error-summary")
    after = shown.form("/agreement").submit()
    assert [one.code for one in the_session().agreement.remarks] == ["no_clause"]
    assert "写明逾期付款怎么办" in after.text


def test_further_advice_is_shown_again(cast: Cast) -> None:
    shown = building(cast).form("/agreement").submit(status=422, **{**CLEAR, "default_clause": ""})
    again = shown.form("/agreement").submit(status=422, **{"rows-0-due_on": "2026-12-05"})
    assert len(again.soup.select("[name=seen]")) == 2
    again.form("/agreement").submit()


def test_a_draft_survives_and_goes_on_where_it_stopped(cast: Cast) -> None:
    page = building(cast)
    typed = {"rows-0-amount_fen": "五千", "rows-0-payer": PAYER, "default_clause": "逾期"}
    saved = live(page, **typed)
    assert saved.soup.select_one("[name=draft_version]")["value"] == "1"
    again = visit(cast.signed_in(MEDIATOR), f"/sessions/{the_session().id}").follow("/agreement/new", "继续填写协议")
    sent = values(again)
    assert (sent["rows-0-amount_fen"], sent["rows-0-payer"], sent["draft_version"]) == ("五千", PAYER, "1")
    again.form("/agreement").submit(**CLEAR)
    assert the_session().agreement.terms[0].amount_fen == 3000_00


def test_the_draft_is_saved_without_a_script_as_well(cast: Cast) -> None:
    page = building(cast)
    button = next(one for one in page.soup.select("#agreement button") if one.get("formaction"))
    answer = page.client.post(button["formaction"], data={**values(page), **CLEAR})
    assert answer.status_code == 303
    again = visit(page.client, answer.headers["Location"])
    assert values(again)["rows-0-amount_fen"] == "3000"
    assert "未发现内容不明确之处" in again.text


def test_the_draft_says_what_a_court_would_find_unclear(cast: Cast) -> None:
    page = building(cast)
    said = live(page, **{"rows-1-act": "酌情补助", "rows-1-due_on": "2026-12-02"})
    assert "酌情" in said.text
    assert said.soup.select_one(".findings a")["href"] == "#rows-1-payer"
    assert "必须改" in said.text
    assert said.soup.select_one("#draft-said[hx-swap-oob] a")["href"] == "#draft", "this stays in view"
    dear = live(page, **{**CLEAR, "default_clause": "逾期的，按月息2分支付利息", "draft_version": "1"})
    assert "24%，超过一年期 LPR 的四倍（12%）" in dear.text


def test_two_who_write_one_agreement_lose_nothing(cast: Cast) -> None:
    mine = building(cast)
    theirs = visit(cast.signed_in(MEDIATOR), mine.path)
    live(theirs, default_clause="逾期加付50元")
    overtaken = live(mine, default_clause="逾期加付60元")
    assert overtaken.soup.select_one("[role=alert]")
    assert overtaken.soup.select_one("[name=draft_version]")["value"] == "0"
    assert [one.typed["default_clause"] for one in db.session.query(AgreementSave)] == [["逾期加付50元"]]
    data = {**values(mine), "default_clause": "逾期加付60元"}
    answer = mine.client.post(f"/sessions/{the_session().id}/agreement/draft", data=data)
    assert answer.status_code == 409
    page = Page(mine.client, mine.path, answer)
    sent = values(page)
    assert (sent["default_clause"], sent["draft_version"]) == ("逾期加付60元", "1")
    live(page)
    first = visit(mine.client, f"/sessions/{the_session().id}/agreement/new?save=1")
    assert values(first)["default_clause"] == "逾期加付50元"
    assert values(visit(mine.client, mine.path))["default_clause"] == "逾期加付60元"


def test_a_usual_clause_is_taken_and_changed(cast: Cast) -> None:
    page = building(cast).form("/agreement").submit(status=200, press="clause", suggestion="penalty")
    assert "每日支付违约金____元" in values(page)["default_clause"]
    wrong = page.form("/agreement").submit(status=422, **{**CLEAR, "default_clause": values(page)["default_clause"]})
    assert wrong.soup.select_one("#default_clause-error")


def group(cast: Cast) -> Dispute:
    dispute = cast.registered()
    with cast.acting() as change:
        agent = Party.add(change, dispute, Side.APPLICANT, "业主代表")
        agent.edit(change, agent.version, represents_others=True)
        Party.add(change, dispute, Side.APPLICANT, "业主甲", amount_fen=500_00)
    return dispute


def test_who_has_signed_for_whom_is_ticked_in_a_table(cast: Cast) -> None:
    dispute = group(cast)
    page = building(cast, dispute)
    assert "已授权 0/2 人" in page.text
    assert "业主甲" in page.soup.select_one(".notice.is-wait .small").get_text()
    table = page.follow("/mandates")
    pairs = [box["value"] for box in table.soup.select("[name=pairs]")]
    assert len(pairs) == 2
    assert (
        table.form("/mandates")
        .submit(status=422, pairs=pairs, signed_on="2026-11-24")
        .soup.select_one("#signed_on-error")
    )
    after = table.form("/mandates").submit(pairs=pairs[1:], paper="power", signed_on="2026-11-20")
    assert "授权委托书 11月20日" in after.text
    assert "已授权 1/2 人" in after.text
    after.form("/mandates").submit(pairs=None)
    assert mandates_of(db.session(), dispute) == {}


def test_each_person_of_a_group_has_a_row(cast: Cast) -> None:
    page = building(cast, group(cast))
    page = page.form("/agreement").submit(status=200, press="shares", plan_payer=PAYER, first_on="2026-12-01")
    sent = values(page)
    assert [sent[f"rows-{n}-payee"] for n in range(3)] == ["宋佳", "业主代表", "业主甲"]
    assert (sent["rows-2-amount_fen"], sent["rows-2-due_on"], sent["rows-0-payer"]) == ("500.00", "2026-12-01", PAYER)
    page = page.form("/agreement").submit(status=200, press="shares")
    assert "每人均已有一项" in page.text
    filled = [name for name, value in values(page).items() if name.startswith("rows-") and "-payee" in name and value]
    assert len(filled) == 3


def test_only_who_conducts_the_session_builds_its_agreement(cast: Cast) -> None:
    path = building(cast).path
    visit(cast.signed_in(), path, status=403)
    visit(cast.signed_in("zhangyaru"), path, status=404)


def test_the_enter_key_keeps_the_draft_and_records_nothing(cast: Cast) -> None:
    form = building(cast).form("/agreement").tag
    assert form.find("button")["formaction"].endswith("/agreement/draft")
    page = visit(cast.signed_in(MEDIATOR), f"/parties/{the_session().dispute.parties[0].id}/rights")
    assert page.form("/rights").tag.find("button").has_attr("disabled")
