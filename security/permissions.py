"""What may be asked for, by name, and which role may do it. This table is the documentation."""

from enum import StrEnum

from models.dispute_unit import Part
from models.person import Role


class Permission(StrEnum):
    ACCOUNT_OWN = "account:own"
    WORK_READ = "work:read"
    BOARD_READ = "board:read"
    DISPUTE_REGISTER = "dispute:register"
    DISPUTE_READ = "dispute:read"
    DISPUTE_EDIT = "dispute:edit"
    DISPUTE_DECIDE = "dispute:decide"
    DISPUTE_CLOSE = "dispute:close"
    DISPUTE_REOPEN = "dispute:reopen"
    DISPUTE_ARCHIVE = "dispute:archive"
    DOSSIER_HOLD = "dossier:hold"
    DOSSIER_BATCH = "dossier:batch"
    DEADLINE_EDIT = "deadline:edit"
    PARTY_REVEAL = "party:reveal"
    WHISTLE_SOUND = "whistle:sound"
    CALLOUT_RECORD = "callout:record"
    CALLOUT_EXTEND = "callout:extend"
    COORDINATION_REQUEST = "coordination:request"
    COORDINATION_ARRANGE = "coordination:arrange"
    CALLOUT_RESPOND = "callout:respond"
    OBJECTION_DECIDE = "objection:decide"
    BACK_ENTRY_MAKE = "back-entry:make"
    SHIFT_TAKE_OVER = "shift:take-over"
    RECUSAL_DECIDE = "recusal:decide"
    MEDIATION_CONDUCT = "mediation:conduct"
    ATTACHMENT_READ = "attachment:read"
    ATTACHMENT_EDIT = "attachment:edit"
    FOLLOW_UP_RECORD = "follow-up:record"
    PAPER_MAKE = "paper:make"
    SUBSIDY_READ = "subsidy:read"
    SUBSIDY_PREPARE = "subsidy:prepare"
    SUBSIDY_APPROVE = "subsidy:approve"
    SUBSIDY_OWN = "subsidy:own"
    REFERRAL_SEND = "referral:send"
    REFERRAL_READ = "referral:read"
    REFERRAL_HANDLE = "referral:handle"
    REFERRAL_FILE = "referral:file"
    ROSTER_EDIT = "roster:edit"
    ROSTER_READ = "roster:read"
    ATTENDANCE_RECORD = "attendance:record"
    RECORD_READ = "record:read"
    PERSON_MANAGE = "person:manage"
    UNIT_MANAGE = "unit:manage"
    CENTRE_MANAGE = "centre:manage"
    SCREEN_MANAGE = "screen:manage"
    CHANNEL_MANAGE = "channel:manage"
    AUDIT_READ = "audit:read"


P = Permission
_EVERYBODY = {P.ACCOUNT_OWN, P.WORK_READ}
_DESK = _EVERYBODY | {P.BOARD_READ, P.DISPUTE_READ}

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    role: frozenset(permissions)
    for role, permissions in {
        Role.CLERK: _DESK | {P.DISPUTE_REGISTER, P.DISPUTE_EDIT, P.DISPUTE_DECIDE, P.PARTY_REVEAL, P.WHISTLE_SOUND,
                             P.CALLOUT_RECORD, P.DISPUTE_CLOSE, P.DEADLINE_EDIT, P.ATTENDANCE_RECORD,
                             P.BACK_ENTRY_MAKE, P.SHIFT_TAKE_OVER, P.ATTACHMENT_READ, P.ATTACHMENT_EDIT,
                             P.FOLLOW_UP_RECORD, P.PAPER_MAKE, P.DISPUTE_ARCHIVE, P.DOSSIER_BATCH, P.SUBSIDY_READ,
                             P.SUBSIDY_PREPARE, P.REFERRAL_SEND, P.REFERRAL_READ, P.REFERRAL_HANDLE, P.REFERRAL_FILE},
        Role.DUTY_LEADER: _DESK | {P.DISPUTE_DECIDE, P.WHISTLE_SOUND, P.CALLOUT_RECORD, P.OBJECTION_DECIDE,
                                   P.CALLOUT_EXTEND, P.COORDINATION_REQUEST, P.COORDINATION_ARRANGE, P.BACK_ENTRY_MAKE,
                                   P.SHIFT_TAKE_OVER, P.DISPUTE_CLOSE, P.DISPUTE_REOPEN, P.DEADLINE_EDIT,
                                   P.PARTY_REVEAL, P.ROSTER_READ, P.ATTENDANCE_RECORD, P.RECORD_READ,
                                   P.ATTACHMENT_READ, P.FOLLOW_UP_RECORD, P.PAPER_MAKE, P.RECUSAL_DECIDE,
                                   P.DISPUTE_ARCHIVE, P.DOSSIER_HOLD, P.DOSSIER_BATCH, P.SUBSIDY_READ,
                                   P.SUBSIDY_APPROVE, P.REFERRAL_READ, P.REFERRAL_HANDLE},
        Role.CENTRE_MANAGER: _DESK | {P.CENTRE_MANAGE, P.UNIT_MANAGE, P.SCREEN_MANAGE, P.CHANNEL_MANAGE, P.ROSTER_EDIT,
                                      P.ROSTER_READ, P.ATTENDANCE_RECORD, P.DISPUTE_REOPEN, P.RECUSAL_DECIDE,
                                      P.SUBSIDY_READ, P.SUBSIDY_APPROVE},
        Role.MEDIATOR: _DESK | {P.DISPUTE_EDIT, P.PARTY_REVEAL, P.CALLOUT_RECORD, P.MEDIATION_CONDUCT, P.DISPUTE_CLOSE,
                                P.DEADLINE_EDIT, P.WHISTLE_SOUND, P.ATTACHMENT_READ, P.ATTACHMENT_EDIT,
                                P.FOLLOW_UP_RECORD, P.PAPER_MAKE, P.SUBSIDY_OWN, P.REFERRAL_READ,
                                P.REFERRAL_HANDLE},
        Role.OFFICER: _EVERYBODY | {P.CALLOUT_RESPOND, P.RECORD_READ},
        Role.UNIT_MANAGER: _EVERYBODY | {P.CALLOUT_RESPOND, P.COORDINATION_ARRANGE, P.ROSTER_EDIT, P.RECORD_READ},
        # Referrals and nothing else: the file of the dispute stays in the house.
        Role.COURT_DESK: _EVERYBODY | {P.REFERRAL_SEND, P.REFERRAL_READ, P.REFERRAL_FILE},
        Role.LAWYER: _EVERYBODY,
        Role.COUNSELLOR: _EVERYBODY,
        Role.STATISTICIAN: _EVERYBODY | {P.SUBSIDY_READ, P.SUBSIDY_PREPARE},
        Role.SYSTEM_ADMIN: _EVERYBODY | {P.SCREEN_MANAGE},
        Role.SECURITY_ADMIN: _EVERYBODY | {P.PERSON_MANAGE},
        Role.AUDIT_ADMIN: _EVERYBODY | {P.AUDIT_READ},
    }.items()
}  # fmt: skip

# They change what lies in a file. In one that is archived their verbs are refused, so no page offers them there.
OF_THE_FILE = frozenset({
    P.DISPUTE_EDIT, P.DISPUTE_DECIDE, P.DISPUTE_CLOSE, P.WHISTLE_SOUND, P.CALLOUT_RECORD, P.CALLOUT_EXTEND,
    P.COORDINATION_REQUEST, P.OBJECTION_DECIDE, P.RECUSAL_DECIDE, P.MEDIATION_CONDUCT, P.ATTACHMENT_EDIT,
})  # fmt: skip

# Which parts of a dispute a permission reaches. What is not named here reaches only what the unit itself holds.
_KNOWING = frozenset(Part) - {Part.CALLED, Part.COURT, Part.AID}
PARTS: dict[Permission, frozenset[Part]] = {
    P.DISPUTE_READ: _KNOWING,
    P.BOARD_READ: frozenset({Part.HOLDER}),
    P.WORK_READ: _KNOWING,
    # Whoever is called hears the matter in the room; the papers of the parties stay in the file.
    P.ATTACHMENT_READ: _KNOWING,
}
HOLDS = frozenset({Part.HOLDER})
