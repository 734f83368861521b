"""What the court says about a matter, and signing for several at once."""

from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import BooleanField, FieldList, FormField, RadioField, SelectField
from wtforms.validators import Optional

from models.case_type import CaseType
from models.clock import local_day
from models.court_letter import Letter, SentParty
from models.court_number import court_number_problem
from models.identity import clean_id_number, clean_phone, id_number_problem, phone_problem
from models.party import Side
from models.referral_course import CourtMode, Procedure
from models.words import _
from transaction import db, now
from web.fields import Day, Ticks, Yuan
from web.forms import BaseForm, Checked, CreatingForm, Line, Lines, Needed
from web.labels import label

ROWS = 6
SIDES = [Side.APPLICANT, Side.RESPONDENT, *[Side.RESPONDENT] * 4]


def _number_problem(text: str) -> str | None:
    return id_number_problem(text, local_day(now()))


class SentPartyForm(BaseForm):
    """One party; a line without a name is left out."""

    class Meta(BaseForm.Meta):
        csrf = False

    side = SelectField(lazy_gettext(_("Side")), choices=lambda: [(side.value, label(side)) for side in Side])
    name = Line(_("Name"), Optional(), most=60)
    phone = Line(_("Telephone"), Checked(phone_problem), most=30)
    id_number = Line(_("ID number"), Checked(_number_problem), most=20)
    address = Line(_("Address"), Optional(), most=120)


class LetterForm(CreatingForm):
    court = SelectField(lazy_gettext(_("Court")))
    mode = RadioField(lazy_gettext(_("Mode")), [Needed(_("Choose the mode"))])
    procedure = SelectField(lazy_gettext(_("Procedure of the suit")))
    case_type = SelectField(lazy_gettext(_("Case type")), [Needed(_("Choose the case type"))])
    number = Line(_("Number of the court"), Checked(court_number_problem), most=60)
    old_numbers = Line(_("Earlier numbers"), Optional(), most=200)
    claim = Line(
        _("What is asked for, in one sentence"), Needed(_("Enter what is asked for, in one sentence")), most=300
    )
    amount_fen = Yuan(_("Amount in dispute, yuan"))
    parties = FieldList(FormField(SentPartyForm, label=lazy_gettext(_("Party"))), label=lazy_gettext(_("Parties")),
                        max_entries=20)  # fmt: skip
    materials = Lines(_("Papers that come with it, one per line"), Optional(), most=2000)
    contact = Line(_("Who answers at the court, telephone"), Optional(), most=120)
    both_agreed = BooleanField(lazy_gettext(_("Both parties have agreed to mediation at the court")))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        while len(self.parties) < ROWS:
            self.parties.append_entry({"side": SIDES[len(self.parties)].value})
        self.procedure.choices = [("", gettext("Not a filed suit")), *((one.value, label(one)) for one in Procedure)]

    def letter(self) -> Letter:
        rows = [row.form for row in self.parties if row.form.name.data]
        return Letter(
            mode=CourtMode(self.mode.data), procedure=Procedure(self.procedure.data) if self.procedure.data else None,
            case_type=db.session().get_one(CaseType, int(self.case_type.data)), number=self.number.data or "",
            claim=self.claim.data, amount_fen=self.amount_fen.data, materials=self.materials.data or "",
            contact=self.contact.data or "", both_agreed=self.both_agreed.data,
            old_numbers=(self.old_numbers.data or "").replace("、", " ").split(),
            parties=[SentParty(Side(row.side.data), row.name.data, clean_phone(row.phone.data or ""),
                               clean_id_number(row.id_number.data or ""), row.address.data or "") for row in rows],
        )  # fmt: skip


class ReceiptForm(CreatingForm):
    """交接清单: several matters, one signature."""

    signed_on = Day(_("Signed for on"), Needed(_("Enter a day")))
    referrals = Ticks(_("Matters"), validators=[Needed(_("Choose at least one matter"))])


class FilterForm(BaseForm):
    """Narrows the queue; its address holds codes only."""

    class Meta(BaseForm.Meta):
        csrf = False

    mode = SelectField(lazy_gettext(_("Mode")), validate_choice=False)
    case_type = SelectField(lazy_gettext(_("Case type")), validate_choice=False)
    mediator = SelectField(lazy_gettext(_("Mediator")), validate_choice=False)


class DayForm(BaseForm):
    """Which day's list is printed."""

    class Meta(BaseForm.Meta):
        csrf = False

    day = Day(_("Lists of the day"), Needed(_("Enter a day")))


class FindForm(BaseForm):
    """By a number of the court, old or new, or the name of a party."""

    wanted = Line(_("Number of the court, or name"), Needed(_("Enter a number or a name")), most=60)
