"""Typed parts of addresses."""

import re

from werkzeug.routing import BaseConverter, IntegerConverter


class Reference(BaseConverter):
    """620702-20261123-007: a dispute as addresses name it."""

    regex = r"[0-9]{6,12}-[0-9]{8}-[0-9]{3,9}"


class Id(IntegerConverter):
    """`<int:…>`: the number of a row. Longer ones than a database counts to lead nowhere, like any unknown number."""

    regex = r"[0-9]{1,18}"


def id_in(text: str | None) -> int | None:
    """The number of a row that a filter or a form names; what is none, or longer than any, names nothing."""
    return int(text) if text and re.fullmatch(Id.regex, text) else None
