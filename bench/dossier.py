"""Whole files: how long one takes, and whether web server and worker grow while they are drawn."""

import contextlib
import os
import statistics
import time
from collections.abc import Iterable, Iterator
from datetime import timedelta
from io import BytesIO
from itertools import islice
from pathlib import Path
from uuid import uuid4

from PIL import Image
from sqlalchemy import select

from bench.client import get
from bench.figures import Figure, figure
from bench.screens import Bench
from bench.servers import children
from bench.world import World
from models.agreement import TermDraft
from models.attachment import Attachment, AttachmentKind, KeptFile
from models.batch import Batch, BatchState
from models.clock import local_day
from models.closing import close
from models.conclusion import Conclusion, Outcome
from models.dispute import Dispute
from models.lifecycle import ClosingType
from models.mediation import MediationSession
from models.natures import Nature
from models.person import Role
from models.presiding_body import BodyKind, PresidingBody
from models.registration import register
from security.inspection import inspect
from transaction import db, now

PHOTO = (1500, 2000)  # pixels, as a messenger hands it on
BATCH_SECONDS = 600


def dossiers(bench: Bench) -> Iterator[Figure]:
    """Settled disputes with an agreement and a photograph each, taken out one by one and all at once."""
    size = bench.size
    disputes = list(settled(bench.world, max(size.files, size.dossiers)))
    paths = [f"/disputes/{one.reference}/dossier/zip" for one in disputes[: size.dossiers]]
    db.session.remove()
    yield from one_by_one(bench, paths)
    yield figure("batch-memory-growth", growth(peaks(bench.world, size.files), size.files // 4 or 1))


def one_by_one(bench: Bench, paths: list[str]) -> Iterator[Figure]:
    """Before it counts, both processes of the server should have drawn once."""
    for path in paths[1::2]:
        taken(bench, path)
    before, seconds = sum(map(resident, bench.server.pids)), []
    for path in paths:
        started = time.perf_counter()
        taken(bench, path)
        seconds.append(time.perf_counter() - started)
    yield figure("whole-file-s", statistics.median(seconds))
    yield figure("whole-file-web-growth", sum(map(resident, bench.server.pids)) / before)


def taken(bench: Bench, path: str) -> None:
    reply = bench.ask(get(path, bench.desk.headers()))
    if reply.status != 200 or not reply.body.startswith(b"PK"):
        raise RuntimeError(f"no whole file: {reply.status} {reply.body[:400]!r}")


def settled(world: World, count: int) -> Iterator[Dispute]:
    clerk, mediator, today = world.holding(Role.CLERK), world.holding(Role.MEDIATOR), local_day(now())
    body = db.session.scalars(
        select(PresidingBody).where(PresidingBody.centre_id == world.centre.id,
                                    PresidingBody.kind == BodyKind.PEOPLE_COMMITTEE).limit(1)
    ).one()  # fmt: skip
    photo = BytesIO()
    Image.effect_noise(PHOTO, 12).convert("RGB").save(photo, "JPEG", quality=60)
    found = inspect("现场.jpg", photo.getvalue())
    for entry in islice(world.entries(), count):
        with world.changing(clerk) as change:
            dispute = register(change, world.centre, entry).dispute
            if dispute is None:
                raise RuntimeError("a registration opens a dispute")
        with world.changing(mediator) as change:
            session = MediationSession.open(change, dispute, Nature.PEOPLES, body, mediator, None, None, [])
            session.state(change, entry.name, entry.demand * 20)
        with world.changing(mediator) as change:
            payer = dispute.parties[1].name
            terms = [TermDraft(today + timedelta(days=7), payer, entry.name, 90_000, account="本人银行卡")]
            session.conclude(change, session.version, Conclusion(Outcome.AGREED, terms=terms))
        uid = uuid4().hex
        address = world.app.extensions["files"].keep(uid, "content", found.content)
        kept = KeptFile(uid, found.name, found.media_type, len(found.content), found.sha256, address)
        with world.changing(clerk) as change:
            Attachment.upload(change, dispute, [kept], AttachmentKind.PHOTOGRAPH)
            close(change, dispute, ClosingType.SETTLED_WRITTEN, today, today + timedelta(days=30))
        yield dispute


def peaks(world: World, count: int) -> list[int]:
    """Let the worker draw a batch of so many files: the most memory of it and its press while each was drawn."""
    clerk = world.holding(Role.CLERK)
    rows = select(Dispute).where(Dispute.closed_at.is_not(None)).order_by(Dispute.id).limit(count)
    with world.changing(clerk) as change:
        batch = Batch.order(change, world.centre, clerk.id, uuid4().hex, db.session.scalars(rows).all())
    [worker] = [pid for pid in children(os.getpid()) if b"worker" in arguments(pid)]
    seen, end = [0] * (count + 1), time.monotonic() + BATCH_SECONDS
    while batch.state is BatchState.DRAWING and time.monotonic() < end:
        seen[batch.done] = max(seen[batch.done], resident(worker) + sum(map(resident, children(worker))))
        time.sleep(0.1)
        db.session.rollback()
    if batch.state is not BatchState.READY or batch.omitted:
        raise RuntimeError(f"the batch is {batch.state}, left out: {[one.omission for one in batch.omitted]}")
    return [peak for peak in seen[:count] if peak]


def growth(seen: list[int], first: int) -> float:
    """The peak of all against the peak of the first ones."""
    return max(seen) / max(seen[:first])


def arguments(pid: int) -> list[bytes]:
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    return []


def resident(pid: int) -> int:
    """Kilobytes of a process now; 0 when it has ended."""
    return status_kb(pid, "VmRSS")


def status_kb(pid: int, name: str) -> int:
    """What the kernel says of a process under this name."""
    lines: Iterable[str] = ()
    with contextlib.suppress(OSError):
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith(name))
