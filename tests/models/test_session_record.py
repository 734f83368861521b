"""The record of a session: what is being typed, who sits there, who confirmed it, and what is put right afterwards."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from models.conclusion import Conclusion, Ground, Outcome
from models.draft import keep_statement, statement_drafts, take_over_statement
from models.errors import RuleBroken, TransitionNotAllowed
from models.mediation import MediationSession
from models.natures import Nature
from models.participant import Invitee, Participant, join_session, leave_session
from models.record_reading import ReadingWay, confirm_reading, newest_readings
from models.record_supplement import supplement
from tests.support.cast import CLERK, MEDIATOR, Cast
from transaction import SubmittedForm, db, transaction

KEY = "a" * 32


def opened(cast: Cast) -> MediationSession:
    dispute = cast.registered()
    with cast.acting(MEDIATOR) as change:
        present = [Participant(party_id=party.id, name=party.name) for party in dispute.parties]
        session = MediationSession.open(change, dispute, Nature.PEOPLES, cast.body("甘州区人民调解委员会"),
                                        cast.person(MEDIATOR), cast.person(CLERK), None, present)  # fmt: skip
        session.state(change, "宋佳", "请求退还 5960 元。")
    return session


def ended(cast: Cast) -> MediationSession:
    session = opened(cast)
    with cast.acting(MEDIATOR) as change:
        session.conclude(change, session.version, Conclusion(Outcome.NOT_AGREED, ground=Ground.GAP, routes_told=True))
    return session


def keep(cast: Cast, session: MediationSession, words: str, who: str = MEDIATOR) -> bool:
    with cast.acting(who) as change:
        return keep_statement(change, session, KEY, "宋佳", words)


def drafts(session: MediationSession) -> list[str]:
    return [draft.text for draft in statement_drafts(db.session(), session)]


# -- what is being typed --------------------------------------------------------------------------------------------


def test_each_person_has_the_newest_of_the_own_words(cast: Cast) -> None:
    session = opened(cast)
    keep(cast, session, "同意")
    keep(cast, session, "同意退款")
    keep(cast, session, "另一句", CLERK)
    assert drafts(session) == ["同意退款", "另一句"]


def test_the_draft_is_gone_once_it_is_taken_down(cast: Cast) -> None:
    session = opened(cast)
    keep(cast, session, "同意退款")
    keep(cast, session, "另一句", CLERK)
    with cast.acting(MEDIATOR) as change:
        session.state(change, "宋佳", "同意退款。")
    assert drafts(session) == ["另一句"]


def test_a_save_that_comes_after_the_statement_is_dropped(cast: Cast) -> None:
    session = opened(cast)
    with cast.acting(MEDIATOR) as change:
        actor = change.by
    with transaction(actor, SubmittedForm.of(KEY, {})) as change:
        change.location = "/"
        session.state(change, "宋佳", "同意退款。")
    assert not keep(cast, session, "同意退款")
    assert drafts(session) == []


def test_an_emptied_field_ends_the_draft(cast: Cast) -> None:
    session = opened(cast)
    keep(cast, session, "同意")
    assert not keep(cast, session, " ")
    assert drafts(session) == []


def test_who_takes_over_goes_on_with_the_words_of_the_other(cast: Cast) -> None:
    session = opened(cast)
    keep(cast, session, "我方愿意")
    with cast.acting(CLERK) as change:
        take_over_statement(change, session, cast.person(MEDIATOR).id)
    [draft] = statement_drafts(db.session(), session)
    assert (draft.text, draft.by_id) == ("我方愿意", cast.person(CLERK).id)
    with pytest.raises(RuleBroken, match="taken down"), cast.acting(CLERK) as change:
        take_over_statement(change, session, cast.person(MEDIATOR).id)


def test_nothing_is_typed_into_a_session_that_has_ended(cast: Cast) -> None:
    with pytest.raises(TransitionNotAllowed):
        keep(cast, ended(cast), "迟到的话")


# -- who sits there -------------------------------------------------------------------------------------------------


def test_an_invited_person_needs_the_consent_of_the_parties(cast: Cast) -> None:
    session = opened(cast)
    with pytest.raises(RuleBroken) as broken, cast.acting(MEDIATOR) as change:
        join_session(change, session, Participant(name="柴玉梅", invitee=Invitee.NEIGHBOUR))
    assert broken.value.field == "parties_consent"
    with cast.acting(MEDIATOR) as change:
        join_session(change, session, Participant(name="柴玉梅", invitee=Invitee.NEIGHBOUR, parties_consent=True))
    assert session.participants[-1].joined_at is not None


def test_nobody_sits_there_twice_but_may_come_back(cast: Cast) -> None:
    session = opened(cast)
    one = session.participants[0]
    again = {"party_id": one.party_id, "name": one.name}
    with pytest.raises(RuleBroken, match="already"), cast.acting(MEDIATOR) as change:
        join_session(change, session, Participant(**again))
    with cast.acting(MEDIATOR) as change:
        leave_session(change, session, one)
        gone = one.left_at
        leave_session(change, session, one)
        join_session(change, session, Participant(**again))
    assert one.left_at == gone
    assert len(session.participants) == 3


def test_nobody_comes_or_goes_after_the_end(cast: Cast) -> None:
    session = ended(cast)
    with pytest.raises(TransitionNotAllowed), cast.acting(MEDIATOR) as change:
        leave_session(change, session, session.participants[0])
    with pytest.raises(TransitionNotAllowed), cast.acting(MEDIATOR) as change:
        join_session(change, session, Participant(name="甲"))


# -- read out, frozen, supplemented ---------------------------------------------------------------------------------


def test_a_reading_goes_as_far_as_the_record_went(cast: Cast) -> None:
    session = opened(cast)
    one = session.participants[0]
    with cast.acting(MEDIATOR) as change:
        confirm_reading(change, session, one, ReadingWay.ALOUD)
        confirm_reading(change, session, one, ReadingWay.ALOUD)
        session.state(change, "宋佳", "再补充一句。")
    assert len(session.readings) == 1
    assert newest_readings(session)[one.id].statements == 1
    with cast.acting(MEDIATOR) as change:
        confirm_reading(change, session, one, ReadingWay.ALOUD)
    assert newest_readings(session)[one.id].statements == 2


def test_an_interpreter_has_a_name(cast: Cast) -> None:
    session = opened(cast)
    with pytest.raises(RuleBroken) as broken, cast.acting(MEDIATOR) as change:
        confirm_reading(change, session, session.participants[0], ReadingWay.INTERPRETER)
    assert broken.value.field == "interpreter"


def test_the_record_is_frozen_with_its_hash_at_the_end(cast: Cast) -> None:
    assert opened(cast).record_hash is None
    session = ended(cast)
    assert session.record_hash == session.reckoned_hash
    session.statements[0].text += "。"
    assert session.record_hash != session.reckoned_hash
    db.session.rollback()


@pytest.mark.parametrize("statement", ["UPDATE statements SET text = 'x'", "DELETE FROM statements"])
def test_the_database_refuses_to_change_a_statement(cast: Cast, statement: str) -> None:
    opened(cast)
    db.session.close()
    with db.engine.connect() as connection, pytest.raises(DBAPIError, match="never changed"):
        connection.execute(text(statement))


def test_what_is_put_right_stands_beside_what_was_said(cast: Cast) -> None:
    session = ended(cast)
    frozen, line = session.record_hash, session.statements[0]
    with cast.acting(MEDIATOR) as change:
        supplement(change, session, "数字听错", "应为 5690 元。", line.id)
    assert (line.text, session.record_supplements[0].statement_id) == ("请求退还 5960 元。", line.id)
    assert session.reckoned_hash == frozen


def test_a_supplement_needs_its_reason_and_an_ended_session(cast: Cast) -> None:
    session = ended(cast)
    with pytest.raises(RuleBroken) as broken, cast.acting(MEDIATOR) as change:
        supplement(change, session, " ", "应为 5690 元。")
    assert broken.value.field == "reason"
    with pytest.raises(RuleBroken) as broken, cast.acting(MEDIATOR) as change:
        supplement(change, session, "听错", "应为 5690 元。", 999)
    assert broken.value.field == "statement"
    still_open = opened(cast)
    with pytest.raises(TransitionNotAllowed), cast.acting(MEDIATOR) as change:
        supplement(change, still_open, "听错", "应为 5690 元。")
