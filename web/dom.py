"""Names of regions: page, fragment and test say the same id."""


def dom_id(row: object, part: str = "") -> str:
    """`callout-12`, `callout-12-answer`; rows without a class of their own pass a pair (kind, id)."""
    kind, key = row if isinstance(row, tuple) else (type(row).__name__.lower(), getattr(row, "id", "new"))
    return f"{kind}-{key}" + (f"-{part}" if part else "")
