"""Forms of a channel: one address for e-mail and robots, a whole request for a gateway."""

from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import BooleanField, IntegerField, SelectField
from wtforms.validators import NumberRange, Optional

from models.channel import SECRETS, ChannelKind, HttpMethod, MessageChannel
from models.identity import phone_problem
from models.unit import Unit
from models.words import _
from web.choices import Choice, blank, unit_choices
from web.fields import LongSelectField
from web.forms import BaseForm, Checked, CreatingForm, Line, Lines, Needed, VersionedForm
from web.labels import label

FACTS = ("unit_id", "name", "method", "success_status", "success_text", "to_phone", "recognises_key")
ADDRESS = Needed(_("Enter the address"))
BODY = '{"mobile": "{phone}", "content": "{text}{link}", "id": "{key}"}'


def row_id(value: Any) -> int | None:
    return int(value) if value not in (None, "") else None


def Whom() -> LongSelectField:  # noqa: N802 - reads as a field
    """One unit, or the house for all of them."""
    return LongSelectField(lazy_gettext(_("For")), coerce=row_id, choices=units_or_house)


def units_or_house(chosen: Unit | None = None) -> list[Choice]:
    return [blank(gettext("every unit this centre calls")), *unit_choices(chosen)]


class RobotFields:
    unit_id = Whom()
    name = Line(_("Name of the channel"), Needed(_("Enter a name")), most=40)
    address = Line(_("Address of the channel"), Optional(), most=1000)


class NewRobotForm(RobotFields, CreatingForm):
    address = Line(_("Address of the channel"), ADDRESS, most=1000)


class RobotForm(RobotFields, VersionedForm):
    pass


class GatewayFields:
    unit_id = Whom()
    name = Line(_("Name of the channel"), Needed(_("Enter a name")), most=40)
    method = SelectField(lazy_gettext(_("Method")), choices=lambda: [(one.value, label(one)) for one in HttpMethod],
                         coerce=HttpMethod)  # fmt: skip
    address = Line(_("Address of the gateway"), Optional(), most=1000)
    headers = Lines(_("Headers"), Optional())
    body = Lines(_("Body of the request"), Optional())
    success_status = IntegerField(
        lazy_gettext(_("Status of a good answer")),
        [Optional(), NumberRange(200, 599, lazy_gettext(_("Enter a status between 200 and 599, or nothing")))],
    )
    success_text = Line(_("Text in a good answer"), Optional())
    to_phone = BooleanField(lazy_gettext(_("Goes to the telephone of today's duty officer")))
    recognises_key = BooleanField(lazy_gettext(_("Recognises the key of a message it has had already")))
    test_phone = Line(_("Telephone for tests"), Optional(), Checked(phone_problem), most=20)


class NewGatewayForm(GatewayFields, CreatingForm):
    address = Line(_("Address of the gateway"), ADDRESS, most=1000)
    body = Lines(_("Body of the request"), Optional(), default=BODY)
    to_phone = BooleanField(GatewayFields.to_phone.args[0], default=True)


class GatewayForm(GatewayFields, VersionedForm):
    pass


NEW: dict[ChannelKind, type[CreatingForm]] = {ChannelKind.APPRISE: NewRobotForm, ChannelKind.HTTP: NewGatewayForm}
EDIT: dict[ChannelKind, type[VersionedForm]] = {ChannelKind.APPRISE: RobotForm, ChannelKind.HTTP: GatewayForm}


def of(channel: MessageChannel, **filled: Any) -> Any:
    """The form of this channel; its unit stays to be chosen when it is no longer in use."""
    form: Any = EDIT[channel.kind](**filled)
    form.unit_id.choices = lambda: units_or_house(channel.unit)
    return form


def facts_of(form: BaseForm) -> dict[str, Any]:
    """What may be shown again."""
    facts = {name: form[name].data for name in FACTS if name in form}
    if "success_status" in facts:
        facts["success_status"] = facts["success_status"] or 0
        facts["success_text"] = facts["success_text"] or ""
    return facts


def secrets_of(form: BaseForm) -> dict[str, str]:
    """What is sealed; an empty one means: as before."""
    return {name: form[name].data or "" for name in SECRETS if name in form}
