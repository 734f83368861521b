"""What identifies a person or an organisation: ID number, credit code, telephone; checked, tidied and masked."""

import re
import unicodedata
from datetime import date
from typing import Literal

from models.words import _

Sex = Literal["male", "female"]

_ID_NUMBER = re.compile(r"[0-9]{17}[0-9X]")
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_LAST = "10X98765432"
_CREDIT_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_SERVICE_LINE = re.compile(r"400[0-9]{7}")
# Beijing and the 02x cities have area codes of three digits, everybody else of four.
_LANDLINE = re.compile(r"(010|02[0-9]|0[3-9][0-9]{2})-?([2-9][0-9]{6,7})(?:-([0-9]{1,6}))?")
_COUNTRY = re.compile(r"(?:\+|00)86-?|86(?=1[3-9][0-9]{9}$)")
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-"))
_EARLIEST_BIRTH = date(1890, 1, 1)


def _without_spaces(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).translate(_DASHES).split())


def clean_id_number(text: str) -> str:
    """The ID number as it is stored: half-width, without spaces or dashes, with a capital X."""
    return _without_spaces(text).replace("-", "").upper()


def clean_credit_code(text: str) -> str:
    """The unified social credit code as it is stored: half-width, without spaces or dashes, in capitals."""
    return clean_id_number(text)


def birth_of(id_number: str) -> date | None:
    """The day of birth inside an ID number, or nothing where it holds no real date."""
    number = clean_id_number(id_number)
    if not _ID_NUMBER.fullmatch(number):
        return None
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def sex_of(id_number: str) -> Sex | None:
    """The sex an ID number states in its last digit but one."""
    number = clean_id_number(id_number)
    if not _ID_NUMBER.fullmatch(number):
        return None
    return "male" if int(number[16]) % 2 else "female"


def id_number_problem(text: str, today: date) -> str | None:
    """Why this cannot be an ID number, or nothing.

    County codes are left alone: abolished counties live on in old numbers, and 81, 82 and 83 stand for
    residence permits of people from Hong Kong, Macao and Taiwan.
    """
    number = clean_id_number(text)
    if not _ID_NUMBER.fullmatch(number):
        return _("An ID number has 18 characters: 17 digits, then a digit or X.")
    birth = birth_of(number)
    if birth is None or birth < _EARLIEST_BIRTH:
        return _("The birth date inside the ID number is not a real date.")
    if birth > today:
        return _("The birth date inside the ID number lies in the future.")
    weighed = sum(int(digit) * weight for digit, weight in zip(number[:17], _ID_WEIGHTS, strict=True))
    if _ID_LAST[weighed % 11] != number[17]:
        return _("The ID number contains a mistake: its last character does not fit the others.")
    return None


def credit_code_problem(text: str) -> str | None:
    """Why this cannot be a unified social credit code (GB 32100), or nothing."""
    code = clean_credit_code(text)
    if len(code) != 18:
        return _("A unified social credit code has 18 characters.")
    if not set(code) <= set(_CREDIT_LETTERS):
        return _("A unified social credit code has digits and capital letters only, never I, O, S, V or Z.")
    weighed = sum(_CREDIT_LETTERS.index(sign) * weight for sign, weight in zip(code[:17], _CREDIT_WEIGHTS, strict=True))
    if _CREDIT_LETTERS[-weighed % 31] != code[17]:
        return _("The credit code contains a mistake: its last character does not fit the others.")
    return None


def clean_phone(text: str) -> str:
    """The telephone as it is stored and looked up: 19000000001, 0936-8251234, 0936-8251234-801, 4008101234.

    The same telephone typed in two ways becomes one; what is no telephone comes back tidied only.
    """
    tidy = re.sub(r"转|ext\.?|#", "-", re.sub(r"[().]", "", _without_spaces(text).casefold()))
    country = _COUNTRY.match(tidy)
    if country:
        tidy = tidy[country.end() :]
    digits = tidy.replace("-", "")
    if _MOBILE.fullmatch(digits) or _SERVICE_LINE.fullmatch(digits):
        return digits
    if country and not tidy.startswith("0"):
        tidy = f"0{tidy}"  # abroad the area code is written without its zero
    landline = _LANDLINE.fullmatch(tidy)
    return "-".join(part for part in landline.groups() if part) if landline else tidy


def phone_problem(text: str) -> str | None:
    """Why nobody could be rung under this, or nothing."""
    phone = clean_phone(text)
    if _MOBILE.fullmatch(phone) or _LANDLINE.fullmatch(phone) or _SERVICE_LINE.fullmatch(phone):
        return None
    if re.fullmatch(r"[2-9][0-9]{6,7}(-[0-9]{1,6})?", phone):
        return _("Write the area code before a landline number, for example 0936-8251234.")
    if re.fullmatch(r"1[0-9]*", phone):
        return _("A mobile number has 11 digits and begins with 13 to 19.")
    return _("Enter a mobile number, a landline with its area code, or a 400 number.")


def mask_id_number(text: str) -> str:
    """620702********0037; anything that is not 18 characters long is hidden altogether."""
    number = clean_id_number(text)
    return f"{number[:6]}********{number[14:]}" if len(number) == 18 else "*" * len(number)


def mask_phone(text: str) -> str:
    """190****0001; of a landline the area code and two digits stay: 0936-*****34."""
    phone = clean_phone(text)
    if _MOBILE.fullmatch(phone) or _SERVICE_LINE.fullmatch(phone):
        return f"{phone[:3]}{'*' * (len(phone) - 7)}{phone[-4:]}"
    landline = _LANDLINE.fullmatch(phone)
    if landline:
        return f"{landline[1]}-{'*' * (len(landline[2]) - 2)}{landline[2][-2:]}"
    return "*" * len(phone)


def mask_name(text: str) -> str:
    """张**, 阿***·*** (the dots and spaces between the parts of a name stay); a name of one character is hidden."""
    name = text.strip()
    if len(name) < 2:
        return "*" * len(name)
    return name[0] + re.sub(r"[^·•‧・\s]", "*", name[1:])
