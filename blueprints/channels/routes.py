"""Setting up channels. Their secrets go in and never come out again."""

from typing import Any

from flask import Response, current_app, flash, request, url_for
from flask_babel import gettext

from blueprints.channels import bp, forms, queries
from models.channel import ChannelKind, MessageChannel
from models.errors import RuleBroken
from models.outbox import MessageState, try_out
from models.words import _
from security.access import requires
from security.identity import current
from security.permissions import Permission
from transaction import db, transaction
from web.editing import edited
from web.language import sentence
from web.responses import found_or_404, fragment, go, page

MANAGE = Permission.CHANNEL_MANAGE
TITLES = {ChannelKind.APPRISE: _("New e-mail or robot"), ChannelKind.HTTP: _("New HTTP gateway")}
RUNNING = (MessageState.PENDING, MessageState.CLAIMED)


@bp.get("/channels")
@requires(MANAGE)
def list_channels() -> Response:
    channels = db.session.scalars(queries.channels_of(queries.own_centre())).all()
    sealer = current_app.extensions["sealer"]
    return page("channels/list.html", channels=channels, tests={one.id: queries.newest_test(one) for one in channels},
                hints={one.id: one.hint(sealer) for one in channels})  # fmt: skip


@bp.get("/channels/new")
@requires(MANAGE)
def new_channel() -> Response:
    queries.own_centre()
    kind = _kind(request.args.get("kind", ""))
    return page("channels/channel.html", form=forms.NEW[kind](), differences=None, **_shown(None, kind))


@bp.post("/channels")
@requires(MANAGE)
def create_channel() -> Response:
    centre, kind = queries.own_centre(), _kind(request.form.get("kind", ""))
    form = forms.NEW[kind]()

    def save() -> None:
        facts, secrets = forms.facts_of(form), forms.secrets_of(form)
        with transaction(current().actor, form.submitted) as change:
            MessageChannel.create(change, centre, kind, secrets, **facts)
            change.location = url_for(".list_channels")

    return edited(form, save, to=url_for(".list_channels"), template="channels/channel.html", stored=forms.NEW[kind],
                  **_shown(None, kind))  # fmt: skip


@bp.get("/channels/<int:channel_id>")
@requires(MANAGE)
def edit_channel(channel_id: int) -> Response:
    channel = _channel(channel_id)
    return page("channels/channel.html", form=_stored(channel), differences=None, **_shown(channel, channel.kind))


@bp.post("/channels/<int:channel_id>")
@requires(MANAGE)
def update_channel(channel_id: int) -> Response:
    channel = _channel(channel_id)
    form = forms.of(channel)

    def save() -> None:
        facts, secrets = forms.facts_of(form), forms.secrets_of(form)
        with transaction(current().actor) as change:
            channel.edit(change, form.version.data, secrets, **facts)

    # What was typed into a secret stands on both sides: the stored one is not shown for comparison.
    return edited(form, save, to=url_for(".edit_channel", channel_id=channel_id),
                  stored=lambda: _stored(channel, **forms.secrets_of(form)), template="channels/channel.html",
                  **_shown(channel, channel.kind))  # fmt: skip


@bp.post("/channels/<int:channel_id>/use")
@requires(MANAGE)
def update_use(channel_id: int) -> Response:
    channel = _channel(channel_id)
    with transaction(current().actor) as change:
        channel.switch(change, request.form.get("on") == "1")
    return go(".list_channels")


@bp.post("/channels/<int:channel_id>/tests")
@requires(MANAGE)
def create_test(channel_id: int) -> Response:
    channel = _channel(channel_id)
    try:
        with transaction(current().actor) as change:
            try_out(change, channel)
    except RuleBroken as error:
        if type(error) is not RuleBroken:
            raise
        flash(sentence(error), "wait")
    return go(".edit_channel", channel_id=channel_id)


@bp.get("/channels/<int:channel_id>/tests")
@requires(MANAGE)
def show_test(channel_id: int) -> Response:
    """How the last test fared; the page asks again while it is under way."""
    channel = _channel(channel_id)
    return fragment("channels/_test.html", otherwise=url_for(".edit_channel", channel_id=channel_id),
                    **_test_of(channel))  # fmt: skip


def _kind(word: str) -> ChannelKind:
    return ChannelKind(word) if word in list(ChannelKind) else ChannelKind.HTTP


def _channel(channel_id: int) -> MessageChannel:
    return found_or_404(queries.channels_of(queries.own_centre()).where(MessageChannel.id == channel_id))


def _stored(channel: MessageChannel, **secrets: str) -> Any:
    form = forms.of(channel, formdata=None, obj=channel, **secrets)
    if "success_status" in form:
        form.success_status.data = channel.success_status or None
    return form


def _test_of(channel: MessageChannel) -> dict[str, Any]:
    test = queries.newest_test(channel)
    return {"channel": channel, "test": test, "is_running": test is not None and test.state in RUNNING}


def _shown(channel: MessageChannel | None, kind: ChannelKind) -> dict[str, Any]:
    """What stands around the form: of the address no more than its beginning."""
    if channel is None:
        return {"channel": None, "kind": kind, "hint": "", "title": gettext(TITLES[kind])}
    hint = channel.hint(current_app.extensions["sealer"])
    return {"kind": kind, "hint": hint, "title": channel.name, **_test_of(channel)}
