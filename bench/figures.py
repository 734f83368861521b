"""What comes out: figures with a name that stays, a value, and for some a target."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

# The target of each figure that has one; every other figure is only reported. How each is measured stands in
# docs/performance.md under the same name.
TARGETS = {
    "self-check-deviation": 0.15,
    "poll-unchanged-cpu": 0.9,
    "poll-changed-cached-cpu": 1.15,
    "poll-changed-first-cpu": 5.0,
    "board-full-cpu": 15.0,
    "acknowledge-share-cpu": 0.35,
    "rush-errors": 0.0,
    "rush-p95-ms": 150.0,
    "pollers-300-errors": 0.0,
    "pollers-300-cpu-share": 0.25,
    "pollers-300-p99-ms": 100.0,
    "pollers-300-write-p99-ms": 100.0,
    "pollers-1000-errors": 0.0,
    "whistle-visible-p95-ms": 2500.0,
    "browser-changed-poll-share": 0.35,
    "browser-poll-long-tasks": 0.0,
    "first-page-gzip-kb": 60.0,
    "poll-changed-gzip-kb": 5.0,
    "whole-file-s": 2.0,
    "batch-memory-growth": 1.1,
    "import-memory-growth": 1.3,
    "import-poll-p99-ms": 100.0,
    "import-errors": 0.0,
}
# What takes too long for a quick look.
NOT_QUICK = {"import-memory-growth"}
HIGHER_IS_BETTER = ("-per-second",)


@dataclass(frozen=True)
class Figure:
    figure: str
    value: float
    target: float | None
    better: str
    met: bool | None


def figure(name: str, value: float) -> Figure:
    """A figure under its name; all targets are limits that must not be passed."""
    target = TARGETS.get(name)
    better = "higher" if name.endswith(HIGHER_IS_BETTER) else "lower"
    rounded = round(value, 3)
    return Figure(name, rounded, target, better, None if target is None else rounded <= target)


def line(one: Figure) -> str:
    verdict = "" if one.target is None else f"  ≤ {one.target:<7g} {'met' if one.met else 'MISSED'}"
    return f"{one.figure:<38}{one.value:>12,.3f}{verdict}"


def write_json(figures: list[Figure], file: Path) -> None:
    file.write_text(json.dumps([asdict(one) for one in figures], indent=1) + "\n", encoding="utf-8")
