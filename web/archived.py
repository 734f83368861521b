"""What an archived file 归档 means for pages: they offer nothing that its verbs would refuse, and open no such form."""

from collections.abc import Mapping
from typing import Any

from flask import request
from jinja2.runtime import Context

from models.errors import TransitionNotAllowed
from models.lifecycle import DisputeStatus
from models.words import _

# Periods of the parties run on; the only way back.
STILL_OPEN = frozenset({"deadlines.new_deadline", "disputes.new_reopening"})
FORMS = ("new_", "edit_")


def is_archived(context: Context | Mapping[str, Any]) -> bool:
    """Whether a page with this context is about an archived dispute, or about something in one."""
    dispute = context.get("dispute")
    for name in ("mediation", "callout", "party", "attachment", "hand_over"):
        dispute = dispute or getattr(context.get(name), "dispute", None)
    return getattr(dispute, "status", None) is DisputeStatus.ARCHIVED


def check_form(context: Mapping[str, Any]) -> None:
    """Raises TransitionNotAllowed for the page of a form that changes an archived file."""
    endpoint = request.endpoint or ""
    if endpoint in STILL_OPEN or not endpoint.rpartition(".")[2].startswith(FORMS):
        return
    if is_archived(context):
        raise TransitionNotAllowed(_("An archived file is not changed; reopen it first"))
