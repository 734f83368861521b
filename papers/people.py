"""Parties as the forms name them: particulars in a table, and lines to sign on."""

from models.identity import sex_of
from models.party import Party, Side
from models.party_kind import PartyKind
from models.representative import RepresentativeKind
from models.words import _
from papers.blocks import Cell, Signatures, Table, form, label, pair, wide
from papers.matter import Matter, Pen
from papers.sources import COMPLETION
from papers.wording import REPRESENTATIVES, SIDES, day

SEXES = {"male": "男", "female": "女"}


def particulars(pen: Pen, party: Party, title: str, *, with_number: bool = False) -> Table:
    """Everything the form asks about one party; `with_number` adds what identifies it before a court."""
    matter = pen.matter
    name = pen.take(_("Name"), party.name, COMPLETION)
    phone = pen.take(_("Telephone"), matter.clear(party, "phone"), COMPLETION)
    address = pen.take(_("Address"), matter.address(party), COMPLETION)
    if party.kind is PartyKind.ORGANISATION:
        return _organisation(pen, party, title, phone, address)
    sex = party.sex or sex_of(matter.clear(party, "id_number")) or ""
    rows = [
        (label(title), Cell(name), label("性别"), Cell(SEXES.get(sex, sex))),
        pair("民族", pen.take(_("Ethnic group"), party.ethnic_group, COMPLETION), "年龄", matter.age(party)),
        pair("联系方式", phone, "出生日期", day(matter.birth(party))),
    ]
    if with_number:
        number = pen.take(_("ID number"), matter.clear(party, "id_number"), COMPLETION)
        rows.append(wide("身份证号码", number))
    return form(*rows, wide("单位或住址", address), *_speakers(party))


def _organisation(pen: Pen, party: Party, title: str, phone: str, address: str) -> Table:
    code = pen.take(_("Unified social credit code"), party.credit_code, COMPLETION)
    contact = (wide("联系人", party.contact),) if party.contact else ()
    return form(wide(title, party.name), pair("统一社会信用代码", code, "联系方式", phone), wide("住所地", address),
                *contact, *_speakers(party))  # fmt: skip


def _speakers(party: Party) -> list[tuple[Cell, ...]]:
    return [wide(REPRESENTATIVES[one.kind], f"{one.name}{f'（{one.authority}）' if one.authority else ''}")
            for one in party.representatives]  # fmt: skip


def write_parties(pen: Pen, title: str = "", *, with_number: bool = False) -> None:
    """Every party with its particulars, under its side or one title for all; a side nobody has entered is missing."""
    for side in (Side.APPLICANT, Side.RESPONDENT):
        if not pen.matter.side(side):
            pen.take(_("The other side") if side is Side.RESPONDENT else _("Applicant"), "", COMPLETION)
    for party in pen.matter.parties:
        pen.write(particulars(pen, party, title or SIDES[party.side], with_number=with_number))


def names(parties: list[Party]) -> str:
    return "、".join(party.name for party in parties)


def signing(matter: Matter, *more: str) -> Signatures:
    """A line for each party, or for whoever speaks for it, then the others who sign; of several each has its name."""
    several = [side for side in Side if len(matter.side(side)) > 1]
    parties = (f"{SIDES[party.side]}{party.name if party.side in several else ''}（{_signs(party)}）："
               for party in matter.parties)  # fmt: skip
    return Signatures((*parties, *more))


def _signs(party: Party) -> str:
    if party.kind is PartyKind.ORGANISATION:
        return "盖章或签名"
    guarded = any(one.kind is RepresentativeKind.GUARDIAN for one in party.representatives)
    return "监护人签名、按指印" if guarded else "签名、按指印"
