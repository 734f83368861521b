"""The columns of a court's table: what each means, how it is headed, and what the house proposes for a heading."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from models.search_keys import folded
from models.words import _


class CourtColumn(StrEnum):
    NUMBER = "number"
    OLD_NUMBERS = "old_numbers"
    MODE = "mode"
    PROCEDURE = "procedure"
    CASE_TYPE = "case_type"
    CLAIM = "claim"
    AMOUNT = "amount"
    SENT_ON = "sent_on"
    APPLICANTS = "applicants"
    APPLICANT_PHONES = "applicant_phones"
    APPLICANT_IDS = "applicant_ids"
    APPLICANT_ADDRESSES = "applicant_addresses"
    RESPONDENTS = "respondents"
    RESPONDENT_PHONES = "respondent_phones"
    RESPONDENT_IDS = "respondent_ids"
    RESPONDENT_ADDRESSES = "respondent_addresses"
    THIRDS = "thirds"
    BOTH_AGREED = "both_agreed"
    MATERIALS = "materials"
    CONTACT = "contact"


C = CourtColumn
# The first heading is the template's; the others are what courts write in their own tables.
HEADINGS: dict[CourtColumn, tuple[str, ...]] = {
    C.NUMBER: ("案号", "案件编号", "收案号"),
    C.OLD_NUMBERS: ("原案号", "曾用案号", "诉前调案号"),
    C.MODE: ("调解方式", "方式", "委派委托", "委派/委托"),
    C.PROCEDURE: ("审理程序", "适用程序"),
    C.CASE_TYPE: ("案由", "案件类型", "立案案由", "纠纷类型"),
    C.CLAIM: ("诉讼请求", "诉求", "诉请", "请求事项"),
    C.AMOUNT: ("标的额（元）", "标的额", "标的金额", "诉讼标的额", "标的额（万元）"),
    C.SENT_ON: ("移送日期", "委派日期", "委托日期"),
    C.APPLICANTS: ("申请人（原告）", "原告", "申请人", "原告（申请人）"),
    C.APPLICANT_PHONES: ("申请人电话", "原告电话", "原告联系电话"),
    C.APPLICANT_IDS: ("申请人证件号码", "原告证件号码", "原告身份证号"),
    C.APPLICANT_ADDRESSES: ("申请人地址", "原告地址", "原告住址"),
    C.RESPONDENTS: ("被申请人（被告）", "被告", "被申请人", "被告（被申请人）"),
    C.RESPONDENT_PHONES: ("被申请人电话", "被告电话", "被告联系电话"),
    C.RESPONDENT_IDS: ("被申请人证件号码", "被告证件号码", "被告身份证号"),
    C.RESPONDENT_ADDRESSES: ("被申请人地址", "被告地址", "被告住址"),
    C.THIRDS: ("第三人",),
    C.BOTH_AGREED: ("双方已同意调解", "双方同意调解"),
    C.MATERIALS: ("随案材料", "移送材料"),
    C.CONTACT: ("法院联系人及电话", "法院联系人", "承办人"),
}
REQUIRED = (C.CASE_TYPE, C.CLAIM, C.APPLICANTS, C.RESPONDENTS)
MEANINGS: dict[CourtColumn, str] = {
    C.NUMBER: _("Court number"),
    C.OLD_NUMBERS: _("Earlier court numbers"),
    C.MODE: _("Mode"),
    C.PROCEDURE: _("Procedure of the suit"),
    C.CASE_TYPE: _("Cause of the case"),
    C.CLAIM: _("Claim of the letter"),
    C.AMOUNT: _("Amount of the claim, yuan"),
    C.SENT_ON: _("Day it was passed on"),
    C.APPLICANTS: _("Applicants"),
    C.APPLICANT_PHONES: _("Applicants: telephone"),
    C.APPLICANT_IDS: _("Applicants: ID number"),
    C.APPLICANT_ADDRESSES: _("Applicants: address"),
    C.RESPONDENTS: _("Respondents"),
    C.RESPONDENT_PHONES: _("Respondents: telephone"),
    C.RESPONDENT_IDS: _("Respondents: ID number"),
    C.RESPONDENT_ADDRESSES: _("Respondents: address"),
    C.THIRDS: _("Third parties"),
    C.BOTH_AGREED: _("Both parties have agreed to mediation at the court"),
    C.MATERIALS: _("Papers that came with it"),
    C.CONTACT: _("Contact at the court, telephone"),
}
# Place of a column in the file, counted from 0 → what it means.
Places = Mapping[int, CourtColumn]
# Courts head the columns of a side by who it is and what stands there, in one line or in two.
_SIDES: dict[tuple[str, ...], tuple[CourtColumn, ...]] = {
    ("原告", "申请人", "申请人原告", "原告申请人"): (
        C.APPLICANTS, C.APPLICANT_PHONES, C.APPLICANT_IDS, C.APPLICANT_ADDRESSES),
    ("被告", "被申请人", "被申请人被告", "被告被申请人"): (
        C.RESPONDENTS, C.RESPONDENT_PHONES, C.RESPONDENT_IDS, C.RESPONDENT_ADDRESSES),
}  # fmt: skip
_DIVIDED = (
    ("姓名", "名称", "姓名或名称", "姓名/名称", "姓名（名称）"),
    ("电话", "联系电话", "手机", "手机号", "手机号码", "联系方式"),
    ("证件号码", "身份证号", "身份证号码", "身份证", "证件号"),
    ("地址", "住址", "住所", "住所地", "联系地址", "送达地址"),
)
_KNOWN = {folded(heading): column for column, headings in HEADINGS.items() for heading in headings} | {
    folded(side + word): column for sides, columns in _SIDES.items() for side in sides
    for column, words in zip(columns, _DIVIDED, strict=True) for word in words
}  # fmt: skip
_LOWER = {folded(word) for words in _DIVIDED for word in words}


def heading_key(heading: str) -> str:
    """As headings are compared and remembered."""
    return folded(heading)[:60]


def proposed(headings: Sequence[str], remembered: Mapping[str, CourtColumn | None]) -> dict[int, CourtColumn]:
    """What each heading means: as this court's were assigned before, else as it reads; each meaning once."""
    found: dict[int, CourtColumn] = {}
    for place, heading in enumerate(headings):
        key = heading_key(heading)
        meaning = remembered[key] if key in remembered else _KNOWN.get(key)
        if meaning is not None and meaning not in found.values():
            found[place] = meaning
    return found


def under_each_other(upper: Sequence[str], lower: Sequence[str]) -> list[str] | None:
    """The headings of both lines together, or nothing where the lower one does not divide the upper."""
    words = [*lower, *[""] * len(upper)]
    if not any(folded(word) in _LOWER for word in words):
        return None
    both, side = [], ""
    for place, word in enumerate(words[: max(len(upper), len(lower))]):
        above = upper[place] if place < len(upper) else ""
        side = above or side
        if folded(word) in _LOWER:
            both.append(side.removesuffix("信息").removesuffix("情况") + word)
        elif not word or folded(word) == folded(above):
            both.append(above)
        else:
            return None
    return both


def in_ten_thousands(headings: Sequence[str], places: Places) -> bool:
    """Whether the amounts stand under a heading that says 万元."""
    return any(column is C.AMOUNT and "万元" in headings[place] for place, column in places.items()
               if place < len(headings))  # fmt: skip


def missing(places: Places, usual_mode: str) -> list[CourtColumn]:
    """Columns without which no matter can be read."""
    needed = REQUIRED if usual_mode else (*REQUIRED, C.MODE)
    return [column for column in needed if column not in places.values()]
