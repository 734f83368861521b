"""The page of a list, also when a step on it was refused."""

from flask import Response

from blueprints.subsidy.forms import ReturnForm, StepForm
from blueprints.subsidy.queries import course
from models.subsidy_list import ListState, SubsidyList, why_not_approve
from models.subsidy_matter import settled, unsettled
from security.identity import current
from transaction import db
from web.responses import page
from web.sentences import timeline


def shown(drawn: SubsidyList, refused: StepForm | None = None) -> Response:
    """`refused` is the form that was not taken, with its errors."""
    back = refused if isinstance(refused, ReturnForm) else ReturnForm(formdata=None, version=drawn.version)
    others, rest = [], 0
    if drawn.state in (ListState.DRAFT, ListState.SUBMITTED):
        others = unsettled(db.session(), drawn.body, drawn.first_day, drawn.last_day)
    if drawn.is_draft:
        own = sum(line.corrects_id is None for line in drawn.lines)
        rest = len(settled(db.session(), drawn.body, drawn.last_day)) - own
    return page("subsidy/show.html", refused.status if refused else 200, drawn=drawn, refused=refused,
                has_errors=refused is not None, step=StepForm(formdata=None, version=drawn.version), back=back,
                others=others, rest=rest, waiting=[line for line in drawn.lines if not line.is_ready],
                refusal=why_not_approve(drawn, current().somebody.id), course=timeline(course(drawn)))  # fmt: skip
