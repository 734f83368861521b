"""The forms that carry files: how much of one is read, and what is kept of one that is too large."""

import io
from typing import Any

from flask import Blueprint, request
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.sansio.multipart import Data, Epilogue, Field, File, MultipartDecoder, NeedData

from security import cookies, sessions

LARGEST_UPLOAD = 25 * 1024 * 1024
# The fields stand before the files: this much of a form that is too large is read to keep what was typed.
HEAD = 64 * 1024
MOST_PARTS = 200
CUT = "shaodao.form_was_cut"


def takes_files(blueprint: Blueprint, *names: str) -> None:
    """Raise the limit of the form for these routes of the blueprint alone."""
    endpoints = {f"{blueprint.name}.{name}" for name in names}

    def admit(endpoint: str | None, _values: dict[str, Any] | None) -> None:
        if endpoint in endpoints and request.mimetype == "multipart/form-data":
            admit_files()

    blueprint.url_value_preprocessor(admit)


def admit_files() -> None:
    """Raise it for somebody who has signed in: before the form is read.

    Of a larger form, or of one whose session has ended, the fields are kept and the files never read.
    """
    request.max_form_parts = MOST_PARTS
    token, length = cookies.read(sessions.COOKIE), request.content_length or 0
    if token and sessions.recognise(token) is not None and length <= LARGEST_UPLOAD:
        request.max_content_length = LARGEST_UPLOAD
        return
    if length <= (request.max_content_length or 0):
        return
    request.environ[CUT] = True
    request.max_content_length = request.content_length
    fields = _fields(request.mimetype_params.get("boundary", ""), request.stream.read(HEAD))
    request.__dict__.update(form=ImmutableMultiDict(fields), files=ImmutableMultiDict(), stream=io.BytesIO())


def was_cut() -> bool:
    """Whether the files of this request were too large together to be read at all."""
    return CUT in request.environ


def _fields(boundary: str, head: bytes) -> list[tuple[str, str]]:
    """The fields before the first file."""
    decoder = MultipartDecoder(boundary.encode(), max_form_memory_size=HEAD, max_parts=50)
    decoder.receive_data(head)
    found: list[tuple[str, str]] = []
    name, value = "", b""
    try:
        while not isinstance(event := decoder.next_event(), File | NeedData | Epilogue):
            if isinstance(event, Field):
                name, value = event.name, b""
            elif isinstance(event, Data):
                value += event.data
                if not event.more_data:
                    found.append((name, value.decode(errors="replace")))
    except (ValueError, HTTPException):
        pass  # no form we know; what was read of it is kept
    return found
