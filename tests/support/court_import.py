"""Tables of a court as tests make them, and their way through the worker."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from uuid import uuid4

from openpyxl import Workbook

from commands.importing import PART, Importing
from models.court_columns import HEADINGS, CourtColumn
from models.court_import import CourtImport, KeptTable
from models.usual_mode import UsualMode
from security.inspection import inspect
from tests.support.cast import CLERK, Cast
from transaction import db

C = CourtColumn
TEMPLATE = [names[0] for names in HEADINGS.values()]
Values = dict[CourtColumn, object]


def matter(number: int, /, **other: object) -> Values:
    """One good row; `other` by the name of the column."""
    row: Values = {
        C.NUMBER: f"(2026)甘0702诉前调{number}号", C.MODE: "委派", C.CASE_TYPE: "买卖合同纠纷",
        C.CLAIM: f"支付货款第{number}批",
        C.AMOUNT: "30000", C.APPLICANTS: f"祁万福{number}", C.APPLICANT_PHONES: "19000000061",
        C.RESPONDENTS: "甘州某建材公司",
    }  # fmt: skip
    return row | {C(name): value for name, value in other.items()}


def lines(rows: Sequence[Values]) -> Iterator[list[object]]:
    yield list(TEMPLATE)
    for row in rows:
        yield [row.get(column, "") for column in CourtColumn]


def xlsx(rows: Sequence[Sequence[object]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("案件")
    for row in rows:
        sheet.append(list(row))
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def table(rows: Sequence[Values]) -> bytes:
    return xlsx(list(lines(rows)))


def csv_of(rows: Sequence[Sequence[object]], encoding: str = "utf-8-sig") -> bytes:
    return "\r\n".join(",".join(f'"{cell}"' for cell in row) for row in rows).encode(encoding)


def ordered(cast: Cast, content: bytes, name: str = "案件.xlsx", *, by: str = CLERK,
            usual: UsualMode = UsualMode.NONE) -> CourtImport:  # fmt: skip
    """The file as the page leaves it, with nothing done yet."""
    found = inspect(name.replace(".csv", ".txt"), content)
    uid = uuid4().hex
    address = cast.app.extensions["files"].keep_long(uid, PART, BytesIO(content))
    kept = KeptTable(uid, name, found.media_type, len(content), found.sha256, address)
    court = cast.unit("区人民法院")
    with cast.acting(by) as change:
        return CourtImport.order(change, cast.centre, court, kept, usual)


def worked(row: CourtImport, worker: Importing) -> CourtImport:
    """After the worker has done what waits."""
    db.session.rollback()
    worker.drain()
    db.session.rollback()
    return db.session.get_one(CourtImport, row.id)


def approved(cast: Cast, row: CourtImport, by: str = CLERK) -> None:
    with cast.acting(by) as change:
        row.approve(change, row.version)
