"""Forms of signing."""

from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import BooleanField, HiddenField, SelectField
from wtforms.validators import InputRequired, Regexp

from models.final_paper import FinalPaper, PaperKind
from models.paper_reading import HEARD
from models.party_kind import PartyKind
from models.record_reading import ReadingWay
from models.signature import ON_PAPER, SigningWay
from models.signer import Signer, SignerRole
from models.signing import Heard
from models.words import _
from web.fields import Day
from web.forms import BaseForm, CreatingForm, Line, Needed
from web.labels import label


class FinaliseForm(CreatingForm):
    """`seen` is the hash of the text that lay before whoever makes it final."""

    kind = SelectField(choices=lambda: [(kind.value, kind.value) for kind in PaperKind])
    seen = HiddenField(validators=[Regexp(r"^[0-9a-f]{64}$")])

    @property
    def chosen(self) -> PaperKind:
        return PaperKind(self.kind.data)


class ScanForm(BaseForm):
    scan = SelectField(lazy_gettext(_("Scan in the file")), [InputRequired(lazy_gettext(_("Choose one")))])


class LineForm(BaseForm):
    """About one line of a final paper; only open ones are offered."""

    signer = SelectField(lazy_gettext(_("Who")), [InputRequired(lazy_gettext(_("Choose one")))])

    def offer(self, paper: FinalPaper, *, only_parties: bool = False) -> None:
        lines = [one for one in paper.signers if not one.is_signed and (one.is_party or not only_parties)]
        self.signer.choices = [(str(one.id), one.name) for one in lines]

    def chosen(self, paper: FinalPaper) -> Signer:
        return next(one for one in paper.signers if str(one.id) == self.signer.data)


class EndForm(BaseForm):
    """The mediation ends without what nobody signs; ended twice it is ended once."""

    routes_told = BooleanField(lazy_gettext(_("The parties were told the other ways")))


class RefusalForm(LineForm):
    reason = Line(_("Reason"), Needed(_("Enter the reason")), most=200)
    present = Line(_("Who was present"), Needed(_("Enter who was present")), most=200)


class StrikeForm(LineForm):
    """A signature on paper that was noted by mistake."""

    reason = Line(_("Reason"), Needed(_("Enter the reason")), most=200)

    def offer(self, paper: FinalPaper, *, only_parties: bool = False) -> None:
        lines = [one for one in paper.signers if one.standing is not None and one.standing.way in ON_PAPER]
        self.signer.choices = [(str(one.id), one.name) for one in lines]


class ReadOutForm(LineForm):
    """宣读确认 for somebody who cannot read."""

    way = SelectField(lazy_gettext(_("How")), default=ReadingWay.ALOUD.value,
                      choices=lambda: [(way.value, label(way)) for way in HEARD])  # fmt: skip
    reader = Line(_("Read out by"), Needed(_("Enter who read it out")), most=40)
    interpreter = Line(_("Interpreter"), most=40)
    witness = Line(_("Witness"), Needed(_("Enter the witness: somebody who is not a party")), most=40)

    @property
    def heard(self) -> Heard:
        return Heard(ReadingWay(self.way.data), self.reader.data or "", self.witness.data or "",
                     self.interpreter.data or "")  # fmt: skip


class PaperSigningForm(BaseForm):
    """Who has signed the printed paper, a line for each; noted twice it is noted once, so it carries no key."""

    signed_on = Day(_("Signed on"), Needed(_("Enter the day")))

    def ways(self, paper: FinalPaper) -> dict[int, SigningWay]:
        """Signer id → way, of those for whom one was chosen."""
        fields = ((one.id, self[f"way_{one.id}"].data) for one in paper.signers if f"way_{one.id}" in self)
        return {signer_id: SigningWay(way) for signer_id, way in fields if way}


def paper_signing_form(paper: FinalPaper, sent: Any, *, usual: bool = False, **data: Any) -> PaperSigningForm:
    """A choice for each line that is still open; `usual` proposes for everybody the way that is usual."""
    open_lines = [one for one in paper.signers if not one.is_signed]
    fields = {f"way_{one.id}": SelectField(one.name, choices=_ways, default=usual_way(one).value if usual else "")
              for one in open_lines}  # fmt: skip
    made: PaperSigningForm = type("PaperSigning", (PaperSigningForm,), fields)(formdata=sent, **data)
    return made


def _ways() -> list[tuple[str, str]]:
    return [("", gettext("not yet")), *((way.value, label(way)) for way in ON_PAPER)]


def usual_way(signer: Signer) -> SigningWay:
    if signer.role is SignerRole.BODY or (signer.party is not None and signer.party.kind is PartyKind.ORGANISATION):
        return SigningWay.SEAL
    return SigningWay.BOTH if signer.is_party else SigningWay.HAND
