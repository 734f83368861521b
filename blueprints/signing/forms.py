"""Forms of signing."""

from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import HiddenField, SelectField
from wtforms.validators import InputRequired, Regexp

from models.final_paper import FinalPaper, PaperKind
from models.party import PartyKind
from models.signature import ON_PAPER, SigningWay
from models.signer import Signer, SignerRole
from models.words import _
from web.fields import Day
from web.forms import BaseForm, CreatingForm, Needed
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
