"""结案: an agreement is closed as what it is."""

import pytest

from models.agreement import AgreementForm, TermDraft
from models.closing import close, closing_types, proposed_closing
from models.conclusion import Outcome
from models.errors import RuleBroken
from models.lifecycle import ClosingType
from tests.models.test_mediation import TODAY, conclude, opened, pay
from tests.support.cast import Cast

WRITTEN, ORAL, PERFORMED = ClosingType.SETTLED_WRITTEN, ClosingType.SETTLED_ORAL, ClosingType.PERFORMED


@pytest.mark.parametrize(
    ("form", "term", "proposed", "wrong"),
    [(AgreementForm.WRITTEN, pay(), WRITTEN, ORAL), (AgreementForm.ORAL, TermDraft(TODAY, act="道歉"), ORAL, WRITTEN)],
)
def test_what_was_agreed_in_writing_is_not_closed_as_oral_and_the_other_way_round(
    cast: Cast, form: AgreementForm, term: TermDraft, proposed: ClosingType, wrong: ClosingType
) -> None:
    session = opened(cast)
    conclude(cast, session, Outcome.AGREED, form=form, terms=[term])
    assert closing_types(session.dispute) == [proposed, PERFORMED]
    assert proposed_closing(session.dispute) is proposed
    with pytest.raises(RuleBroken) as refused, cast.acting() as change:
        close(change, session.dispute, wrong, TODAY, TODAY)
    assert refused.value.field == "closing_type"
    with cast.acting() as change:
        close(change, session.dispute, proposed, TODAY, TODAY)
    assert session.dispute.closing_type is proposed
