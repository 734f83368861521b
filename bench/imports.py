"""Tables of the court: the memory a large one takes against a small one, and a full house while one is written."""

import subprocess
import sys
import time
from collections.abc import Iterator
from io import BytesIO
from uuid import uuid4

from openpyxl import Workbook
from sqlalchemy import select

from bench.dossier import status_kb
from bench.figures import Figure, figure
from bench.pollers import Heard, house, p99
from bench.screens import Bench
from bench.servers import ROOT
from bench.world import World
from models.court_columns import HEADINGS, CourtColumn
from models.court_import import CourtImport, ImportState, KeptTable
from models.unit import Unit, UnitKind
from models.usual_mode import UsualMode
from security.tables import XLSX
from transaction import db

C = CourtColumn
SECONDS = 600


def memory(world: World, small: int, large: int) -> Figure:
    """The peak of a process that imports many rows against one that imports few."""
    return figure("import-memory-growth", peak(world, "b", large) / peak(world, "a", small))


def meanwhile(bench: Bench) -> Iterator[Figure]:
    """Boards ask and clerks write while the worker writes the rows of a large table."""
    import_id = ordered(bench.world, table("c", bench.size.rows))
    reached(import_id, ImportState.CHECKED)
    with bench.world.changing() as change:
        row = change.session.get_one(CourtImport, import_id)
        row.approve(change, row.version)
    heard = Heard()
    house(bench, heard, bench.server, 10 if bench.size.is_look else 300, 0.5 if bench.size.is_look else 2.0)
    reached(import_id, ImportState.RELEASED)
    yield figure("import-poll-p99-ms", p99(heard.polls))
    yield figure("import-write-p99-ms", p99(heard.writes))
    yield figure("import-errors", heard.errors)


def peak(world: World, letter: str, rows: int) -> int:
    """Kilobytes at most of `flask court import` with so many rows."""
    file = world.folder / f"{letter}.xlsx"
    file.write_bytes(table(letter, rows))
    command = [sys.executable, "-m", "flask", "--app", "app.py", "court", "import", str(file)]
    environment = {"PATH": "/usr/bin:/bin", **world.environment()}
    most = 0
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE) as process:
        while process.poll() is None:
            most = max(most, status_kb(process.pid, "VmHWM"))
            time.sleep(0.02)
        said = process.stdout.read() if process.stdout else b""
    if f"accepted={rows} ".encode() not in said:
        raise RuntimeError(f"not imported: {said[-200:]!r}")
    return most


def ordered(world: World, content: bytes) -> int:
    court = db.session.scalars(select(Unit).where(Unit.kind == UnitKind.COURT).limit(1)).one()
    uid = uuid4().hex
    address = world.app.extensions["files"].keep_long(uid, "court-import", BytesIO(content))
    kept = KeptTable(uid, "案件.xlsx", XLSX, len(content), "", address)
    with world.changing() as change:
        return CourtImport.order(change, world.centre, court, kept, UsualMode.ASSIGNED).id


def reached(import_id: int, state: ImportState) -> None:
    end = time.monotonic() + SECONDS
    while (row := db.session.get_one(CourtImport, import_id)).state is not state:
        if time.monotonic() > end or row.state not in (ImportState.READING, ImportState.WRITING):
            raise RuntimeError(f"the import is {row.state}: {row.fault}")
        time.sleep(0.1)
        db.session.rollback()


def table(letter: str, rows: int) -> bytes:
    """Every row another matter with two parties, all columns a court fills in."""
    book, content = Workbook(write_only=True), BytesIO()
    sheet = book.create_sheet()
    sheet.append([HEADINGS[column][0] for column in CourtColumn])
    for number in range(rows):
        said = {
            C.OLD_NUMBERS: "", C.MODE: "委派", C.CASE_TYPE: "买卖合同",
            C.CLAIM: f"支付第{number}批货款并承担逾期付款利息及本案全部费用", C.AMOUNT: str(30_000 + number),
            C.APPLICANTS: f"祁万福{letter}{number}", C.APPLICANT_PHONES: "19000000061",
            C.APPLICANT_ADDRESSES: f"甘泉社区{number}号", C.RESPONDENTS: f"甘州某建材公司{number}",
            C.RESPONDENT_PHONES: "19000000062", C.MATERIALS: "起诉状副本\n送货单", C.CONTACT: f"书记员{number}",
        }  # fmt: skip
        sheet.append([said.get(column, "") for column in CourtColumn])
    book.save(content)
    return content.getvalue()
