"""Sending by an HTTP request made from a template: gateways for short messages, 政务微信, whatever takes a request."""

import html
import http.client
import json
import re
import ssl
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, quote_plus, urlsplit

from models.channel import FIELDS
from models.outbox import MessageState
from models.sending import Reason, Result

CONNECT_SECONDS, READ_SECONDS = 5.0, 10.0
MOST_BYTES = 64 * 1024
KEY_HEADER = "Idempotency-Key"
_NAMED = re.compile(r"\{(" + "|".join(FIELDS) + r")\}")


@dataclass(frozen=True)
class Request:
    """Where to, and what a good answer looks like. `success_status` 0 is any from 200 to 299."""

    method: str
    address: str
    headers: str = ""
    body: str = ""
    success_status: int = 0
    success_text: str = ""


def fill(template: str, words: dict[str, str], write: Callable[[str], str]) -> str:
    """Every named field, written so that it cannot break out of its place."""
    return _NAMED.sub(lambda named: write(words.get(named[1], "")), template)


def send(request: Request, words: dict[str, str]) -> Result:
    """One request, no redirect followed. Until the connection stands nothing has left the house."""
    headers = _headers(request, words)
    body = fill(request.body, words, _writer(headers)).encode()
    try:
        split = urlsplit(fill(request.address, words, lambda word: quote(word, safe="")))
        connection = _connection(split.scheme, split.hostname or "", split.port)
        connection.connect()
    except (OSError, ValueError, http.client.HTTPException):
        return Result(MessageState.FAILED, Reason.UNREACHABLE)
    try:
        target = quote(split.path or "/", safe="/%:@!$&'()*+,;=-._~") + (f"?{split.query}" if split.query else "")
        status, text = _exchange(connection, request.method.upper(), target, body, headers)
    except TimeoutError:
        return Result(MessageState.UNKNOWN, Reason.TIMED_OUT)
    except (OSError, http.client.HTTPException):
        return Result(MessageState.UNKNOWN, Reason.BROKEN_OFF)
    except (ValueError, UnicodeError):
        return Result(MessageState.FAILED, Reason.REFUSED, "template")
    finally:
        connection.close()
    right = status == request.success_status if request.success_status else 200 <= status < 300
    if right and request.success_text in text:
        return Result(MessageState.SENT, status=str(status))
    return Result(MessageState.FAILED, Reason.REFUSED, str(status))


def _connection(scheme: str, host: str, port: int | None) -> http.client.HTTPConnection:
    if scheme == "https":
        return http.client.HTTPSConnection(host, port, timeout=CONNECT_SECONDS, context=ssl.create_default_context())
    return http.client.HTTPConnection(host, port, timeout=CONNECT_SECONDS)


def _exchange(connection: http.client.HTTPConnection, method: str, target: str, body: bytes,
              headers: dict[str, str]) -> tuple[int, str]:  # fmt: skip
    """Status and text of the answer. One that trickles in is given up as one that does not come."""
    end = time.monotonic() + READ_SECONDS
    if connection.sock is not None:
        connection.sock.settimeout(READ_SECONDS)
    connection.request(method, target, body or None, headers)
    response, read = connection.getresponse(), b""
    while len(read) < MOST_BYTES and (piece := response.read1(MOST_BYTES)):
        read += piece
        if time.monotonic() > end:
            raise TimeoutError
    return response.status, read.decode(errors="replace")


def _headers(request: Request, words: dict[str, str]) -> dict[str, str]:
    headers = {KEY_HEADER: words["key"]}
    if request.body:
        json_like = request.body.lstrip().startswith(("{", "["))
        headers["Content-Type"] = "application/json" if json_like else "application/x-www-form-urlencoded"
    for line in request.headers.splitlines():
        name, colon, value = line.partition(":")
        if colon:
            known = next((one for one in headers if one.lower() == name.strip().lower()), name.strip())
            headers[known] = fill(value.strip(), words, lambda word: quote(word, safe="+-. "))
    return headers


def _writer(headers: dict[str, str]) -> Callable[[str], str]:
    kind = next((value.lower() for name, value in headers.items() if name.lower() == "content-type"), "")
    if "json" in kind:
        return lambda word: json.dumps(word, ensure_ascii=False)[1:-1]
    if "form-urlencoded" in kind:
        return quote_plus
    return html.escape if "xml" in kind else str
