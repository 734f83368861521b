"""The usual mode of a table of the court: what goes for rows that do not say how they are passed on."""

from enum import StrEnum

from models.referral_course import CourtMode, Procedure


class UsualMode(StrEnum):
    NONE = ""
    ASSIGNED = "assigned"
    ORDINARY = "ordinary"
    SUMMARY = "summary"

    @property
    def meaning(self) -> tuple[CourtMode, Procedure | None] | None:
        if self is UsualMode.NONE:
            return None
        if self is UsualMode.ASSIGNED:
            return CourtMode.ASSIGNED, None
        return CourtMode.ENTRUSTED, Procedure(self.value)
