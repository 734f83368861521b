"""What arrives in one go instead of field by field: the line an ID card reader types, and a pasted list of people."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple, TypedDict

from models.identity import birth_of, clean_id_number, clean_phone, id_number_problem, phone_problem, sex_of
from models.words import _

_GROUP_NAMES = (
    "汉 蒙古 回 藏 维吾尔 苗 彝 壮 布依 朝鲜 满 侗 瑶 白 土家 哈尼 哈萨克 傣 黎 傈僳 佤 畲 高山 拉祜 水 东乡 纳西 "
    "景颇 柯尔克孜 土 达斡尔 仫佬 羌 布朗 撒拉 毛南 仡佬 锡伯 阿昌 普米 塔吉克 怒 乌孜别克 俄罗斯 鄂温克 德昂 保安 "
    "裕固 京 塔塔尔 独龙 鄂伦春 赫哲 门巴 珞巴 基诺"
)
ETHNIC_GROUPS = tuple(f"{name}族" for name in _GROUP_NAMES.split())
_GROUPS = frozenset((*ETHNIC_GROUPS, *_GROUP_NAMES.split()))
_SEXES = frozenset(("男", "女", "男性", "女性"))
_LABEL = r"(?:姓名|性别|民族|出生(?:日期)?|住址|地址|(?:公民)?身份证?号码?)"
_HAN = r"\u3400-\u9fff\U00020000-\U0003ffff〇"
_NAME = re.compile(rf"[{_HAN}]{{2,6}}|[{_HAN}]+(?:·[{_HAN}]+)+|[A-Za-z][A-Za-z.' -]*")
_PLACE_END = re.compile(r".{2,}[省市县区旗镇乡村社路街巷号组室楼院户幢栋]")
_DATE = re.compile(r"([12][0-9]{3})[-./年]?([01]?[0-9])[-./月]?([0-3]?[0-9])日?")
_ID_LIKE = re.compile(r"[0-9]{14,19}[0-9X]")
_AMOUNT = re.compile(r"[¥¥]?([0-9]{1,10}(?:\.[0-9]{1,2})?)(万?)元?")
_MIDDLE_DOTS = str.maketrans(dict.fromkeys("•‧・.", "·"))


class RosterRow(TypedDict):
    """One person of a pasted list; what the line did not hold stays empty."""

    line: int
    name: str
    id_number: str
    phone: str
    address: str
    amount: Decimal | None


class RosterProblem(NamedTuple):
    """What has to be mended in one line of a pasted list; the row is kept."""

    line: int
    msgid: str


class _Words(NamedTuple):
    names: list[str]
    places: list[str]
    unknown: list[str]


def _as_name(word: str) -> str:
    return word if word.isascii() else "".join(word.translate(_MIDDLE_DOTS).split())


def _told_apart(words: list[str]) -> _Words:
    """Names and places among words; 张建社 is a name and 高寨村 a place only where another word is the name."""
    names = [word for word in words if _NAME.fullmatch(_as_name(word))]
    if len(names) > 1:
        plain = [word for word in names if word not in _GROUPS and not _PLACE_END.fullmatch(word)]
        names = plain or names[:1]
    # The issuing office and the validity of a card are no business of ours.
    told = {*names, *_GROUPS, *_SEXES, "长期"}
    others = [word for word in words if word not in told and not word.endswith("局") and not _DATE.match(word)]
    places = [word for word in others if _PLACE_END.fullmatch(word) or re.search(rf"[{_HAN}]{{5}}", word)]
    return _Words([_as_name(name) for name in names], places, [word for word in others if word not in places])


def wedge_card(text: str) -> dict[str, str]:
    """The fields of one ID card as a reader types them, in whatever order and with or without labels.

    Keys: name, sex, ethnic_group, birth (2026-11-23), address, id_number; a key is missing where nothing was found.
    Birth and sex follow the number where it holds them.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    fields = re.split(r"[\t,|\r\n;、]+", plain)
    if len(fields) == 1:
        fields = re.split(r"\s{2,}", plain) if re.search(r"\s{2,}", plain) else plain.split()
    card: dict[str, str] = {}
    groups: list[str] = []
    words: list[str] = []
    for field in fields:
        value = re.sub(rf"^{_LABEL}\s*(?::\s*|$)", "", field.strip())
        day = _DATE.fullmatch(value)
        if _ID_LIKE.fullmatch(clean_id_number(value)):
            card.setdefault("id_number", clean_id_number(value))
        elif value in _SEXES:
            card["sex"] = "male" if value.startswith("男") else "female"
        elif day:
            card.setdefault("birth", f"{day[1]}-{int(day[2]):02d}-{int(day[3]):02d}")
        elif value in _GROUPS:
            groups.append(value)
        elif value:
            words.append(value)
    if groups:
        card["ethnic_group"] = f"{groups[-1].removesuffix('族')}族"
    told = _told_apart(words)
    # Somebody may be called 高山: then the name stands before the ethnic group, which comes last.
    names = told.names or groups[:-1]
    if names:
        card["name"] = names[0]
    if told.places:
        card["address"] = "".join(told.places)
    number = card.get("id_number", "")
    birth, sex = birth_of(number), sex_of(number)
    if birth:
        card["birth"] = birth.isoformat()
    if sex:
        card["sex"] = sex
    return card


def _parts(line: str) -> list[str]:
    """The parts of one pasted line, with what belongs together put together again and no running number."""
    line = re.sub(r"^\s*\(?[0-9]{1,3}[.)](?![0-9])", "", line)
    line = re.sub(r"(?<![0-9.])[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])", lambda found: found[0].replace(",", ""), line)
    line = re.sub(r"(?<![0-9])(1[3-9][0-9])[ -]([0-9]{4})[ -]([0-9]{4})(?![0-9])", r"\1\2\3", line)
    # Names of two characters are often spaced out to the width of three.
    line = re.sub(rf"(?<![{_HAN}])[{_HAN}](?: +[{_HAN}])+(?![{_HAN}])", _closed_up, line)
    return [part for part in re.split(r"[\s,;|、]+", line) if part]


def _closed_up(spaced: re.Match[str]) -> str:
    """李 磊 is a name; 女 汉 are a sex and an ethnic group."""
    signs = spaced[0].split()
    return spaced[0] if len(signs) == 2 and _SEXES.intersection(signs) else "".join(signs)


def _row(number: int, position: int, line: str, today: date) -> tuple[RosterRow, list[str]]:
    row: RosterRow = {"line": number, "name": "", "id_number": "", "phone": "", "address": "", "amount": None}
    parts = _parts(line)
    id_numbers = [clean_id_number(part) for part in parts if _ID_LIKE.fullmatch(clean_id_number(part))]
    births = {id_number[6:14] for id_number in id_numbers}
    phones: list[str] = []
    amounts: list[Decimal] = []
    words: list[str] = []
    for part in parts:
        amount = _AMOUNT.fullmatch(part)
        if clean_id_number(part) in id_numbers or part in births:
            continue
        if phone_problem(part) is None or re.fullmatch(r"1[0-9]{10,12}", part):
            phones.append(clean_phone(part))
        elif amount:
            amounts.append(Decimal(amount[1]) * (10_000 if amount[2] else 1))
        else:
            words.append(part)
    leading = parts[0] if parts else ""
    if amounts and re.fullmatch(r"[0-9]{1,3}", leading) and (int(leading) == position or len(amounts) > 1):
        del amounts[0]  # a running number, not money
    told = _told_apart(words)
    is_foreign = all(name.isascii() for name in told.names)
    row["name"] = " ".join(told.names) if is_foreign else told.names[0]
    row["id_number"], row["phone"] = (*id_numbers, "")[0], (*phones, "")[0]
    row["address"] = "".join(told.places)
    row["amount"] = amounts[0] if amounts else None
    problems = [
        None if row["name"] else _("This line holds no name."),
        _("This line holds two names; put each person on a line of their own.")
        if len(told.names) > 1 and not is_foreign
        else None,
        _("This line holds two ID numbers.") if len(id_numbers) > 1 else None,
        _("This line holds two amounts.") if len(amounts) > 1 else None,
        _("Part of this line was not understood.") if told.unknown or len(phones) > 1 else None,
        id_number_problem(row["id_number"], today) if id_numbers else None,
        phone_problem(row["phone"]) if phones else None,
    ]
    return row, [msgid for msgid in problems if msgid]


def _people(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(unicodedata.normalize("NFKC", text).splitlines(), start=1):
        is_heading = "姓名" in line and not re.search(r"[0-9]", line)
        if line.strip() and not is_heading:
            yield number, line


def roster(text: str, today: date) -> tuple[list[RosterRow], list[RosterProblem]]:
    """The people of a pasted list, one a line, their parts in any order; and what to mend, line by line."""
    rows: list[RosterRow] = []
    problems: list[RosterProblem] = []
    seen: set[str] = set()
    for position, (number, line) in enumerate(_people(text), start=1):
        row, found = _row(number, position, line, today)
        if row["id_number"] and row["id_number"] in seen:
            found.append(_("This ID number stands in the list twice."))
        seen.add(row["id_number"])
        rows.append(row)
        problems.extend(RosterProblem(number, msgid) for msgid in found)
    return rows, problems
