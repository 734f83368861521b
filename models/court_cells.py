"""One cell of a court's table read as what it stands for: days, amounts, ticks, words, names. No file, no database."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation

from models.errors import RuleBroken
from models.referral_course import CourtMode, Procedure
from models.words import _


@dataclass(frozen=True)
class Unreadable:
    """A cell that says nothing anybody could take, and why."""

    why: str


Cell = str | int | float | bool | datetime | time | timedelta | Unreadable | None
# Beyond 15 figures a table program rounds; day 0 of its calendar.
EXACT, DAY_ZERO = 10**15, date(1899, 12, 30)
MOST_FEN = 10**13
ERRORS = {"#N/A", "#VALUE!", "#REF!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"}
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?")
_LISTED = re.compile(r"[\n、;；]")
# “Co., Ltd.” is one name.
_PARTED = re.compile(r"[\n、;；，]|(?<=[\u4e00-\u9fff\d]) ?, ?(?=[\u4e00-\u9fff\d])")
_SHORTENED = re.compile(r"\d(?:\.\d+)?[Ee]\+?\d+")
_YES, _NO = (
    {"是", "√", "有", "1", "y", "yes", "同意", "已同意"},
    {"", "否", "×", "无", "0", "n", "no", "不同意", "未同意"},
)
_MODES = {"委派": CourtMode.ASSIGNED, "诉前": CourtMode.ASSIGNED, "委托": CourtMode.ENTRUSTED,
          "诉中": CourtMode.ENTRUSTED}  # fmt: skip
_PROCEDURES = {"普通": Procedure.ORDINARY, "简易": Procedure.SUMMARY, "小额": Procedure.SUMMARY}

SHORTENED = _("A table program has shortened this number. Format the column as text and enter it again")
UNWORKED = _("This formula has no value yet. Save the table in a table program, or enter the value itself")
TORN = _("The rows under this merged number say different things here. Write them as rows of their own")
NO_DAY = _("Enter a day, for example 2026-11-23")


def text_of(cell: Cell, most: int, *, lines: bool = False) -> str:
    """The cell as text. Raises RuleBroken for what a table program has spoilt, and for hidden or too many signs."""
    if isinstance(cell, Unreadable):
        raise RuleBroken(cell.why)
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, int | float):
        if not abs(cell) < EXACT:  # what is no number is not either
            raise RuleBroken(SHORTENED)
        return str(int(cell)) if cell == int(cell) else repr(cell)
    tidy = unicodedata.normalize("NFC", str("" if cell is None else cell)).replace("\r\n", "\n").replace("\r", "\n")
    tidy = "".join(sign for sign in tidy if unicodedata.category(sign) != "Cf")
    if any(unicodedata.category(sign) in ("Cc", "Cs", "Co") and sign not in "\n\t" for sign in tidy):
        raise RuleBroken(_("This cell has hidden characters. Enter it anew"))
    if tidy.strip() in ERRORS:
        raise RuleBroken(_("The table program shows an error in this cell"))
    kept = [" ".join(line.split()) for line in tidy.split("\n")]
    text = ("\n" if lines else " ").join(line for line in kept if line)
    if text[:1] == "'" and text[1:2] in "=+-@":  # our own sign against formulas
        text = text[1:]
    if len(text) > most:
        raise RuleBroken(_("At most %(most)s characters"), most=most)
    return text


def parts_of(cell: Cell, most: int, *, commas: bool = True) -> list[str]:
    """Several names, telephones … in one cell: one per line, or between 、 or ; and where none has any, commas."""
    found = (_PARTED if commas else _LISTED).split(text_of(cell, 4000, lines=True))
    parts = [part.strip() for part in found]
    if any(_SHORTENED.fullmatch(part) for part in parts):
        raise RuleBroken(SHORTENED)
    while parts and not parts[-1]:
        parts.pop()
    if any(len(part) > most for part in parts):
        raise RuleBroken(_("At most %(most)s characters"), most=most)
    return parts


def fen_of(cell: Cell, unit: int = 1) -> int | None:
    """An amount in yuan, or in so many of them, as whole fen; 3.5万 is 35,000 in any case."""
    if isinstance(cell, float) and not isinstance(cell, bool):
        cell = f"{cell:.6f}"  # what was calculated is not quite exact
    text = unicodedata.normalize("NFKC", text_of(cell, 40))
    plain = re.sub(r"[,\s元¥]|人民币", "", text)
    if not plain:
        return None
    times, plain = (10_000, plain[:-1]) if plain.endswith("万") else (unit, plain)
    try:
        fen = Decimal(plain) * 100 * times
    except InvalidOperation:
        raise RuleBroken(_("Enter an amount in yuan, for example 1234.50")) from None
    if not fen.is_finite() or fen != fen.to_integral_value() or not 0 <= fen < MOST_FEN:
        raise RuleBroken(_("Enter an amount in yuan with at most two decimals"))
    return int(fen)


def day_of(cell: Cell) -> date | None:
    """A day as a table program keeps it (a date, or its serial number) or as people write it."""
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, float) and abs(cell) < EXACT:
        cell = int(cell)  # the hour is a part of the serial number
    text = unicodedata.normalize("NFKC", text_of(cell, 40))
    if not text:
        return None
    if re.fullmatch(r"\d{5}", text):
        return DAY_ZERO + timedelta(days=int(text))
    if re.fullmatch(r"\d{8}", text):
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    found = _DAY.fullmatch(text)
    try:
        year, month, day = map(int, found.groups()) if found else (0, 0, 0)
        return date(year, month, day)
    except ValueError:
        raise RuleBroken(NO_DAY) from None


def yes_of(cell: Cell) -> bool:
    text = unicodedata.normalize("NFKC", text_of(cell, 20)).casefold()
    if text not in _YES | _NO:
        raise RuleBroken(_("Enter 是 or 否, or leave it empty"))
    return text in _YES


def mode_of(cell: Cell) -> CourtMode | None:
    text = text_of(cell, 40)
    found = {mode for word, mode in _MODES.items() if word in text}
    if text and len(found) != 1:
        raise RuleBroken(_("Enter 委派 or 委托"))
    return found.pop() if found else None


def procedure_of(cell: Cell) -> Procedure | None:
    text = text_of(cell, 40)
    found = {procedure for word, procedure in _PROCEDURES.items() if word in text}
    if text and len(found) != 1:
        raise RuleBroken(_("Enter 普通 or 简易, or leave it empty"))
    return found.pop() if found else None
