"""Final papers 定稿: the text that is about to be kept, and the kept text as it is shown with its signatures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from models.final_paper import FinalPaper, PaperKind
from models.ink import strokes_of
from models.mediation import MediationSession
from models.sealed import Sealer
from models.signature import SigningWay
from models.signer import Signer, SignerRole
from papers import agreement, record
from papers.blocks import Block, Mark, Paper, Signatures, note
from papers.kept import unpacked
from papers.matter import Final, Matter, Pen
from papers.wording import RECORDS, SIDES, day, moment

SHORT = 16


def draft(matter: Matter, session: MediationSession, kind: PaperKind) -> Paper:
    """The first version of one session's paper, as the record stands now."""
    pen = Pen(matter)
    if kind is PaperKind.RECORD:
        record.write_session(pen, session)
        return pen.done(RECORDS[session.nature])
    signed = next(one for one in matter.agreements if one.session is session)
    agreement.write_one(pen, signed)
    return pen.done(signed.name)


def finals_of(sessions: Sequence[MediationSession], sealer: Sealer) -> dict[tuple[int, str], Final]:
    """The newest final paper of each kind, by session and code."""
    found: dict[tuple[int, str], Final] = {}
    for session in sessions:
        for paper in session.final_papers:
            if paper.is_newest:
                found[session.id, paper.kind.value] = shown(paper, sealer)
    return found


def shown(paper: FinalPaper, sealer: Sealer) -> Final:
    """The kept text, each version's signatures on its own lines, and at the foot which version it is."""
    same = (one for one in paper.mediation.final_papers if one.kind is paper.kind and one.version <= paper.version)
    versions = sorted(same, key=lambda one: one.version)
    blocks: tuple[Block, ...] = ()
    for one in versions:
        text = unpacked(one.text(sealer)).blocks
        blocks += _marked(text[len(blocks) :], signs_of(one, sealer))
    foot = note(f"定稿第{paper.version}版，文本校验值{paper.text_hash[:SHORT]}。")
    return Final(paper.version, paper.text_hash, (*blocks, foot))


@dataclass(frozen=True)
class Signs:
    """What stands at the lines of the parties by their number, of the mediator and of the recorder."""

    parties: Mapping[int, Mark]
    mediator: Mark | None = None
    recorder: Mark | None = None


def signs_of(paper: FinalPaper, sealer: Sealer) -> Signs:
    """Strokes, readings and refusals. Who signed the printed paper is seen on it, and on its scan."""
    marks = {one: _mark(one, sealer) for one in paper.signers}
    by_role = {one.role: mark for one, mark in marks.items() if not one.is_party}
    parties = {one.line: mark for one, mark in marks.items() if one.line is not None and mark is not None}
    return Signs(parties, by_role.get(SignerRole.MEDIATOR), by_role.get(SignerRole.RECORDER))


def _mark(signer: Signer, sealer: Sealer) -> Mark | None:
    words, ink, entry, heard = [], "", signer.standing, signer.reading
    if heard is not None and signer.has_heard:
        through = f"，翻译{heard.interpreter}" if heard.interpreter else ""
        words.append(f"经宣读确认（宣读人{heard.reader}{through}，见证人{heard.witness}）")
    if entry is not None and entry.way is SigningWay.INK:
        ink = strokes_of(entry, sealer)
        words.append(f"{entry.name}，手写电子签名，{moment(entry.at)}")
    if entry is not None and signer.refuses:
        words.append(f"{signer.name}拒绝签名：{entry.reason}（在场人：{entry.present}，{day(entry.signed_on)}）")
    return Mark("；".join(words), ink) if words else None


def _marked(blocks: tuple[Block, ...], signs: Signs) -> tuple[Block, ...]:
    return tuple(replace(one, marks=_placed(one, signs)) if isinstance(one, Signatures) else one for one in blocks)


def _placed(block: Signatures, signs: Signs) -> tuple[Mark, ...]:
    found: list[tuple[int, Mark | None]] = []
    of_parties = [at for at, line in enumerate(block.lines) if line.startswith(tuple(SIDES.values()))]
    found += [(at, signs.parties.get(number)) for number, at in enumerate(of_parties)]
    for at, line in enumerate(block.lines):
        if line.startswith("记录人"):
            found.append((at, signs.recorder))
        elif "调解" in line:
            found.append((at, signs.mediator))
    return tuple(replace(mark, line=at) for at, mark in found if mark is not None)
