"""保管期限 (domain §3.8): the unit's own table decides, agreed with the archive authority; the record proposes."""

from enum import StrEnum
from typing import Any

from models.words import _


class Retention(StrEnum):
    PERMANENT = "permanent"
    THIRTY_YEARS = "thirty_years"
    TEN_YEARS = "ten_years"


YEARS = {Retention.THIRTY_YEARS: 30, Retention.TEN_YEARS: 10}
# Settings of the centre: what is proposed until its own table says otherwise.
PROPOSED: dict[str, Any] = {
    "retention_lasting": Retention.THIRTY_YEARS,  # a written agreement, or a matter of the court
    "retention_other": Retention.TEN_YEARS,
}
PROPOSED_LABELS: dict[str, str] = {
    "retention_lasting": _("Files with a written agreement or from the court are kept for"),
    "retention_other": _("All other files are kept for"),
}
