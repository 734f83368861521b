"""Pages as a browser without JavaScript sees them: each page a test opens is checked, forms are filled by name."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit

import lxml.html
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

BUTTONS = ("submit", "image", "reset", "button")
FIELDS = ["input", "select", "textarea"]


@dataclass
class Page:
    """An answer with its page, taken apart when somebody looks into it. `text` is what a reader sees."""

    client: FlaskClient
    path: str
    response: TestResponse

    @cached_property
    def soup(self) -> BeautifulSoup:
        return BeautifulSoup(self.html, "lxml")

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def text(self) -> str:
        return " ".join(self.soup.get_text(" ").split())

    @cached_property
    def html(self) -> str:
        return self.response.get_data(as_text=True)

    def form(self, action: str = "", button: str = "") -> "Form":
        """The first form whose address contains `action` and which has a button with this text."""
        for tag in self.soup.find_all("form"):
            words = " ".join(found.get_text(" ") for found in tag.find_all("button"))
            if action in (tag.get("action") or self.path) and button in words and tag.get("method", "get") == "post":
                return Form(self, tag)
        actions = [tag.get("action") for tag in self.soup.find_all("form")]
        raise AssertionError(f"{self.path}: no form for {action!r} with {button!r}, only {actions}: {self.text[:400]}")

    def link(self, href: str = "", words: str = "") -> str:
        """The address of the first link that contains `href` and shows these words."""
        for tag in self.soup.find_all("a", href=True):
            if href in tag["href"] and words in tag.get_text(" "):
                return str(tag["href"])
        raise AssertionError(f"{self.path}: no link {href!r} {words!r}")

    def follow(self, href: str = "", words: str = "") -> "Page":
        return visit(self.client, self.link(href, words))


@dataclass
class Form:
    page: Page
    tag: Tag

    def values(self) -> list[tuple[str, str]]:
        """What the browser would send if nothing were touched."""
        sent: list[tuple[str, str]] = []
        outside = self.tag.get("id")
        fields = self.tag.find_all(FIELDS)
        if outside:
            fields += self.page.soup.find_all(FIELDS, attrs={"form": outside})
        for field in fields:
            name = field.get("name")
            kind = field.get("type", "")
            if not name or field.has_attr("disabled") or kind in BUTTONS:
                continue
            if field.name == "select":
                options = field.find_all("option")
                chosen = [option for option in options if option.has_attr("selected")]
                if not chosen and not field.has_attr("multiple"):
                    chosen = options[:1]
                sent += [(name, option.get("value", option.get_text())) for option in chosen]
            elif field.name == "textarea":
                sent.append((name, field.get_text().removeprefix("\n")))
            elif kind not in ("checkbox", "radio") or field.has_attr("checked"):
                sent.append((name, field.get("value", "on" if kind in ("checkbox", "radio") else "")))
        return sent

    def submit(self, status: int = 303, press: str = "", **typed: Any) -> "Page":
        """Fill fields by name (a list for several values, None to untick) and send; follows the way to the result.

        `press` is the value of the button that is pressed. Every name must be on the form.
        """
        names = {name for name, _ in self.values()} | {
            tag.get("name") for tag in self.tag.find_all([*FIELDS, "button"])
        }
        unknown = set(typed) - names
        assert not unknown, f"{self.page.path}: the form has no {sorted(unknown)}, only {sorted(filter(None, names))}"
        data: dict[str, Any] = {}
        for name, value in self.values():
            data.setdefault(name, []).append(value)
        for name, value in typed.items():
            if value is None:
                data.pop(name, None)
            else:
                data[name] = [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)]
        action = self.tag.get("action") or self.page.path
        pressed = [button for button in self.tag.find_all("button") if press and button.get("value") == press]
        assert pressed or not press, f"{self.page.path}: no button {press!r} on the form"
        for button in pressed:
            data[button["name"]] = [press]
            action = button.get("formaction", action)
        answer = self.page.client.post(action, data=data)
        result = Page(self.page.client, action, answer)
        assert answer.status_code == status, (
            f"POST {action}: {answer.status_code}, expected {status}: {result.text[:600]}"
        )
        if status == 303:
            return visit(self.page.client, answer.headers["Location"])
        return checked(result)


def visit(client: FlaskClient, path: str, status: int = 200) -> Page:
    """Open a page, follow redirects, and check what every page must have."""
    split = urlsplit(path)
    path = split.path + (f"?{split.query}" if split.query else "")
    response = client.get(path)
    hops = 0
    while response.status_code in (302, 303) and status == 200 and hops < 5:
        path, hops = response.headers["Location"], hops + 1
        response = client.get(path)
    page = Page(client, path, response)
    assert response.status_code == status, f"GET {path}: {response.status_code}, expected {status}: {page.text[:400]}"
    return checked(page)


def is_filled_in(element: lxml.html.HtmlElement) -> bool:
    """A field somebody types or chooses into."""
    return element.tag in FIELDS and element.get("type") not in ("hidden", *BUTTONS)


def checked(page: Page) -> Page:
    """One h1 that begins the title, unique ids, labelled fields, tokens in forms, no inline code or style."""
    if not page.response.content_type.startswith("text/html") or "<html" not in page.html:
        return page
    root, where = lxml.html.document_fromstring(page.html), page.path
    headings = [words_in(h1) for h1 in root.iter("h1")]
    assert len(headings) == 1, f"{where}: {len(headings)} h1"
    title = words_in(next(root.iter("title")))
    assert headings[0][:12] in title, f"{where}: the title {title!r} does not name {headings[0]!r}"
    tags = list(root.iter("*"))
    ids = [tag.get("id") for tag in tags if "id" in tag.attrib]
    assert len(ids) == len(set(ids)), f"{where}: ids twice: {sorted({one for one in ids if ids.count(one) > 1})}"
    named = {tag.get("for") for tag in tags if tag.tag == "label"}
    for tag in tags:
        if tag.tag == "form" and tag.get("method", "get") == "post":
            assert tag.xpath(".//input[@name='csrf_token']"), f"{where}: a form without token: {tag.get('action')}"
        if is_filled_in(tag):
            labelled = tag.get("aria-label") or tag.get("aria-labelledby") or next(tag.iterancestors("label"), None)
            assert labelled is not None or tag.get("id") in named, f"{where}: a field without label: {tag.get('name')}"
        inline = [name for name in tag.attrib if name == "style" or name.startswith(("on", "hx-on"))]
        assert not inline, f"{where}: inline {inline} on {tag.tag}"
        assert tag.tag != "style", f"{where}: inline style"
        assert tag.tag != "script" or tag.get("src"), f"{where}: inline script"
        if "data-poll" in tag.attrib:
            assert not [one for one in tag.iter(*FIELDS) if is_filled_in(one)], f"{where}: fields in a polled region"
    return page


def words_in(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())
