"""Between a party's record and its form: what the form starts with, and what of it goes into the record."""

from datetime import date
from typing import Any

from wtforms import FieldList

from blueprints.parties.forms import EditPartyForm, NewPartyForm, PartyFields
from blueprints.parties.queries import masked
from models.bulk_entry import wedge_card
from models.identity import birth_of, clean_credit_code, clean_id_number, clean_phone, sex_of
from models.party import SEALED, Party, Side
from models.party_kind import PartyKind
from models.representative import Authority, RepresentativeKind
from web.choices import division_choices
from web.editing import Difference, overtaken


def edit_form(party: Party) -> EditPartyForm:
    """The party's form: what was typed if something was, else the record, sealed values left empty."""
    form = EditPartyForm(data=record(party))
    form.offer(division_choices())
    _name_apart(form, f"p{party.id}")
    return form


def stored_form(party: Party) -> EditPartyForm:
    """The record as a form nobody typed into; sealed values masked, to be shown beside what was typed."""
    form = EditPartyForm(formdata=None, data=record(party) | {name: masked(party, name) for name in SEALED})
    form.offer(division_choices())
    return form


def overtaken_by(form: EditPartyForm, party: Party) -> list[Difference]:
    """Both texts wherever they differ; a sealed field left empty says nothing."""
    kept = {str(form[name].label.text) for name in SEALED if not form[name].data}
    return [one for one in overtaken(form, stored_form(party)) if one.label not in kept]


def new_form(side: str) -> NewPartyForm:
    form = NewPartyForm(side=side if side in list(Side) else Side.RESPONDENT.value)
    form.offer(division_choices())
    return form


def _name_apart(fields: Any, prefix: str) -> None:
    """Several parties may lie open on one page: every field has an id of its own there."""
    for field in fields:
        field.id = f"{prefix}-{field.name}"
        if isinstance(field, FieldList):
            for line in field:
                _name_apart(line.form, prefix)


def record(party: Party) -> dict[str, Any]:
    return {
        "version": party.version,
        "kind": party.kind.value,
        "name": party.name,
        "sex": party.sex,
        "birth": party.birth,
        "ethnic_group": party.ethnic_group,
        "interpreter": party.interpreter,
        "credit_code": party.credit_code,
        "contact": party.contact,
        "division_code": party.division_code or "",
        "amount": party.amount_fen,
        "represents_others": party.represents_others,
        "speakers": [
            {"capacity": one.kind.value, "name": one.name, "authority": one.authority} for one in party.speakers
        ],
    }


def facts_of(form: PartyFields) -> dict[str, Any]:
    """What the form says, as the record keeps it. Birth and sex follow the ID number where it holds them."""
    number = clean_id_number(form.id_number.data or "")
    person = form.kind.data == PartyKind.PERSON
    facts: dict[str, Any] = {
        "kind": PartyKind(form.kind.data),
        "name": form.name.data,
        "sex": (sex_of(number) or form.sex.data) if person else "",
        "birth": (birth_of(number) or form.birth.data) if person else None,
        "ethnic_group": form.ethnic_group.data if person else "",
        "interpreter": form.interpreter.data or "",
        "credit_code": "" if person else clean_credit_code(form.credit_code.data or ""),
        "contact": "" if person else form.contact.data or "",
        "division_code": form.division_code.data or None,
        "amount_fen": form.amount.data,
        "represents_others": bool(form.represents_others.data),
    }
    sealed = {"id_number": number, "phone": clean_phone(form.phone.data or ""), "address": form.address.data or ""}
    return facts | {name: value for name, value in sealed.items() if value}


def speakers_of(form: PartyFields) -> list[Authority]:
    return [
        Authority(RepresentativeKind(line.form.capacity.data), line.form.name.data, line.form.authority.data or "")
        for line in form.speakers
        if line.form.name.data
    ]


def fill_from_card(form: PartyFields) -> bool:
    """Put what the reader typed into the fields; nothing is saved yet."""
    card = wedge_card(form.card.data or "")
    for name, value in card.items():
        form[name].data = value
    if "birth" in card:
        form.birth.data, form.birth.raw_data = date.fromisoformat(card["birth"]), [card["birth"]]
    if card:
        form.card.data, form.kind.data = "", PartyKind.PERSON.value
    return bool(card)
