"""Pages as a browser without JavaScript sees them: each page a test opens is checked, forms are filled by name."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

BUTTONS = ("submit", "image", "reset", "button")
FIELDS = ["input", "select", "textarea"]


@dataclass
class Page:
    """An answer with its parsed page. `text` is what a reader sees."""

    client: FlaskClient
    path: str
    response: TestResponse
    soup: BeautifulSoup

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def text(self) -> str:
        return " ".join(self.soup.get_text(" ").split())

    @property
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
        assert answer.status_code == status, (
            f"POST {action}: {answer.status_code}, expected {status}: {parsed(answer).get_text(' ', strip=True)[:600]}"
        )
        if status == 303:
            return visit(self.page.client, answer.headers["Location"])
        return checked(Page(self.page.client, action, answer, parsed(answer)))


def visit(client: FlaskClient, path: str, status: int = 200) -> Page:
    """Open a page, follow redirects, and check what every page must have."""
    split = urlsplit(path)
    path = split.path + (f"?{split.query}" if split.query else "")
    response = client.get(path)
    hops = 0
    while response.status_code in (302, 303) and status == 200 and hops < 5:
        path, hops = response.headers["Location"], hops + 1
        response = client.get(path)
    page = Page(client, path, response, parsed(response))
    assert response.status_code == status, f"GET {path}: {response.status_code}, expected {status}: {page.text[:400]}"
    return checked(page)


def parsed(response: TestResponse) -> BeautifulSoup:
    return BeautifulSoup(response.get_data(as_text=True), "lxml")


def is_filled_in(tag: Tag) -> bool:
    """A field somebody types or chooses into."""
    return tag.name in FIELDS and tag.get("type") not in ("hidden", *BUTTONS)


def checked(page: Page) -> Page:
    """One h1 that begins the title, unique ids, labelled fields, tokens in forms, no inline code or style."""
    if not page.response.content_type.startswith("text/html") or "<html" not in page.html:
        return page
    soup, where = page.soup, page.path
    headings = [" ".join(h1.get_text().split()) for h1 in soup.find_all("h1")]
    assert len(headings) == 1, f"{where}: {len(headings)} h1"
    title = " ".join((soup.title.get_text() if soup.title else "").split())
    assert headings[0][:12] in title, f"{where}: the title {title!r} does not name {headings[0]!r}"
    tags = soup.find_all(True)
    ids = [tag["id"] for tag in tags if "id" in tag.attrs]
    assert len(ids) == len(set(ids)), f"{where}: ids twice: {sorted({one for one in ids if ids.count(one) > 1})}"
    named = {tag.get("for") for tag in tags if tag.name == "label"}
    for tag in tags:
        if tag.name == "form" and tag.get("method", "get") == "post":
            assert tag.find("input", attrs={"name": "csrf_token"}), (
                f"{where}: a form without token: {tag.get('action')}"
            )
        if is_filled_in(tag):
            labelled = tag.get("aria-label") or tag.get("aria-labelledby") or tag.find_parent("label")
            assert labelled or tag.get("id") in named, f"{where}: a field without label: {tag.get('name')}"
        inline = [name for name in tag.attrs if name == "style" or name.startswith(("on", "hx-on"))]
        assert not inline, f"{where}: inline {inline} on {tag.name}"
        assert tag.name != "style", f"{where}: inline style"
        assert tag.name != "script" or tag.get("src"), f"{where}: inline script"
        if "data-poll" in tag.attrs:
            assert not [one for one in tag.find_all(FIELDS) if is_filled_in(one)], f"{where}: fields in a polled region"
    return page
