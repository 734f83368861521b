"""The start page of everybody: what waits, by role, and nothing else."""

from collections.abc import Callable

from flask import Response, url_for
from flask_babel import gettext

from blueprints.work import asked, bp, court, desk, mediator, oversight, periods, subsidies
from blueprints.work.items import Item, Waiting
from models.words import _
from security.access import requires
from security.identity import current
from security.permissions import Permission
from web.responses import page

P = Permission
# Heading, the permission whose holders see it, the list, and the page with all of them.
LISTS: list[tuple[str, P, Callable[[], list[Item]], str]] = [
    (_("Requests to the district"), P.COORDINATION_ARRANGE, oversight.coordinations, ""),
    (_("Objections to decide"), P.OBJECTION_DECIDE, oversight.objections, "decisions.list_decisions"),
    (_("Steps to press"), P.OBJECTION_DECIDE, oversight.unpressed_steps, "decisions.list_decisions"),
    (_("Requests for time"), P.OBJECTION_DECIDE, oversight.time_requests, "decisions.list_decisions"),
    (_("Recusals to decide"), P.RECUSAL_DECIDE, oversight.recusals, ""),
    (_("Subsidy lists to approve"), P.SUBSIDY_APPROVE, subsidies.to_approve, "subsidy.list_lists"),
    (_("Units that are late"), P.OBJECTION_DECIDE, oversight.late_callouts, "board.show_desk"),
    (_("Cards without a mediator"), P.OBJECTION_DECIDE, oversight.lacking_mediator, "board.show_desk"),
    (_("Suspicion of sham mediation"), P.REFERRAL_READ, court.suspect, "court.list_referrals"),
    (_("Packs for the court to release"), P.REFERRAL_HANDLE, court.to_release, "court.list_referrals"),
    (_("My open sessions"), P.DISPUTE_EDIT, mediator.sitting, ""),
    (_("Assigned to me"), P.DISPUTE_EDIT, mediator.assigned_to_me, "disputes.list_disputes"),
    (_("Who came during the outage"), P.CALLOUT_RECORD, desk.outages_open, "outages.list_outages"),
    (_("My deadlines"), P.DEADLINE_EDIT, periods.own, "deadlines.list_deadlines"),
    (_("Deadlines that are overdue"), P.OBJECTION_DECIDE, periods.overdue, "deadlines.list_deadlines"),
    (_("Calendar"), P.CENTRE_MANAGE, periods.calendar_to_enter, "admin.list_calendar"),
    (_("Visits without a whistle"), P.DISPUTE_REGISTER, desk.without_whistle, "board.show_desk"),
    (_("Message failed or unknown, telephone the unit"), P.DISPUTE_REGISTER, desk.unreached, "board.show_desk"),
    (_("Objections to confirm by telephone"), P.DISPUTE_REGISTER, desk.objected, "board.show_desk"),
    (_("Arrivals to record"), P.DISPUTE_REGISTER, desk.expected, "board.show_desk"),
    (_("Arrivals to confirm"), P.DISPUTE_REGISTER, desk.unconfirmed, "board.show_desk"),
    (_("Invited, no telephone result yet"), P.DISPUTE_REGISTER, desk.uncalled, "board.show_desk"),
    (_("Slips not printed today"), P.DISPUTE_REGISTER, desk.unprinted, ""),
    (_("Files to complete"), P.DISPUTE_REGISTER, desk.incomplete, "disputes.list_disputes"),
    (_("Matters of the court to sign for"), P.DISPUTE_REGISTER, court.to_sign, "court.list_referrals"),
    (_("Matters of the court to answer"), P.DISPUTE_REGISTER, court.to_answer, "court.list_referrals"),
    (_("Consent of the other party to ask"), P.DISPUTE_REGISTER, court.to_ask, "court.list_referrals"),
    (_("Matters of the court without a mediator"), P.DISPUTE_REGISTER, court.without_mediator, "court.list_referrals"),
    (_("To be reported to the court"), P.REFERRAL_HANDLE, court.proposed, "court.list_referrals"),
    (_("Packs for the court to put together"), P.REFERRAL_HANDLE, court.to_pack, "court.list_referrals"),
    (_("Confirmation to apply for"), P.REFERRAL_HANDLE, court.to_apply, "court.list_referrals"),
    (_("Not confirmed by the court"), P.REFERRAL_HANDLE, court.dismissed, "court.list_referrals"),
    (_("Not answered by the centre in time"), P.REFERRAL_FILE, court.unanswered, "court.list_referrals"),
    (_("Packs the court deals with"), P.REFERRAL_FILE, court.to_file, "court.list_referrals"),
    (_("Word of the court on a confirmation awaited"), P.REFERRAL_FILE, court.to_rule, "court.list_referrals"),
    (_("Ended, to be closed"), P.DISPUTE_CLOSE, desk.to_close, "disputes.list_disputes"),
    (_("Subsidy lists sent back"), P.SUBSIDY_PREPARE, subsidies.sent_back, "subsidy.list_lists"),
    (_("Replies of units"), P.DISPUTE_DECIDE, lambda: oversight.replies(P.DISPUTE_DECIDE), "disputes.list_disputes"),
    (_("Promised replies of units"), P.CALLOUT_RECORD, oversight.promises, "disputes.list_disputes"),
    (_("Terms due within a week"), P.MEDIATION_CONDUCT, mediator.terms_due, "disputes.list_disputes"),
    (_("To follow up this week"), P.FOLLOW_UP_RECORD, mediator.follow_ups, "follow_ups.list_follow_ups"),
    (_("Deadlines of my unit"), P.CALLOUT_RESPOND, periods.of_own_units, ""),
    (_("Callouts of my unit"), P.CALLOUT_RESPOND, oversight.own_callouts, "callouts.list_callouts"),
    (_("Nobody on duty on the next working day"), P.CALLOUT_RESPOND, oversight.own_gaps, ""),
    (_("Rosters with open days"), P.ROSTER_READ, oversight.gaps, ""),
]


@bp.get("/")
@requires(Permission.WORK_READ)
def show_work() -> Response:
    lists = [
        Waiting(gettext(title), found(), url_for(more) if more else "")
        for title, permission, found, more in LISTS
        if current().may(permission)
    ]
    return page("work/show.html", lists=[waiting for waiting in lists if waiting.items], has_lists=bool(lists),
                asks_modes=asked.court_modes())  # fmt: skip
