"""The next date 下次日期 of a dispute, as far as its record knows one."""

from datetime import date

from models.agreement import next_due
from models.dispute import Dispute
from models.hand_over import current_hand_over


def next_date(dispute: Dispute) -> date | None:
    """The next date the record itself knows: first term still due, or the reply of a hand-over."""
    due = next_due([found for session in dispute.sessions if (found := session.standing_agreement)])
    dates = [due] if due else []
    standing = current_hand_over(dispute)
    if standing is not None and standing.replied_at is None:
        dates.append(standing.reply_by)
    return min(dates, default=None)
