"""Somebody at the form that takes material in, and what came of it."""

import io
from typing import Any

from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import TestResponse, encode_multipart

from models.attachment import Attachment
from tests.support.cast import CLERK, Cast
from tests.support.pages import Page, visit
from transaction import db


def post(client: FlaskClient, path: str, data: dict[str, Any]) -> TestResponse:
    """Send a form with files. The client's own way would leave its temporary file open."""
    boundary, body = encode_multipart(MultiDict(data))
    return client.post(path, data=body, content_type=f'multipart/form-data; boundary="{boundary}"')


class Desk:
    """Somebody at the upload form of one dispute."""

    def __init__(self, cast: Cast, username: str = CLERK) -> None:
        self.dispute = cast.registered()
        self.reference = self.dispute.reference
        self.client = cast.signed_in(username)
        self.form = self.fields()

    def fields(self) -> dict[str, Any]:
        page = visit(self.client, f"/disputes/{self.reference}").follow("/attachments/new", "添加材料")
        return dict(page.form("/attachments").values()) | {"kind": "evidence"}

    def send(self, *files: tuple[str, bytes], status: int = 303, photos: tuple[tuple[str, bytes], ...] = (),
             **typed: str) -> TestResponse:  # fmt: skip
        data = {name: value for name, value in self.form.items() if name not in ("files", "photos")} | typed
        data["files"] = [FileStorage(io.BytesIO(content), name) for name, content in files]
        data["photos"] = [FileStorage(io.BytesIO(content), name) for name, content in photos]
        answer = post(self.client, f"/disputes/{self.reference}/attachments", data)
        assert answer.status_code == status, BeautifulSoup(answer.text, "html.parser").get_text(" ", strip=True)
        return answer

    def file(self) -> Page:
        return visit(self.client, f"/disputes/{self.reference}")


def rows() -> list[Attachment]:
    return db.session.query(Attachment).order_by(Attachment.id).all()


def stored(cast: Cast) -> int:
    return len(list(cast.app.extensions["files"].everything()))


def words(answer: TestResponse) -> str:
    return " ".join(BeautifulSoup(answer.text, "html.parser").get_text(" ").split())
