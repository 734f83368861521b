"""A table of the court, looked through by the worker, decided on, released as one: nothing half, nothing twice."""

import json
from datetime import date

import pytest
from flask import Flask

import commands.importing
import models.court_check
from commands.importing import Importing
from models.court_import import CourtImport, ImportState
from models.court_import_run import KEPT_OPEN, LEASE, MOST_ATTEMPTS
from models.court_letter import SentParty
from models.court_number import CourtNumber
from models.court_table import DAYS
from models.errors import RuleBroken, Stale, TransitionNotAllowed
from models.event import Event
from models.import_finding import ImportFinding
from models.party import Party, Side
from models.referral import CourtReferral
from models.referral_sending import known
from models.visit import Channel, Visit
from tests.support.cast import CLERK, Cast
from tests.support.clock import Clock
from tests.support.court import COURT_DESK, sent
from tests.support.court_import import TEMPLATE, approved, csv_of, lines, matter, ordered, table, worked, xlsx
from tests.support.databases import only_sqlite
from tests.support.pages import visit
from transaction import db

S = ImportState
TABLES = (CourtReferral, CourtNumber, Party, Visit)


class Died(BaseException):
    """What a power cut is to a worker."""


@pytest.fixture
def worker(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Importing:
    monkeypatch.setattr(commands.importing, "BREATH", 0)
    return Importing(app)


def dies(monkeypatch: pytest.MonkeyPatch, point: str, after: int = 1) -> None:
    """The worker dies when it comes to this point for the `after`th time."""
    times = 0

    def crash_at(here: str) -> None:
        nonlocal times
        times += here == point
        if here == point and times == after:
            raise Died

    monkeypatch.setattr(commands.importing, "crash_at", crash_at)


def counts() -> list[int]:
    db.session.rollback()
    return [db.session.query(one).count() for one in TABLES]


def checked(cast: Cast, worker: Importing, count: int = 120) -> CourtImport:
    return worked(ordered(cast, csv_of(list(lines([matter(number) for number in range(count)]))), "a.csv"), worker)


def test_500_rows_with_40_faulty_ones_and_the_same_file_again(cast: Cast, worker: Importing) -> None:
    rows = [matter(number) for number in range(500)]
    for number in range(0, 400, 10):
        rows[number] |= matter(number, claim="")
    before = counts()
    row = worked(ordered(cast, table(rows)), worker)
    assert (row.state, row.read, row.accepted, row.refused) == (S.CHECKED, 500, 460, 40)
    found = db.session.query(ImportFinding).filter_by(import_id=row.id).order_by(ImportFinding.row).all()
    assert [(one.row, one.column.value) for one in found] == [(number + 2, "claim") for number in range(0, 400, 10)]
    assert counts() == before
    approved(cast, row)
    row = worked(row, worker)
    assert (row.state, row.written, counts()[0]) == (S.RELEASED, 460, before[0] + 460)
    again = worked(ordered(cast, csv_of(list(lines(rows))), "a.csv"), worker)
    assert (again.accepted, again.refused) == (0, 500)
    with pytest.raises(RuleBroken):
        approved(cast, again)
    for number in range(0, 400, 10):
        rows[number] = matter(number)
    mended = worked(ordered(cast, csv_of(list(lines(rows)), "gb18030"), "a.csv"), worker)
    assert (mended.accepted, mended.refused) == (40, 460)


def test_what_is_imported_is_what_the_court_could_have_typed(cast: Cast, worker: Importing) -> None:
    good = matter(1, sent_on="2026-11-20", applicant_phones="19000000061", materials="起诉状\n送货单", both_agreed="是")
    row = worked(ordered(cast, table([good]), by=COURT_DESK), worker)
    approved(cast, row, COURT_DESK)
    worked(row, worker)
    [referral], sealer = db.session.query(CourtReferral).all(), cast.app.extensions["sealer"]
    assert (referral.status.value, referral.number, referral.amount_fen) == ("sent", "(2026)甘0702诉前调1号", 3_000_000)
    assert [(one.name, one.clear(sealer, "phone")) for one in referral.parties] == [
        ("祁万福1", "19000000061"), ("甘州某建材公司", "")]  # fmt: skip
    assert (referral.visit.channel, referral.visit.queue_number[0]) == (Channel.COURT, "C")
    with cast.acting(CLERK) as change:
        referral.receive(change, date(2026, 11, 20))
    assert referral.signed_on == date(2026, 11, 20)


def test_a_worker_that_dies_is_followed_without_doubles(
    cast: Cast, worker: Importing, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = ordered(cast, csv_of(list(lines([matter(number) for number in range(120)]))), "a.csv")
    before = counts()
    for state, point, after in ((S.READING, "import-between-chunks", 1), (S.WRITING, "import-between-chunks", 2),
                                (S.WRITING, "import-before-release", 1)):  # fmt: skip
        dies(monkeypatch, point, after)
        with pytest.raises(Died):
            worked(row, Importing(cast.app))
        db.session.expire_all()
        assert (row.state, db.session.query(CourtReferral).filter(CourtReferral.is_released()).count()) == (state, 0)
        monkeypatch.setattr(commands.importing, "crash_at", lambda _here: None)
        assert not Importing(cast.app).step()  # the lease of the dead one
        clock.advance(seconds=LEASE.seconds + 1)
        if state is S.READING:
            row = worked(row, worker)
            assert (row.state, row.read, row.accepted) == (S.CHECKED, 120, 120)
            approved(cast, row)
    row = worked(row, Importing(cast.app))
    assert (row.state, row.written) == (S.RELEASED, 120)
    assert counts() == [before[0] + 120, before[1] + 120, before[2] + 240, before[3] + 120]


@only_sqlite
def test_nothing_of_it_is_seen_before_it_is_released(
    cast: Cast, worker: Importing, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = checked(cast, worker, 60)
    approved(cast, row)
    dies(monkeypatch, "import-before-release")
    with pytest.raises(Died):
        worked(row, worker)
    hidden = db.session.query(CourtReferral).order_by(CourtReferral.id.desc()).first()
    assert counts()[0] == 60
    clerk = cast.signed_in(CLERK)
    assert visit(clerk, "/referrals?tab=open").text.count("祁万福") == 0
    page = visit(clerk, "/referrals").form("/referrals/search").submit(status=200, wanted=hidden.number)
    assert f"/referrals/{hidden.id}" not in page.html
    for path in (f"/referrals/{hidden.id}", f"/visits/{hidden.visit_id}", f"/parties/{hidden.parties[0].id}/edit"):
        assert clerk.get(path).status_code == 404, path
    assert known(db.session(), cast.centre, hidden.number, [party.name for party in hidden.parties]) is None


def test_called_off_in_the_middle_it_is_taken_away_again(
    cast: Cast, worker: Importing, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = counts()
    row = checked(cast, worker)
    approved(cast, row)
    dies(monkeypatch, "import-between-chunks", 2)
    with pytest.raises(Died):
        worked(row, worker)
    assert counts()[0] == before[0] + 50
    with cast.acting() as change:
        row.cancel(change)
    monkeypatch.setattr(commands.importing, "crash_at", lambda _here: None)
    worker = Importing(cast.app)
    row = worked(row, worker)
    worker.swept_at = None
    row = worked(row, worker)
    assert (row.state, row.address, counts()) == (S.CANCELLED, None, before)


def test_called_off_while_the_worker_writes_it_goes_no_further(
    cast: Cast, worker: Importing, monkeypatch: pytest.MonkeyPatch
) -> None:
    row, before = checked(cast, worker), counts()
    approved(cast, row)
    import_id = row.id

    def call_off(here: str) -> None:
        if here == "import-between-chunks" and counts()[0] == before[0] + 50:
            with cast.acting() as change:
                db.session.get_one(CourtImport, import_id).cancel(change)

    monkeypatch.setattr(commands.importing, "crash_at", call_off)
    assert (worked(row, worker).state, counts()) == (S.CANCELLED, before)


@only_sqlite
def test_what_came_another_way_meanwhile_stops_all_of_it(cast: Cast, worker: Importing) -> None:
    row = checked(cast, worker, 3)
    twin = checked(cast, worker, 3)
    approved(cast, row)
    approved(cast, twin)
    assert (worked(row, worker).state, worked(twin, worker).state) == (S.RELEASED, S.CHANGED)
    assert counts()[0] == 3
    with cast.acting() as change:
        twin.check_again(change, twin.version)
    twin = worked(twin, worker)
    assert (twin.state, twin.accepted, twin.refused) == (S.CHECKED, 0, 3)


def test_what_a_clerk_enters_while_the_last_rows_are_written_stops_it_too(
    cast: Cast, worker: Importing, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = checked(cast, worker, 2)
    approved(cast, row)
    parties = [SentParty(Side.APPLICANT, "祁万福1"), SentParty(Side.RESPONDENT, "甘州某建材公司")]

    def enter(here: str) -> None:
        if here == "import-between-chunks":
            sent(cast, number="(2026)甘0702诉前调1号", parties=parties)

    monkeypatch.setattr(commands.importing, "crash_at", enter)
    before = counts()
    assert (worked(row, worker).state, counts()[0]) == (S.CHANGED, before[0] + 1)


@only_sqlite
def test_matters_without_a_number_are_known_by_parties_and_claim(cast: Cast, worker: Importing) -> None:
    sent(cast)
    same = matter(1, number="", applicants="祁万福", respondents="甘州某建材公司", claim="支付货款 3 万元")
    row = worked(ordered(cast, table([same, same | matter(1, number="", applicants="祁万福", claim="别的")])), worker)
    assert (row.accepted, row.refused) == (1, 1)


@only_sqlite
@pytest.mark.parametrize(("rows", "words"), [
    ([TEMPLATE], "There is no row below"),
    ([TEMPLATE, *[["x"]] * 61], "At most 60 rows"),
    ([], "There is no row below"),
])  # fmt: skip
def test_a_file_that_cannot_be_taken_says_why(
    cast: Cast, worker: Importing, monkeypatch: pytest.MonkeyPatch, rows: list[list[object]], words: str
) -> None:
    monkeypatch.setattr(models.court_check, "MOST_ROWS", 60)
    row = worked(ordered(cast, csv_of(rows) if rows else b"\n \n", "a.csv"), worker)
    assert row.state is S.REFUSED
    assert (row.fault % row.fault_values).startswith(words)


@only_sqlite
def test_what_three_workers_did_not_survive_is_not_tried_again(
    cast: Cast, worker: Importing, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = ordered(cast, xlsx([TEMPLATE, ["x"]]))
    for _again in range(MOST_ATTEMPTS):
        dies(monkeypatch, "import-after-take")
        with pytest.raises(Died):
            worked(row, Importing(cast.app))
        clock.advance(seconds=LEASE.seconds + 1)
    assert worked(row, worker).state is S.REFUSED


@only_sqlite
def test_a_lost_file_ends_it_and_one_nobody_decides_on_is_called_off(
    cast: Cast, worker: Importing, clock: Clock
) -> None:
    kept, lost = checked(cast, worker, 2), ordered(cast, table([matter(1)]))
    cast.app.extensions["files"].discard(lost.address)
    assert worked(lost, worker).state is S.REFUSED
    clock.advance(days=KEPT_OPEN.days + 1)
    assert (worked(kept, worker).state, kept.address) == (S.CANCELLED, None)


@only_sqlite
def test_the_original_table_goes_when_the_house_wants_it_no_longer(cast: Cast, worker: Importing, clock: Clock) -> None:
    row, waits = checked(cast, worker, 1), checked(cast, worker, 2)
    approved(cast, row)
    with cast.acting() as change:
        cast.centre.change_setting(change, DAYS, 5)
    row = worked(row, worker)
    assert row.samples_sealed is None
    for days, is_there in ((4, True), (2, False), (1, False)):
        clock.advance(days=days)
        row = worked(row, worker)
        assert (row.address is not None, row.state) == (is_there, S.RELEASED)
    store = cast.app.extensions["files"]
    assert [path.name for path, _age in store.everything()] == [waits.address]
    told = db.session.query(Event).filter_by(kind="court-import:remove").all()
    assert [json.loads(event.facts)["days"] for event in told] == [5]


@only_sqlite
def test_steps_that_are_not_possible(cast: Cast, worker: Importing) -> None:
    row = checked(cast, worker, 1)
    with pytest.raises(Stale), cast.acting() as change:
        row.approve(change, row.version - 1)
    with pytest.raises(TransitionNotAllowed), cast.acting() as change:
        row.check_again(change, row.version)
    approved(cast, row)
    row = worked(row, worker)
    with pytest.raises(TransitionNotAllowed), cast.acting() as change:
        row.cancel(change)
