"""One row of a court's table as the letter it stands for, or everything that is wrong with it, cell by cell."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from models.case_type import CaseType
from models.court_cells import Cell, day_of, fen_of, mode_of, parts_of, procedure_of, text_of, yes_of
from models.court_columns import CourtColumn, Places
from models.court_letter import Letter, SentParty, obeys
from models.court_number import court_number_problem
from models.errors import RuleBroken
from models.identity import clean_id_number, clean_phone, id_number_problem, phone_problem
from models.party import Side
from models.referral_course import CourtMode, Procedure
from models.search_keys import folded
from models.words import _

MOST_PARTIES = 20
OLDEST = timedelta(days=366)
C = CourtColumn
# Where a rule about the letter as a whole is shown.
_FIELDS = {"mode": C.MODE, "procedure": C.PROCEDURE, "number": C.NUMBER, "old_numbers": C.OLD_NUMBERS,
           "claim": C.CLAIM}  # fmt: skip


@dataclass(frozen=True)
class Finding:
    """Why a row is not taken: the row as the table program counts it, the column, the broken rule."""

    row: int
    column: CourtColumn | None
    fault: RuleBroken


@dataclass(frozen=True)
class SentRow:
    """A row that can be taken: the letter, and the day on which the court passed it on if it says so."""

    row: int
    letter: Letter
    sent_on: date | None


@dataclass(frozen=True)
class RowRules:
    """What rows are read by: columns, what goes for rows that do not say it, the house's case types and modes."""

    places: Places
    usual: tuple[CourtMode, Procedure | None] | None
    case_types: Mapping[str, CaseType]
    modes: Collection[CourtMode]
    today: date
    in_ten_thousands: bool = False


def case_type_keys(rows: Sequence[CaseType]) -> dict[str, CaseType]:
    """Case types by name, and by each kind a composite name counts up; what two of them name stands for neither."""
    whole = {folded(row.name): row for row in rows}
    parts: dict[str, list[CaseType]] = {}
    for row in rows:
        for part in {folded(one) for one in re.split(r"[、（）()]", row.name) if len(one.strip()) > 1}:
            parts.setdefault(part, []).append(row)
    return {key: found[0] for key, found in parts.items() if len(found) == 1} | whole


def read_row(number: int, cells: Sequence[Cell], rules: RowRules) -> SentRow | list[Finding]:
    """Read every cell; one row may have several faults."""
    reading = _Reading(number, {column: cells[place] for place, column in rules.places.items() if place < len(cells)})
    letter = _letter(reading, rules)
    sent_on = reading.read(C.SENT_ON, day_of)
    if sent_on is not None and not rules.today - OLDEST <= sent_on <= rules.today:
        reading.refuse(C.SENT_ON, RuleBroken(_("This day lies in the future, or more than a year back")))
    if letter is not None and not reading.findings:
        try:
            obeys(letter, rules.modes)
        except RuleBroken as fault:
            reading.refuse(_FIELDS.get(fault.field or ""), fault)
    if letter is None or reading.findings:
        return reading.findings
    return SentRow(number, letter, sent_on)


class _Reading:
    """The cells of one row, and what was found wrong with them."""

    def __init__(self, row: int, cells: Mapping[CourtColumn, Cell]) -> None:
        self.row, self.cells = row, cells
        self.findings: list[Finding] = []

    def refuse(self, column: CourtColumn | None, fault: RuleBroken) -> None:
        if column is None or all(found.column is not column for found in self.findings):
            self.findings.append(Finding(self.row, column, fault))

    def read(self, column: CourtColumn, how: Callable[[Cell], Any], otherwise: Any = None) -> Any:
        """The value of the cell; what cannot be read is noted."""
        try:
            return how(self.cells.get(column))
        except RuleBroken as fault:
            self.refuse(column, fault)
            return otherwise

    def needed(self, column: CourtColumn, how: Callable[[Cell], Any]) -> Any:
        value = self.read(column, how)
        if not value:
            self.refuse(column, RuleBroken(_("This cell must not be empty")))
        return value


def _letter(reading: _Reading, rules: RowRules) -> Letter | None:
    usual_mode, usual_procedure = rules.usual or (None, None)
    said = reading.read(C.MODE, mode_of)
    mode, procedure = said or usual_mode, reading.read(C.PROCEDURE, procedure_of)
    if mode is None:
        reading.refuse(C.MODE, RuleBroken(_("Enter 委派 or 委托")))
    if mode is CourtMode.ENTRUSTED and procedure is None and usual_mode is mode:
        procedure = usual_procedure
    kind = _case_type(reading, rules)
    parties = list(_parties(reading, rules.today))
    number = reading.read(C.NUMBER, lambda cell: text_of(cell, 60), "")
    if number and (problem := court_number_problem(number)):
        reading.refuse(C.NUMBER, RuleBroken(problem))
    old = reading.read(C.OLD_NUMBERS, lambda cell: _numbers(text_of(cell, 200)), [])
    claim = reading.needed(C.CLAIM, lambda cell: text_of(cell, 300))
    amount = reading.read(C.AMOUNT, lambda cell: fen_of(cell, 10_000 if rules.in_ten_thousands else 1))
    materials = reading.read(C.MATERIALS, lambda cell: text_of(cell, 2000, lines=True), "")
    contact = reading.read(C.CONTACT, lambda cell: text_of(cell, 120), "")
    agreed = reading.read(C.BOTH_AGREED, yes_of, False)
    if mode is None or kind is None:
        return None
    return Letter(mode, procedure, kind, number, claim or "", parties, amount, materials, contact, agreed, old)


def _case_type(reading: _Reading, rules: RowRules) -> CaseType | None:
    name = reading.needed(C.CASE_TYPE, lambda cell: text_of(cell, 120))
    if not name:
        return None
    key = folded(name)
    found = rules.case_types.get(key) or rules.case_types.get(key.removesuffix("纠纷"))
    if found is None:
        reading.refuse(C.CASE_TYPE, RuleBroken(_("This case type is not in the table of the house")))
    return found


def _numbers(text: str) -> list[str]:
    return [one for one in re.split(r"[、,，;；\s]+", text) if one]


def _parties(reading: _Reading, today: date) -> Iterator[SentParty]:
    for side, names, phones, ids, addresses in (
        (Side.APPLICANT, C.APPLICANTS, C.APPLICANT_PHONES, C.APPLICANT_IDS, C.APPLICANT_ADDRESSES),
        (Side.RESPONDENT, C.RESPONDENTS, C.RESPONDENT_PHONES, C.RESPONDENT_IDS, C.RESPONDENT_ADDRESSES),
    ):
        named = [name for name in reading.needed(names, lambda cell: parts_of(cell, 60)) or [] if name]
        if len(named) > MOST_PARTIES:
            reading.refuse(names, RuleBroken(_("At most %(most)s people in one cell"), most=MOST_PARTIES))
        beside = [
            _beside(reading, phones, len(named), phone_problem, 30),
            _beside(reading, ids, len(named), lambda text: id_number_problem(text, today), 20),
            _beside(reading, addresses, len(named), None, 120, commas=False),
        ]
        for name, phone, id_number, address in zip(named, *beside, strict=True):
            yield SentParty(side, name, clean_phone(phone), clean_id_number(id_number), address)
    for name in reading.read(C.THIRDS, lambda cell: parts_of(cell, 60), []):
        if name:
            yield SentParty(Side.THIRD, name)


def _beside(reading: _Reading, column: CourtColumn, count: int, problem: Callable[[str], str | None] | None,
            most: int, *, commas: bool = True) -> list[str]:  # fmt: skip
    """What stands beside the names, in their order; of several people some may have none."""
    found: list[str] = reading.read(column, lambda cell: parts_of(cell, most, commas=commas), [])
    if len(found) > count > 0:
        reading.refuse(column, RuleBroken(_("There are more entries here than names")))
    for one in found:
        fault = problem(unicodedata.normalize("NFKC", one)) if problem is not None and one else None
        if fault:
            reading.refuse(column, RuleBroken(fault))
    return [*found, *[""] * count][:count]
