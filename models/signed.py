"""Whether a written agreement lies in the file signed: 归档 needs it, 结案 does not (人民调解法 art. 27, 29)."""

from models.effect import agreement_papers
from models.final_paper import FinalPaper
from models.mediation import MediationSession
from models.signature import SigningWay
from models.words import _

TEXT, LINES, SCAN = _("Final text"), _("Signatures and seal"), _("Scan of the signed paper")


def lacking(mediation: MediationSession) -> list[str]:
    """What the session's agreement in writing lacks: its final text, lines of who must sign, the scan that proves it.

    A further version somebody refuses to sign leaves the one before it as it is.
    """
    papers = agreement_papers(mediation)
    if not papers:
        return [TEXT, LINES, SCAN]
    signed, newest = [one for one in papers if one.is_complete], papers[-1]
    found = [] if signed and (newest.is_complete or newest.refusals) else [LINES]
    return found if all(map(_is_proven, signed or [newest])) else [*found, SCAN]


def _is_proven(paper: FinalPaper) -> bool:
    """Strokes on a screen are in the text itself; what was signed or sealed on paper is seen on its scan."""
    on_screen = all(one.standing is not None and one.standing.way is SigningWay.INK for one in paper.needed)
    return on_screen or any(not scan.is_removed for scan in paper.scans)
