"""A finding: what must be changed 必须改 in an agreement before it is recorded, or should be 建议改."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from models.base import Facts


class Weight(StrEnum):
    MUST = "must"
    ADVICE = "advice"


@dataclass(frozen=True)
class Finding:
    """One sentence about a term, counted from 1, or about the whole."""

    code: str
    weight: Weight
    sentence: str
    row: int | None = None
    facts: Facts = field(default_factory=dict)

    @property
    def key(self) -> str:
        return f"{self.code}:{self.row or 0}"


def blocking(said: Sequence[Finding]) -> list[Finding]:
    return [finding for finding in said if finding.weight is Weight.MUST]


def advice(said: Sequence[Finding]) -> list[Finding]:
    return [finding for finding in said if finding.weight is Weight.ADVICE]
