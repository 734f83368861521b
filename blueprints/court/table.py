"""The queue as a table to take along, for the court's own lists; who took it is kept. Chinese, like every paper."""

from collections.abc import Iterator

from flask import Response
from flask_babel import force_locale

from blueprints.court import bp, queries
from blueprints.court.queries import Row
from blueprints.court.routes import chosen_tab, filter_form, narrowed_by
from models.clock import local_day
from models.event_kinds import EventKind
from models.referral_course import ReferralStatus
from papers.court_case import MODES, sides
from papers.table import Amount, csv_content
from security.access import audited, requires
from security.identity import current
from security.permissions import Permission
from transaction import now, transaction
from web.labels import label
from web.language import CHINESE

P = Permission
MOST = 10_000
HEADS = ("序号", "案号", "曾用案号", "方式", "程序", "案由", "申请人（原告）", "被申请人（被告）", "标的额（元）",
         "移送日期", "签收日期", "答复期限", "期限届满日", "状态", "调解员", "中心编号", "结束日期", "结果",
         "原因")  # fmt: skip


@bp.get("/referrals/table")
@requires(P.REFERRAL_READ)
@audited
def show_table() -> Response:
    tab = chosen_tab()
    rows = queries.listed(tab, narrowed_by(filter_form()), MOST)[:MOST]
    with force_locale(CHINESE):
        content = csv_content([HEADS, *_lines(rows)])
    centre = current().centre
    if centre is not None:
        with transaction(current().actor) as change:
            change.record(f"centre:{centre.id}", EventKind.REFERRAL_EXPORT, ("centre", centre.id), rows=len(rows))
    response = Response(content, mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="referrals-{tab}-{local_day(now()):%Y%m%d}.csv"'
    return response


def _lines(rows: list[Row]) -> Iterator[tuple[object, ...]]:
    is_house = current().may(P.REFERRAL_HANDLE)
    for place, row in enumerate(rows, 1):
        one = row.referral
        # Why it failed is the court's to read once the pack has left.
        told = is_house or one.status is not ReferralStatus.FAILED
        asks, answers = sides(one)
        fen = one.amount_fen
        amount = Amount(f"{fen // 100}.{fen % 100:02d}") if fen is not None else ""
        yield (place, one.number, "、".join(old.text for old in one.numbers[:-1]), MODES[one.mode],
               label(one.procedure) if one.procedure else "", one.case_type.name, asks, answers, amount,
               local_day(one.sent_at), one.signed_on or "", one.answer_due_on or "", row.due_on or "",
               label(one.status), row.mediator.name if row.mediator else "",
               one.dispute.number if one.dispute else "", one.ended_on or "",
               label(one.way) if one.way else label(one.ground) if one.ground and told else "",
               one.reason if told else "")  # fmt: skip
