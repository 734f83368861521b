"""The oldest kernel of the offices: board, registration, file and the officer's page work in it without an error."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from models.final_paper import FinalPaper
from models.ink import check_strokes, strokes_of
from models.screen import Face
from models.signature import Signature
from security import links
from tests.browser.old_kernel import Kernel
from tests.support.databases import only_sqlite
from tests.support.morning import Morning
from tests.support.servers import Server
from transaction import db

pytestmark = [pytest.mark.browser, only_sqlite]


def enter(kernel: Kernel, server: Server, client: FlaskClient, path: str) -> None:
    for cookie in client._cookies.values():
        kernel.cookie(cookie.key, cookie.value, server.url)
    kernel.open(server.url + path)


@pytest.mark.parametrize("path", ["/board", "/visits/new", "/disputes"])
def test_the_desk_works(morning: Morning, server: Server, old_kernel: Kernel, path: str) -> None:
    enter(old_kernel, server, morning.signed_in(), path)
    assert old_kernel.evaluate("location.pathname") == path
    assert old_kernel.evaluate("document.querySelectorAll('h1').length") == 1
    assert old_kernel.wait_for("window.htmx && htmx.version")
    assert old_kernel.errors == []


def test_the_board_follows_by_itself(morning: Morning, server: Server, old_kernel: Kernel) -> None:
    enter(old_kernel, server, morning.signed_in(), "/board")
    dispute = morning.registered(opposite="甘州某装饰公司")
    assert old_kernel.wait_for(f"document.body.innerText.includes('{dispute.short_number}')")
    assert old_kernel.errors == []


def test_the_officers_page_and_the_pad_of_a_signer_work(
    morning: Morning, app: Flask, server: Server, old_kernel: Kernel
) -> None:
    enter(old_kernel, server, morning.officer(), "/arrival")
    assert old_kernel.evaluate("location.pathname").startswith("/arrival")
    old_kernel.evaluate("document.querySelector('form[action$=acknowledgement] button').click()")
    assert old_kernel.wait_for("document.body.innerText.includes('签收')")
    paper = db.session.query(FinalPaper).one()
    old_kernel.open(f"{server.url}/f/{links.signing_token_for(app.extensions['sealer'], paper.signers[0])}")
    draw(old_kernel)
    old_kernel.evaluate("document.querySelector('form[data-ink]').submit()")
    assert old_kernel.wait_for("document.querySelector('h1').innerText.includes('已签名')")
    db.session.rollback()
    check_strokes(strokes_of(db.session.query(Signature).one(), app.extensions["sealer"]))
    assert old_kernel.errors == []


def draw(kernel: Kernel) -> None:
    """One stroke across the pad, by the mouse of the kernel itself."""
    left, top, width, height = kernel.evaluate(
        "(pad => (pad.scrollIntoView(), (b => [b.left, b.top, b.width, b.height])(pad.getBoundingClientRect())))"
        "(document.querySelector('canvas'))"
    )
    for step, kind in enumerate(("mousePressed", *["mouseMoved"] * 12, "mouseReleased")):
        kernel.command("Input.dispatchMouseEvent", type=kind, button="left", clickCount=1,
                       x=left + width * (0.2 + 0.04 * step), y=top + height * (0.3 + 0.03 * step))  # fmt: skip


@pytest.mark.parametrize("face", ["wall", "hall", "door", "code"])
def test_the_screens_work(morning: Morning, server: Server, old_kernel: Kernel, face: str) -> None:
    enter(old_kernel, server, morning.screen(Face(face)), f"/{face}")
    assert old_kernel.evaluate("location.pathname") == f"/{face}"
    assert old_kernel.evaluate("document.body.innerText.trim().length") > 10
    assert old_kernel.errors == []
