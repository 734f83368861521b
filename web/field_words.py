"""What the fields of a file are called where an event names those that changed."""

from models.words import _

FIELDS: dict[str, str] = {
    "category_id": _("Kind of dispute"), "demand": _("Demand"), "facts": _("Facts of the dispute"),
    "amount_fen": _("Amount"), "happened_on": _("Day it happened"), "non_public": _("Non-public"),
    "claims": _("Claims"), "risks": _("Risks"),
    "name": _("Name"), "side": _("Side"), "kind": _("Person or organisation"), "sex": _("Sex"), "birth": _("Born on"),
    "ethnic_group": _("Ethnic group"), "interpreter": _("Interpreter"), "credit_code": _("Unified social credit code"),
    "contact": _("Contact person"), "division_code": _("Division"), "represents_others": _("Represents others"),
    "representatives": _("Representatives"), "id_number": _("ID number"), "phone": _("Telephone"),
    "address": _("Address"),
    "held_at": _("Time"), "place": _("Place"), "party_id": _("Who is asked"), "relation": _("Relation"),
    "present": _("Present"), "recorder_id": _("Recorder"), "investigators": _("Investigators"),
}  # fmt: skip
