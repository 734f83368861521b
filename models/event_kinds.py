"""The vocabulary of what happens: `subject:action`, recorded after the fact. Each kind has its sentence."""

from enum import StrEnum

from models.words import _


class EventKind(StrEnum):
    VISIT_REGISTER = "visit:register"
    VISIT_JOIN = "visit:join"
    VISIT_ANSWER = "visit:answer"
    VISIT_PRINT = "visit:print"
    VISIT_CALL = "visit:call"

    DISPUTE_REGISTER = "dispute:register"
    DISPUTE_EDIT = "dispute:edit"
    DISPUTE_ACCEPT = "dispute:accept"
    DISPUTE_DECLINE = "dispute:decline"
    DISPUTE_OPEN_MEDIATION = "dispute:open-mediation"
    DISPUTE_SUSPEND = "dispute:suspend"
    DISPUTE_RESUME = "dispute:resume"
    DISPUTE_AGREE = "dispute:agree"
    DISPUTE_END_WITHOUT = "dispute:end-without"
    DISPUTE_HAND_OVER = "dispute:hand-over"
    DISPUTE_TAKE_BACK = "dispute:take-back"
    DISPUTE_WITHDRAW = "dispute:withdraw"
    DISPUTE_CLOSE = "dispute:close"
    DISPUTE_ARCHIVE = "dispute:archive"
    DISPUTE_REOPEN = "dispute:reopen"

    INQUIRY_NOTE = "inquiry:note"
    BACK_ENTRY_MAKE = "back-entry:make"

    PARTY_ADD = "party:add"
    PARTY_EDIT = "party:edit"
    PARTY_REMOVE = "party:remove"
    PARTY_REVEAL = "party:reveal"
    RISK_TICK = "risk:tick"

    WHISTLE_SOUND = "whistle:sound"
    CALLOUT_DELIVER = "callout:deliver"
    CALLOUT_TELEPHONE = "callout:telephone"
    CALLOUT_ACKNOWLEDGE = "callout:acknowledge"
    CALLOUT_SET_OUT = "callout:set-out"
    CALLOUT_OBJECT = "callout:object"
    CALLOUT_UPHOLD = "callout:uphold"
    CALLOUT_REJECT = "callout:reject"
    CALLOUT_SUBSTITUTE = "callout:substitute"
    CALLOUT_ARRIVE = "callout:arrive"
    CALLOUT_CORRECT = "callout:correct"
    CALLOUT_ANSWER = "callout:answer"
    CALLOUT_REPLY = "callout:reply"
    CALLOUT_MISS_REPLY = "callout:miss-reply"
    CALLOUT_COMMENT = "callout:comment"
    CALLOUT_RELEASE = "callout:release"
    CALLOUT_STAND_DOWN = "callout:stand-down"
    CALLOUT_WRONG_CODE = "callout:wrong-code"
    CALLOUT_OPEN_CODE = "callout:open-code"
    CALLOUT_REMIND = "callout:remind"
    CALLOUT_SECOND = "callout:second"
    CALLOUT_COORDINATE = "callout:coordinate"
    CALLOUT_ARRANGE = "callout:arrange"
    CALLOUT_UNPRESSED = "callout:unpressed"
    CALLOUT_CALL = "callout:call"
    CALLOUT_PAUSE = "callout:pause"
    CALLOUT_RESUME = "callout:resume"
    CALLOUT_EXTEND = "callout:extend"
    CALLOUT_ASK_TIME = "callout:ask-time"
    CALLOUT_GRANT_TIME = "callout:grant-time"
    CALLOUT_REFUSE_TIME = "callout:refuse-time"
    CALLOUT_MISS = "callout:miss"
    CALLOUT_SEE_STAND_DOWN = "callout:see-stand-down"
    CALLOUT_TAKE_BACK = "callout:take-back"
    CALLOUT_CONFIRM_OBJECTION = "callout:confirm-objection"
    CALLOUT_PLAN = "callout:plan"
    CALLOUT_RENEW_LINK = "callout:renew-link"
    CALLOUT_REVEAL_LINK = "callout:reveal-link"

    INVITATION_MAKE = "invitation:make"
    INVITATION_NOTE = "invitation:note"
    INVITATION_ARRIVE = "invitation:arrive"
    ASSIGNMENT_MAKE = "assignment:make"
    ASSIGNMENT_END = "assignment:end"
    ROOM_TAKE = "room:take"
    ROOM_LEAVE = "room:leave"

    MEDIATION_OPEN = "mediation:open"
    MEDIATION_STATE = "mediation:state"
    MEDIATION_CONCLUDE = "mediation:conclude"
    AGREEMENT_DRAFT = "agreement:draft"
    MANDATE_NOTE = "mandate:note"
    PARTICIPANT_JOIN = "participant:join"
    PARTICIPANT_LEAVE = "participant:leave"
    RIGHTS_TELL = "rights:tell"
    RECORD_READ = "record:read"
    RECORD_SUPPLEMENT = "record:supplement"
    INVESTIGATION_BEGIN = "investigation:begin"
    INVESTIGATION_EDIT = "investigation:edit"
    INVESTIGATION_FINISH = "investigation:finish"
    RECUSAL_ASK = "recusal:ask"
    RECUSAL_GRANT = "recusal:grant"
    RECUSAL_REFUSE = "recusal:refuse"
    AGREEMENT_CONCLUDE = "agreement:conclude"
    AGREEMENT_TAKE_EFFECT = "agreement:take-effect"
    AGREEMENT_LAPSE = "agreement:lapse"
    AGREEMENT_CONFIRM = "agreement:confirm"
    TERM_PERFORM = "term:perform"
    TERM_PAY_PART = "term:pay-part"
    TERM_STRIKE = "term:strike"
    TERM_REMIND = "term:remind"
    FOLLOW_UP_PLAN = "follow-up:plan"
    FOLLOW_UP_CALL = "follow-up:call"
    HAND_OVER_REPLY = "hand-over:reply"
    ATTACHMENT_UPLOAD = "attachment:upload"
    ATTACHMENT_EDIT = "attachment:edit"
    ATTACHMENT_REMOVE = "attachment:remove"
    ATTACHMENT_SHOW = "attachment:show"
    ATTACHMENT_DOWNLOAD = "attachment:download"

    DEADLINE_START = "deadline:start"
    DEADLINE_PAUSE = "deadline:pause"
    DEADLINE_RESUME = "deadline:resume"
    DEADLINE_EXTEND = "deadline:extend"
    DEADLINE_MEET = "deadline:meet"
    DEADLINE_VOID = "deadline:void"
    DEADLINE_MOVE = "deadline:move"
    DEADLINE_REMIND = "deadline:remind"

    PERSON_CREATE = "person:create"
    PERSON_EDIT = "person:edit"
    PERSON_GRANT = "person:grant"
    PERSON_REVOKE = "person:revoke"
    PERSON_PIN = "person:pin"
    PERSON_PASSWORD = "person:password"  # noqa: S105 - a word for an event, no secret
    PERSON_DISABLE = "person:disable"
    PERSON_ENABLE = "person:enable"
    PERSON_SIGN_IN = "person:sign-in"
    PERSON_SIGN_OUT = "person:sign-out"
    PERSON_LOCK = "person:lock"
    PERSON_UNLOCK = "person:unlock"
    PERSON_END_SESSIONS = "person:end-sessions"

    UNIT_CREATE = "unit:create"
    UNIT_EDIT = "unit:edit"
    UNIT_ROSTER = "unit:roster"
    UNIT_SWAP_DUTY = "unit:swap-duty"
    ATTENDANCE_COME = "attendance:come"
    ATTENDANCE_LEAVE = "attendance:leave"
    CALENDAR_ENTER = "calendar:enter"
    CALENDAR_REMOVE = "calendar:remove"
    ROOM_EDIT = "room:edit"
    CATEGORY_EDIT = "category:edit"
    BODY_EDIT = "body:edit"
    SETTING_CHANGE = "setting:change"
    SCREEN_CREATE = "screen:create"
    SCREEN_PAIR = "screen:pair"
    SCREEN_REVOKE = "screen:revoke"
    CHANNEL_CREATE = "channel:create"
    CHANNEL_EDIT = "channel:edit"
    CHANNEL_TEST = "channel:test"

    REFERRAL_SEND = "referral:send"
    REFERRAL_RECEIVE = "referral:receive"
    REFERRAL_RENUMBER = "referral:renumber"
    REFERRAL_ACCEPT = "referral:accept"
    REFERRAL_DECLINE = "referral:decline"
    REFERRAL_CONSENT = "referral:consent"
    REFERRAL_APPOINT = "referral:appoint"
    REFERRAL_ATTEMPT = "referral:attempt"
    REFERRAL_STATE_FACTS = "referral:state-facts"
    REFERRAL_SUCCEED = "referral:succeed"
    REFERRAL_FAIL = "referral:fail"
    REFERRAL_TAKE = "referral:take"
    FILING_PREPARE = "filing:prepare"
    FILING_RELEASE = "filing:release"
    FILING_FILE = "filing:file"
    CONFIRMATION_APPLY = "confirmation:apply"
    CONFIRMATION_ACCEPT = "confirmation:accept"
    CONFIRMATION_RULE = "confirmation:rule"
    CASE_TYPE_EDIT = "case-type:edit"

    REGISTER_ENTER = "register:enter"
    PAPER_SHOW = "paper:show"
    PAPER_FINALISE = "paper:finalise"
    PAPER_SIGN = "paper:sign"
    PAPER_REFUSE = "paper:refuse"
    PAPER_STRIKE = "paper:strike"
    PAPER_READ_OUT = "paper:read-out"
    PAPER_SCAN = "paper:scan"
    PAPER_INK = "paper:ink"
    PAPER_AGREE_INK = "paper:agree-ink"
    PAPER_DECLINE_INK = "paper:decline-ink"
    PAPER_OPEN_LINK = "paper:open-link"
    PAPER_END_LINK = "paper:end-link"
    DOSSIER_EXPORT = "dossier:export"
    DOSSIER_HOLD = "dossier:hold"
    DOSSIER_RELEASE = "dossier:release"
    SUBSIDY_DRAW_UP = "subsidy:draw-up"
    SUBSIDY_GRADE = "subsidy:grade"
    SUBSIDY_CORRECT = "subsidy:correct"
    SUBSIDY_TAKE_OUT = "subsidy:take-out"
    SUBSIDY_SUBMIT = "subsidy:submit"
    SUBSIDY_SEND_BACK = "subsidy:send-back"
    SUBSIDY_APPROVE = "subsidy:approve"
    SUBSIDY_DISCARD = "subsidy:discard"
    SUBSIDY_EXPORT = "subsidy:export"
    SUBSIDY_RATE = "subsidy:rate"
    BATCH_ORDER = "batch:order"
    BATCH_CANCEL = "batch:cancel"
    BATCH_FINISH = "batch:finish"
    BATCH_END = "batch:end"
    BATCH_HAND_OUT = "batch:hand-out"
    PACK_PRINT = "pack:print"
    PACK_SHOW = "pack:show"
    OUTAGE_CLOSE = "outage:close"
    SHIFT_TAKE_OVER = "shift:take-over"
    PREPARATION_EDIT = "preparation:edit"

    SECURITY_REFUSE = "security:refuse"
    AUDIT_SEAL = "audit:seal"


# Nothing happened to the matter: somebody looked, or goes on writing. Told where that is, not in the course.
UNTOLD = (EventKind.ATTACHMENT_SHOW, EventKind.ATTACHMENT_DOWNLOAD, EventKind.AGREEMENT_DRAFT)

# %(who)s is the actor, the other places are facts of the event with ids turned into names.
SENTENCES: dict[EventKind, str] = {
    EventKind.VISIT_REGISTER: _("%(who)s registered the visit, queue number %(queue)s, %(heads)s people"),
    EventKind.VISIT_JOIN: _("%(who)s noted a further visit: %(purpose)s"),
    EventKind.VISIT_ANSWER: _("%(who)s answered the consultation"),
    EventKind.VISIT_PRINT: _("%(who)s printed slip %(print)s"),
    EventKind.VISIT_CALL: _("%(who)s called %(queue)s to %(room)s"),
    EventKind.DISPUTE_REGISTER: _("%(who)s registered the dispute under %(category)s"),
    EventKind.DISPUTE_EDIT: _("%(who)s completed or changed: %(fields)s"),
    EventKind.DISPUTE_ACCEPT: _("%(who)s accepted the dispute"),
    EventKind.DISPUTE_DECLINE: _("%(who)s declined the dispute"),
    EventKind.DISPUTE_OPEN_MEDIATION: _("%(who)s opened mediation"),
    EventKind.DISPUTE_SUSPEND: _("%(who)s suspended the mediation"),
    EventKind.DISPUTE_RESUME: _("%(who)s resumed the mediation"),
    EventKind.DISPUTE_AGREE: _("The parties reached an agreement; recorded by %(who)s"),
    EventKind.DISPUTE_END_WITHOUT: _("The mediation ended without agreement; recorded by %(who)s"),
    EventKind.DISPUTE_HAND_OVER: _("%(who)s handed the dispute over to %(unit)s, reply by %(reply_by)s"),
    EventKind.DISPUTE_TAKE_BACK: _("%(who)s took the dispute back"),
    EventKind.DISPUTE_WITHDRAW: _("The applicant withdrew; recorded by %(who)s"),
    EventKind.DISPUTE_CLOSE: _("%(who)s closed the dispute: %(closing)s"),
    EventKind.DISPUTE_ARCHIVE: _("%(who)s archived the file"),
    EventKind.DISPUTE_REOPEN: _("%(who)s reopened the dispute"),
    EventKind.INQUIRY_NOTE: _("%(who)s asked %(unit)s by telephone first: %(result)s"),
    EventKind.BACK_ENTRY_MAKE: _("Entered later by %(who)s: %(happened)s of %(original)s"),
    EventKind.PARTY_ADD: _("%(who)s added a party (%(side)s)"),
    EventKind.PARTY_EDIT: _("%(who)s changed a party (%(fields)s)"),
    EventKind.PARTY_REMOVE: _("%(who)s removed a party"),
    EventKind.PARTY_REVEAL: _("%(who)s looked at the unmasked %(field)s of a party"),
    EventKind.RISK_TICK: _("%(who)s updated the risk ticks"),
    EventKind.WHISTLE_SOUND: _("%(who)s blew whistle %(round)s (%(level)s) for %(units)s"),
    EventKind.CALLOUT_DELIVER: _("The whistle reached %(unit)s"),
    EventKind.CALLOUT_TELEPHONE: _("%(who)s told %(unit)s by telephone"),
    EventKind.CALLOUT_ACKNOWLEDGE: _("%(unit)s acknowledged"),
    EventKind.CALLOUT_SET_OUT: _("%(unit)s is on the way"),
    EventKind.CALLOUT_OBJECT: _("%(unit)s raised an objection (%(channel)s)"),
    EventKind.CALLOUT_UPHOLD: _("%(who)s upheld the objection of %(unit)s"),
    EventKind.CALLOUT_REJECT: _("%(who)s did not uphold the objection of %(unit)s"),
    EventKind.CALLOUT_SUBSTITUTE: _("%(unit)s sends another officer"),
    EventKind.CALLOUT_ARRIVE: _("%(unit)s reported in after %(minutes)s minutes (%(method)s)"),
    EventKind.CALLOUT_CORRECT: _("%(who)s corrected the arrival of %(unit)s"),
    EventKind.CALLOUT_ANSWER: _("%(who)s noted the answer of %(unit)s: %(result)s"),
    EventKind.CALLOUT_REPLY: _("%(unit)s gave the promised reply on %(day)s; noted by %(who)s"),
    EventKind.CALLOUT_MISS_REPLY: _("%(who)s noted that %(unit)s did not reply by the promised day"),
    EventKind.CALLOUT_COMMENT: _("%(unit)s stated its own answer: %(result)s"),
    EventKind.CALLOUT_RELEASE: _("%(who)s released %(unit)s"),
    EventKind.CALLOUT_STAND_DOWN: _("%(who)s stood %(unit)s down"),
    EventKind.CALLOUT_WRONG_CODE: _("A wrong arrival code was entered for %(unit)s"),
    EventKind.CALLOUT_OPEN_CODE: _("%(who)s opened code entry again for %(unit)s"),
    EventKind.CALLOUT_REMIND: _("%(unit)s was reminded to acknowledge; sent by %(who)s"),
    EventKind.CALLOUT_SECOND: _("%(who)s blew the second whistle for %(unit)s"),
    EventKind.CALLOUT_COORDINATE: _("%(who)s asked the district to coordinate with %(unit)s"),
    EventKind.CALLOUT_ARRANGE: _("%(who)s arranged with %(unit)s for the district"),
    EventKind.CALLOUT_UNPRESSED: _("Nobody pressed %(step)s for %(unit)s: the duty leader was told"),
    EventKind.CALLOUT_CALL: _("%(who)s telephoned %(unit)s: %(result)s"),
    EventKind.CALLOUT_PAUSE: _("%(who)s stopped the time for %(unit)s: %(pause)s"),
    EventKind.CALLOUT_RESUME: _("The time for %(unit)s goes on after %(minutes)s minutes; noted by %(who)s"),
    EventKind.CALLOUT_ASK_TIME: _("%(who)s asked for time for %(unit)s: %(wish)s"),
    EventKind.CALLOUT_GRANT_TIME: _("%(who)s granted %(unit)s the time asked for"),
    EventKind.CALLOUT_REFUSE_TIME: _("%(who)s did not grant %(unit)s more time"),
    EventKind.CALLOUT_EXTEND: _("%(who)s gave %(unit)s %(minutes)s minutes more"),
    EventKind.CALLOUT_MISS: _("%(who)s noted that %(unit)s did not come"),
    EventKind.CALLOUT_SEE_STAND_DOWN: _("%(unit)s has read the stand-down"),
    EventKind.CALLOUT_TAKE_BACK: _("%(who)s took back for %(unit)s: %(tap)s"),
    EventKind.CALLOUT_CONFIRM_OBJECTION: _("%(who)s confirmed the objection of %(unit)s by telephone"),
    EventKind.CALLOUT_PLAN: _("%(who)s planned the visit of %(unit)s to several rooms"),
    EventKind.CALLOUT_RENEW_LINK: _("%(who)s made a new link for %(unit)s"),
    EventKind.CALLOUT_REVEAL_LINK: _("%(who)s looked at the link of %(unit)s"),
    EventKind.INVITATION_MAKE: _("%(who)s invited the other side"),
    EventKind.INVITATION_NOTE: _("%(who)s noted the telephone result: %(result)s"),
    EventKind.INVITATION_ARRIVE: _("An invited party is present; noted by %(who)s"),
    EventKind.ASSIGNMENT_MAKE: _("%(who)s assigned %(person)s as %(part)s"),
    EventKind.ASSIGNMENT_END: _("%(who)s ended the assignment of %(person)s as %(part)s"),
    EventKind.ROOM_TAKE: _("Room taken: %(room)s"),
    EventKind.ROOM_LEAVE: _("Room free again: %(room)s"),
    EventKind.MEDIATION_OPEN: _("%(who)s opened a session: %(nature)s"),
    EventKind.MEDIATION_STATE: _("%(who)s took down a statement"),
    EventKind.MEDIATION_CONCLUDE: _("%(who)s ended the session: %(outcome)s"),
    EventKind.AGREEMENT_DRAFT: _("%(who)s saved the draft of the agreement (%(save)s)"),
    EventKind.MANDATE_NOTE: _(
        "%(who)s noted who has authorised the representatives: %(added)s more, %(gone)s taken back"
    ),
    EventKind.PARTICIPANT_JOIN: _("Somebody joined the session; noted by %(who)s"),
    EventKind.PARTICIPANT_LEAVE: _("Somebody left the session; noted by %(who)s"),
    EventKind.RIGHTS_TELL: _("%(who)s told a party (%(side)s) its rights and duties (%(told)s): %(consent)s"),
    EventKind.RECORD_READ: _("The record was read by a participant (%(reading)s); noted by %(who)s"),
    EventKind.RECORD_SUPPLEMENT: _("%(who)s supplemented the record of a session"),
    EventKind.INVESTIGATION_BEGIN: _("%(who)s began an investigation record"),
    EventKind.INVESTIGATION_EDIT: _("%(who)s changed an investigation record: %(fields)s"),
    EventKind.INVESTIGATION_FINISH: _("%(who)s finished an investigation record"),
    EventKind.RECUSAL_ASK: _("A party asks that %(person)s withdraws as %(part)s (%(ground)s); noted by %(who)s"),
    EventKind.RECUSAL_GRANT: _("%(who)s granted the withdrawal of %(person)s as %(part)s"),
    EventKind.RECUSAL_REFUSE: _("%(who)s did not grant the withdrawal of %(person)s as %(part)s"),
    EventKind.AGREEMENT_CONCLUDE: _("An agreement of %(terms)s terms was concluded (%(form)s)"),
    EventKind.AGREEMENT_TAKE_EFFECT: _("All have signed version %(version)s: the agreement takes effect on %(on)s"),
    EventKind.AGREEMENT_LAPSE: _("The agreement was not signed and has no effect; noted by %(who)s"),
    EventKind.AGREEMENT_CONFIRM: _("%(who)s noted that the court confirmed the agreement"),
    EventKind.TERM_PERFORM: _("%(who)s noted that a term was performed"),
    EventKind.TERM_PAY_PART: _("%(who)s noted a part payment"),
    EventKind.TERM_STRIKE: _("%(who)s struck out an entry of performance"),
    EventKind.TERM_REMIND: _("%(who)s reminded whoever has not kept a term (%(reminder)s)"),
    EventKind.FOLLOW_UP_PLAN: _("Follow-ups planned: %(planned)s, not needed any more: %(voided)s"),
    EventKind.FOLLOW_UP_CALL: _("%(who)s followed up: %(call)s"),
    EventKind.HAND_OVER_REPLY: _("%(who)s recorded the reply of %(unit)s"),
    EventKind.DEADLINE_START: _("%(who)s started the period %(clock)s; last day %(due)s"),
    EventKind.DEADLINE_PAUSE: _("%(who)s let the period %(clock)s stand still from %(since)s"),
    EventKind.DEADLINE_RESUME: _("%(who)s let the period %(clock)s go on from %(until)s; last day %(due)s"),
    EventKind.DEADLINE_EXTEND: _("%(who)s extended the period %(clock)s; last day %(due)s"),
    EventKind.DEADLINE_MEET: _("The period %(clock)s was kept or ended on %(on)s; noted by %(who)s"),
    EventKind.DEADLINE_VOID: _("%(who)s ended the period %(clock)s without effect"),
    EventKind.DEADLINE_MOVE: _("The calendar changed: last day of the period %(clock)s is %(due)s, before %(before)s"),
    EventKind.DEADLINE_REMIND: _("Reminded of the period %(clock)s; last day %(due)s"),
    EventKind.ATTACHMENT_UPLOAD: _("%(who)s added material %(number)s: %(material)s"),
    EventKind.ATTACHMENT_EDIT: _("%(who)s corrected what the list says of material %(number)s"),
    EventKind.ATTACHMENT_REMOVE: _("%(who)s removed material %(number)s: %(material)s"),
    EventKind.ATTACHMENT_SHOW: _("%(who)s looked at material %(number)s: %(material)s"),
    EventKind.ATTACHMENT_DOWNLOAD: _("%(who)s downloaded material %(number)s: %(material)s"),
    EventKind.PERSON_CREATE: _("%(who)s created the account of %(person)s"),
    EventKind.PERSON_EDIT: _("%(who)s changed the account of %(person)s"),
    EventKind.PERSON_GRANT: _("%(who)s gave %(person)s the role %(role)s at %(unit)s"),
    EventKind.PERSON_REVOKE: _("%(who)s took from %(person)s the role %(role)s at %(unit)s"),
    EventKind.PERSON_PIN: _("%(who)s set a PIN for the telephone page"),
    EventKind.PERSON_PASSWORD: _("The password of %(person)s was set by %(who)s"),
    EventKind.PERSON_DISABLE: _("%(who)s disabled the account of %(person)s"),
    EventKind.PERSON_ENABLE: _("%(who)s enabled the account of %(person)s"),
    EventKind.PERSON_SIGN_IN: _("%(who)s signed in"),
    EventKind.PERSON_SIGN_OUT: _("%(who)s signed out"),
    EventKind.PERSON_LOCK: _("The account of %(person)s was locked after wrong passwords"),
    EventKind.PERSON_UNLOCK: _("%(who)s unlocked the account of %(person)s"),
    EventKind.PERSON_END_SESSIONS: _("%(who)s ended the open sessions of %(person)s"),
    EventKind.UNIT_CREATE: _("%(who)s created the unit %(unit)s"),
    EventKind.UNIT_EDIT: _("%(who)s changed the unit %(unit)s"),
    EventKind.UNIT_ROSTER: _("%(who)s entered the duty officer of %(unit)s for %(day)s"),
    EventKind.UNIT_SWAP_DUTY: _("%(who)s swapped the duty of %(unit)s on %(day)s and %(other)s"),
    EventKind.ATTENDANCE_COME: _("The window of %(unit)s is manned; noted by %(who)s"),
    EventKind.ATTENDANCE_LEAVE: _("The window of %(unit)s is left; noted by %(who)s"),
    EventKind.CALENDAR_ENTER: _("%(who)s entered %(day)s in the calendar: %(day_kind)s"),
    EventKind.CALENDAR_REMOVE: _("%(who)s took %(day)s out of the calendar"),
    EventKind.ROOM_EDIT: _("%(who)s changed the room %(room)s"),
    EventKind.CATEGORY_EDIT: _("%(who)s changed the category %(category)s"),
    EventKind.BODY_EDIT: _("%(who)s changed a presiding body"),
    EventKind.SETTING_CHANGE: _("%(who)s changed the setting %(setting)s"),
    EventKind.SCREEN_CREATE: _("%(who)s made a screen link (%(face)s)"),
    EventKind.SCREEN_PAIR: _("A screen was connected (%(face)s)"),
    EventKind.SCREEN_REVOKE: _("%(who)s revoked a screen (%(face)s)"),
    EventKind.CHANNEL_CREATE: _("%(who)s set up the channel %(gateway)s"),
    EventKind.CHANNEL_EDIT: _("%(who)s changed the channel %(gateway)s"),
    EventKind.CHANNEL_TEST: _("%(who)s sent a test through the channel %(gateway)s"),
    EventKind.REFERRAL_SEND: _("The court passed the matter on (%(mode)s); entered by %(who)s"),
    EventKind.REFERRAL_RECEIVE: _("%(who)s signed for the referral"),
    EventKind.REFERRAL_RENUMBER: _("%(who)s noted another number of the court"),
    EventKind.REFERRAL_ACCEPT: _("%(who)s took on the referral of the court (%(mode)s)"),
    EventKind.REFERRAL_DECLINE: _("%(who)s did not take the referral and told the court why"),
    EventKind.REFERRAL_CONSENT: _("The other party agrees to mediation; noted by %(who)s"),
    EventKind.REFERRAL_APPOINT: _("%(person)s mediates for the court (%(choice)s); noted by %(who)s"),
    EventKind.REFERRAL_ATTEMPT: _("%(who)s tried to reach a party: %(attempt)s"),
    EventKind.REFERRAL_STATE_FACTS: _("%(who)s recorded the undisputed facts, confirmed in writing on %(on)s"),
    EventKind.REFERRAL_SUCCEED: _("%(who)s reported the agreement to the court: %(way)s"),
    EventKind.REFERRAL_FAIL: _("%(who)s ended the referral without agreement: %(end)s"),
    EventKind.REFERRAL_TAKE: _("%(who)s takes the parties' own matter to the court"),
    EventKind.FILING_PREPARE: _("%(who)s put together the pack for the court (%(pack)s)"),
    EventKind.FILING_RELEASE: _("%(who)s handed the pack to the court"),
    EventKind.FILING_FILE: _("%(who)s noted that the court has filed the matter"),
    EventKind.CONFIRMATION_APPLY: _("Both parties applied for judicial confirmation on %(on)s; noted by %(who)s"),
    EventKind.CONFIRMATION_ACCEPT: _("The court accepted the application on %(on)s; noted by %(who)s"),
    EventKind.CONFIRMATION_RULE: _("The court has decided on the confirmation: %(ruling)s; noted by %(who)s"),
    EventKind.CASE_TYPE_EDIT: _("%(who)s changed the case type %(case_type)s"),
    EventKind.REGISTER_ENTER: _("Entered in the register of %(body)s as number %(running)s of %(year)s by %(who)s"),
    EventKind.PAPER_SHOW: _("%(who)s made the paper %(paper)s (%(file)s)"),
    EventKind.PAPER_FINALISE: _("%(who)s made the %(paper)s final, version %(version)s"),
    EventKind.PAPER_SIGN: _("%(paper)s, version %(version)s: %(capacity)s %(way)s; noted by %(who)s"),
    EventKind.PAPER_REFUSE: _("%(paper)s, version %(version)s: %(capacity)s refuses to sign; noted by %(who)s"),
    EventKind.PAPER_STRIKE: _("%(who)s struck out that %(capacity)s had signed the %(paper)s (version %(version)s)"),
    EventKind.PAPER_READ_OUT: _("%(paper)s, version %(version)s: %(capacity)s had it %(reading)s; noted by %(who)s"),
    EventKind.PAPER_INK: _("%(paper)s, version %(version)s: %(capacity)s signed on a screen"),
    EventKind.PAPER_AGREE_INK: _("A party agrees to sign the %(paper)s on a screen; noted by %(who)s"),
    EventKind.PAPER_DECLINE_INK: _("A party takes back that it signs the %(paper)s on a screen; noted by %(who)s"),
    EventKind.PAPER_OPEN_LINK: _("%(who)s opened the %(paper)s for signing on a screen (%(capacity)s)"),
    EventKind.PAPER_END_LINK: _("%(who)s ended the link for signing the %(paper)s (%(capacity)s)"),
    EventKind.PAPER_SCAN: _("%(who)s put scan %(number)s beside the signed %(paper)s"),
    EventKind.DOSSIER_EXPORT: _("%(who)s took out the whole file, %(pages)s pages (%(file)s)"),
    EventKind.DOSSIER_HOLD: _("%(who)s put the file on hold"),
    EventKind.DOSSIER_RELEASE: _("%(who)s released the file from the hold"),
    EventKind.SUBSIDY_DRAW_UP: _(
        "%(who)s drew up the subsidy list of %(body)s, %(first)s to %(last)s: %(lines)s disputes"
    ),
    EventKind.SUBSIDY_GRADE: _("%(who)s changed the grade of %(matter)s: %(grade_before)s, now %(grade)s"),
    EventKind.SUBSIDY_CORRECT: _("%(who)s corrected %(matter)s of an earlier subsidy list: %(grade)s"),
    EventKind.SUBSIDY_TAKE_OUT: _("%(who)s took the correction of %(matter)s out of the subsidy list"),
    EventKind.SUBSIDY_SUBMIT: _(
        "%(who)s submitted the subsidy list of %(body)s with %(lines)s disputes; not ready: %(waiting)s"
    ),
    EventKind.SUBSIDY_SEND_BACK: _("%(who)s sent the subsidy list of %(body)s back"),
    EventKind.SUBSIDY_APPROVE: _(
        "%(who)s approved the subsidy list of %(body)s as number %(running)s of %(year)s with %(lines)s disputes"
    ),
    EventKind.SUBSIDY_DISCARD: _("%(who)s discarded the draft of a subsidy list of %(body)s"),
    EventKind.SUBSIDY_EXPORT: _("%(who)s took out the subsidy list of %(body)s (%(file)s)"),
    EventKind.SUBSIDY_RATE: _("%(who)s entered the subsidy rates valid from %(since)s"),
    EventKind.BATCH_ORDER: _("%(who)s ordered %(count)s whole files at once"),
    EventKind.BATCH_CANCEL: _("%(who)s cancelled the batch, %(count)s files were drawn"),
    EventKind.BATCH_FINISH: _("A batch is ready: %(drawn)s whole files drawn, %(omitted)s left out"),
    EventKind.BATCH_END: _("The %(count)s files of a batch were removed"),
    EventKind.BATCH_HAND_OUT: _("%(who)s took out %(count)s whole files at once"),
    EventKind.PACK_PRINT: _("%(who)s prepared the emergency pack of %(day)s with %(count)s numbers"),
    EventKind.PACK_SHOW: _("%(who)s looked at the emergency pack"),
    EventKind.OUTAGE_CLOSE: _("%(who)s closed the list of an outage of %(minutes)s minutes"),
    EventKind.SHIFT_TAKE_OVER: _("%(who)s took the desk over from %(person)s"),
    EventKind.PREPARATION_EDIT: _("%(who)s changed the preparation sheet of %(category)s"),
    EventKind.SECURITY_REFUSE: _("Refused: %(reason)s"),
    EventKind.AUDIT_SEAL: _("The heads of %(streams)s streams were sealed"),
}
