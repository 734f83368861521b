"""Agreements and records that are final, and those who sign them."""

from datetime import date

from models.conclusion import Outcome
from models.final_paper import FinalPaper, PaperKind, finalise
from models.mediation import MediationSession
from models.participant import Participant
from models.signature import SigningWay
from models.signer import SignerRole
from models.signing import sign_on_paper
from papers.final import draft
from papers.kept import kept
from papers.reading import matter_of
from tests.models.test_mediation import conclude, opened, pay
from tests.support.cast import MEDIATOR, Cast
from transaction import db, now

TODAY = date(2026, 11, 23)
# A name as a finger writes it.
STROKES = "M100 50L140 90L180 60L220 120L260 80M300 60L340 100L380 160L420 60L500 140"


def text_of(cast: Cast, session: MediationSession, kind: PaperKind = PaperKind.AGREEMENT) -> str:
    """What would be kept now."""
    return kept(draft(matter_of(db.session(), session.dispute, cast.app.extensions["sealer"], now()), session, kind))


def agreed(cast: Cast, category: str = "消费", **facts: object) -> MediationSession:
    session = opened(cast, category)
    with cast.acting(MEDIATOR) as change:
        session.state(change, "宋佳", "会员卡还有八个月")
        session.participants.append(Participant(party_id=session.dispute.parties[0].id, name="宋佳"))
    conclude(cast, session, Outcome.AGREED, terms=[pay()], **facts)
    return session


def final(cast: Cast, session: MediationSession | None = None, kind: PaperKind = PaperKind.AGREEMENT) -> FinalPaper:
    session = session or agreed(cast)
    text = text_of(cast, session, kind)
    with cast.acting(MEDIATOR) as change:
        mended = len(session.record_supplements) if kind is PaperKind.RECORD else 0
        return finalise(change, session, kind, text, mended=mended)


def sign(cast: Cast, paper: FinalPaper, *roles: SignerRole, on: date = TODAY,
         way: SigningWay = SigningWay.BOTH) -> None:  # fmt: skip
    """Everybody of these roles signs, or all."""
    ways = {one.id: way for one in paper.signers if not roles or one.role in roles}
    with cast.acting(MEDIATOR) as change:
        sign_on_paper(change, paper, ways, on)
