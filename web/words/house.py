"""Words of people, units, rooms, messages, lists and batches."""

from enum import StrEnum

from models.batch import BatchState, Omission
from models.calendar import DayKind
from models.channel import ChannelKind, HttpMethod
from models.outbox import MessageState
from models.person import Role
from models.presiding_body import BodyKind
from models.room import RoomPurpose
from models.screen import Face
from models.sending import Reason
from models.subsidy_grade import Grade
from models.subsidy_list import ListState
from models.unit import Stationing, UnitKind
from models.words import _

PAIRS: tuple[tuple[StrEnum, str], ...] = (
    (Grade.NOTHING, _("Not paid")),
    (Grade.ORAL, _("Oral")),
    (Grade.SIMPLE, _("Simple")),
    (Grade.ORDINARY, _("Ordinary case")),
    (Grade.DIFFICULT, _("Difficult")),
    (Grade.MAJOR, _("Major")),
    (ListState.DRAFT, _("Being drawn up")),
    (ListState.SUBMITTED, _("Waiting for approval")),
    (ListState.APPROVED, _("Approved")),
    (ListState.DISCARDED, _("Discarded")),
    (MessageState.PENDING, _("Waiting")),
    (MessageState.CLAIMED, _("Being sent")),
    (MessageState.SENT, _("Sent")),
    (MessageState.FAILED, _("Failed")),
    (MessageState.UNKNOWN, _("Unknown")),
    (Reason.OFF_DUTY, _("nobody on duty today")),
    (Reason.NO_PHONE, _("no telephone on the roster")),
    (Reason.NO_INTERNET, _("no outside network")),
    (Reason.DEMO, _("demo data are loaded")),
    (Reason.ENDED, _("the callout was over")),
    (Reason.UNREADABLE, _("its keys are missing")),
    (Reason.UNREACHABLE, _("gateway cannot be reached")),
    (Reason.REFUSED, _("refused by the gateway")),
    (Reason.TIMED_OUT, _("no answer in time")),
    (Reason.BROKEN_OFF, _("the connection broke off")),
    (Reason.LOST, _("the worker stopped while sending")),
    (ChannelKind.APPRISE, _("E-mail or robot")),
    (ChannelKind.HTTP, _("HTTP gateway")),
    (HttpMethod.POST, "POST"),
    (HttpMethod.PUT, "PUT"),
    (HttpMethod.GET, "GET"),
    (Role.CLERK, _("Window clerk")),
    (Role.DUTY_LEADER, _("Duty leader")),
    (Role.CENTRE_MANAGER, _("Centre manager")),
    (Role.MEDIATOR, _("Mediator")),
    (Role.OFFICER, _("Officer")),
    (Role.UNIT_MANAGER, _("Unit manager")),
    (Role.COURT_DESK, _("Court desk")),
    (Role.LAWYER, _("Lawyer on site")),
    (Role.COUNSELLOR, _("Counsellor")),
    (Role.STATISTICIAN, _("Statistician")),
    (Role.SYSTEM_ADMIN, _("System administrator")),
    (Role.SECURITY_ADMIN, _("Security administrator")),
    (Role.AUDIT_ADMIN, _("Audit administrator")),
    (UnitKind.DISTRICT, _("District")),
    (UnitKind.CENTRE, _("Centre")),
    (UnitKind.DEPARTMENT, _("Department")),
    (UnitKind.TOWNSHIP, _("Township or sub-district")),
    (UnitKind.VILLAGE, _("Village or community")),
    (UnitKind.COMMITTEE, _("Mediation committee")),
    (UnitKind.COURT, _("Court of law")),
    (UnitKind.COMPANY, _("Company")),
    (UnitKind.ORGANISATION, _("Mass organisation")),
    (Stationing.STATIONED, _("Stationed")),
    (Stationing.ROTATING, _("By weekday")),
    (Stationing.ON_CALL, _("On call")),
    (DayKind.HOLIDAY, _("Holiday")),
    (DayKind.WORKDAY, _("Workday")),
    (RoomPurpose.MEDIATION, _("Mediation")),
    (RoomPurpose.LEGAL_AID, _("Legal aid room")),
    (RoomPurpose.COUNSELLING, _("Counselling")),
    (RoomPurpose.VIDEO, _("Video room")),
    (BatchState.DRAWING, _("Being drawn")),
    (BatchState.READY, _("Ready")),
    (BatchState.CANCELLED, _("Cancelled")),
    (BatchState.OVER, _("Removed")),
    (Omission.UNSEEN, _("you may no longer see it")),
    (Omission.REOPENED, _("it was reopened")),
    (Omission.MATERIAL_LOST, _("a file of its material is missing or was changed")),
    (Omission.TOO_SLOW, _("drawing took too long")),
    (Omission.NOT_DRAWN, _("it cannot be drawn; a file of its material may be damaged")),
    (BodyKind.PEOPLE_COMMITTEE, _("People's mediation committee")),
    (BodyKind.INDUSTRY_COMMITTEE, _("Industry mediation committee")),
    (BodyKind.ADMINISTRATIVE, _("Administrative organ")),
    (BodyKind.COURT, _("People's court")),
    (BodyKind.CENTRE_WITNESS, _("The centre as witness")),
    (Face.WALL, _("Dispatch wall")),
    (Face.HALL, _("Hall screen")),
    (Face.DOOR, _("Door screen")),
    (Face.CODE, _("Arrival code screen")),
)
