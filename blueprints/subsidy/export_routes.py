"""A list to take along: printed with its totals, or as CSV; who took it is kept. Chinese, like every paper."""

from flask import Response
from flask_babel import force_locale
from werkzeug.exceptions import NotFound

from blueprints.subsidy import bp
from blueprints.subsidy.queries import list_called, register_texts
from blueprints.subsidy.sheet import in_words, remark, rows, totals, written
from models.event_kinds import EventKind
from models.subsidy_list import ListState, SubsidyList
from papers.table import csv_content
from papers.wording import day
from security.access import audited, requires
from security.identity import current
from security.permissions import Permission
from transaction import now, transaction
from web.language import CHINESE
from web.responses import page

P = Permission


@bp.get("/subsidy-lists/<int:subsidy_list_id>/paper")
@requires(P.SUBSIDY_READ)
@audited
def show_paper(subsidy_list_id: int) -> Response:
    drawn = _taken(subsidy_list_id, "page")
    with force_locale(CHINESE):
        return page("subsidy/paper.html", drawn=drawn, numbers=register_texts(drawn), totals=totals(drawn),
                    written=written, remark=remark, words=in_words(drawn.total_fen), full_day=day,
                    lines=[line for line in drawn.lines if line.is_ready], printed_at=now())  # fmt: skip


@bp.get("/subsidy-lists/<int:subsidy_list_id>/csv")
@requires(P.SUBSIDY_READ)
@audited
def show_csv(subsidy_list_id: int) -> Response:
    drawn = _taken(subsidy_list_id, "csv")
    with force_locale(CHINESE):
        content = csv_content(rows(drawn, register_texts(drawn)))
    response = Response(content, mimetype="text/csv")
    name = f"{drawn.year}-{drawn.running:04d}" if drawn.running else f"draft-{drawn.id}"
    response.headers["Content-Disposition"] = f'attachment; filename="subsidy-{name}.csv"'
    return response


def _taken(list_id: int, file: str) -> SubsidyList:
    drawn = list_called(list_id, P.SUBSIDY_READ)
    if drawn.state is ListState.DISCARDED:
        raise NotFound
    with transaction(current().actor) as change:
        change.record(f"centre:{drawn.centre_id}", EventKind.SUBSIDY_EXPORT, ("subsidy-list", drawn.id),
                      body=drawn.body_id, file=file)  # fmt: skip
    return list_called(list_id, P.SUBSIDY_READ)
