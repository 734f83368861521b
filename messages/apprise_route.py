"""Sending by Apprise: e-mail, robots of WeCom, DingTalk and Feishu, plain webhooks."""

import logging
import smtplib
import sys
import threading
from types import TracebackType
from typing import Any

from apprise import Apprise, AppriseAsset

from messages.http_gateway import CONNECT_SECONDS, READ_SECONDS
from models.outbox import MessageState
from models.sending import Reason, Result

# Nothing is left on the disk, and nothing tried again behind our back.
_ASSET = AppriseAsset(storage_mode="memory", default_service_retry=0)
# What runs before anything of the message has left: naming, connecting, shaking hands.
_BEFORE = {"create_connection", "getaddrinfo", "do_handshake"}
_log = logging.getLogger("apprise")


class _Listener(logging.Handler):
    """Apprise swallows its failures and only speaks of them; while it speaks, the failure can still be seen.

    What it says is written nowhere: it holds addresses.
    """

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.heard = threading.local()

    def emit(self, record: logging.LogRecord) -> None:
        error = sys.exc_info()[1]
        if error is not None:
            self.heard.error = error


_listener = _Listener()
_log.addHandler(_listener)
_log.setLevel(logging.DEBUG)
_log.propagate = False
logging.getLogger("urllib3").setLevel(logging.ERROR)  # it would name every address it opens


def route(address: str) -> Any:
    """What sends to this address, or nothing if Apprise cannot read it."""
    return Apprise.instantiate(address, asset=_ASSET)


def send(address: str, text: str, title: str = "吹哨报到") -> Result:
    """One attempt. A failure after the text has left, and half a success of several addresses, are unknown."""
    sender = route(address)
    if sender is None:
        return Result(MessageState.FAILED, Reason.REFUSED, "address")
    mail = address.startswith("mailto")
    sender.retry = 0
    # The mail plug-in has one limit for all of its steps.
    sender.socket_connect_timeout = READ_SECONDS if mail else CONNECT_SECONDS
    sender.socket_read_timeout = READ_SECONDS
    _listener.heard.error = None
    accepted = sender.notify(body=text, title=title)
    error = _listener.heard.error
    _listener.heard.error = None
    if accepted:
        return Result(MessageState.SENT)
    if len(sender) > 1:
        return Result(MessageState.UNKNOWN, Reason.BROKEN_OFF)
    return _judged(error, mail) if error is not None else Result(MessageState.FAILED, Reason.REFUSED)


def _judged(error: BaseException, mail: bool) -> Result:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = sorted(str(code) for code, _text in error.recipients.values())
        return Result(MessageState.FAILED, Reason.REFUSED, " ".join(codes))
    if isinstance(error, smtplib.SMTPResponseException):
        return Result(MessageState.FAILED, Reason.REFUSED, str(error.smtp_code))
    steps = _steps(error)
    # Of a mail nothing counts before its text was handed over.
    if steps & _BEFORE or (mail and "data" not in steps):
        return Result(MessageState.FAILED, Reason.UNREACHABLE)
    timed_out = "time" in type(error).__name__.lower() or "timed out" in str(error)
    return Result(MessageState.UNKNOWN, Reason.TIMED_OUT if timed_out else Reason.BROKEN_OFF)


def _steps(error: BaseException) -> set[str]:
    """Names of the functions in which this failure, or the one behind it, happened."""
    names: set[str] = set()
    behind: BaseException | None = error
    while behind is not None:
        frame: TracebackType | None = behind.__traceback__
        while frame is not None:
            names.add(frame.tb_frame.f_code.co_name)
            frame = frame.tb_next
        behind = behind.__cause__ or behind.__context__
    return names
