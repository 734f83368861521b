"""What each permission lets people do, in the words of the house."""

from models.words import _
from security.permissions import Permission

P = Permission

# A permission without words shows its name (a test asks for them).
PERMISSION_WORDS: dict[P, str] = {
    P.ACCOUNT_OWN: _("Change one's own password"),
    P.WORK_READ: _("See one's own work"),
    P.BOARD_READ: _("See the dispatch board"),
    P.DISPUTE_REGISTER: _("Register visits and disputes"),
    P.DISPUTE_READ: _("Read files in one's own scope"),
    P.DISPUTE_EDIT: _("Complete and change a file"),
    P.DISPUTE_DECIDE: _("Accept, decline, suspend, hand over"),
    P.DISPUTE_CLOSE: _("Close a dispute"),
    P.DISPUTE_REOPEN: _("Reopen a closed dispute"),
    P.DISPUTE_ARCHIVE: _("Archive closed files and take them along"),
    P.DOSSIER_HOLD: _("Keep a file from destruction"),
    P.DOSSIER_BATCH: _("Have many whole files drawn at once"),
    P.SUBSIDY_READ: _("Read subsidy lists"),
    P.SUBSIDY_PREPARE: _("Draw up subsidy lists"),
    P.SUBSIDY_APPROVE: _("Approve subsidy lists and enter rates"),
    P.SUBSIDY_OWN: _("See one's own subsidies"),
    P.PARTY_REVEAL: _("See ID numbers and telephones in full (kept on record)"),
    P.WHISTLE_SOUND: _("Blow the whistle"),
    P.CALLOUT_RECORD: _("Record telephone notes and arrivals"),
    P.CALLOUT_EXTEND: _("Give a unit more time"),
    P.COORDINATION_REQUEST: _("Ask the district to coordinate"),
    P.COORDINATION_ARRANGE: _("Note what was arranged for the district"),
    P.CALLOUT_RESPOND: _("Answer callouts of one's own unit"),
    P.OBJECTION_DECIDE: _("Decide on objections"),
    P.BACK_ENTRY_MAKE: _("Enter later what happened on paper or by telephone"),
    P.SHIFT_TAKE_OVER: _("Take the desk over from a colleague"),
    P.MEDIATION_CONDUCT: _("Hold sessions and record results"),
    P.RECUSAL_DECIDE: _("Decide whether a mediator withdraws"),
    P.DEADLINE_EDIT: _("Start, extend and end deadlines"),
    P.ATTACHMENT_READ: _("Open the material of a dispute"),
    P.ATTACHMENT_EDIT: _("Add and remove material"),
    P.PAPER_MAKE: _("Make papers"),
    P.FOLLOW_UP_RECORD: _("Record follow-up calls"),
    P.ROSTER_EDIT: _("Enter the duty roster"),
    P.ROSTER_READ: _("See which units have nobody on duty"),
    P.ATTENDANCE_RECORD: _("Record whether windows are manned"),
    P.RECORD_READ: _("See a unit's own record and monthly sheet"),
    P.PERSON_MANAGE: _("Manage accounts and roles"),
    P.UNIT_MANAGE: _("Manage units"),
    P.CENTRE_MANAGE: _("Manage rooms, kinds, bodies and settings"),
    P.CHANNEL_MANAGE: _("Set up the channels of messages"),
    P.SCREEN_MANAGE: _("Connect and revoke screens"),
    P.AUDIT_READ: _("Read the audit record"),
}
