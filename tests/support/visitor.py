"""A plain browser for a real server: keeps cookies, fills the forms of a page, follows nothing by itself."""

from dataclasses import dataclass, field
from http.client import HTTPConnection
from urllib.parse import urlencode

from bs4 import BeautifulSoup

from seeds.demo import PASSWORD


@dataclass(frozen=True)
class Answer:
    status: int
    location: str
    text: str

    def form(self, action: str) -> dict[str, str]:
        """What the first form with this address would send if nothing were touched."""
        for tag in BeautifulSoup(self.text, "lxml").find_all("form"):
            if action == (tag.get("action") or action):
                return _values(tag)
        raise AssertionError(f"no form for {action}: {self.status} {self.text[:300]}")


def _values(tag: object) -> dict[str, str]:
    values = {}
    for one in tag.find_all(["input", "select", "textarea"]):  # type: ignore[attr-defined]
        name, kind = one.get("name"), one.get("type", "")
        if not name or (kind in ("checkbox", "radio") and not one.has_attr("checked")):
            continue
        if one.name == "select":
            options = one.find_all("option")
            chosen = next(
                (option for option in options if option.has_attr("selected")), options[0] if options else None
            )
            values[name] = chosen.get("value", "") if chosen else ""
        else:
            values[name] = one.get_text() if one.name == "textarea" else one.get("value", "")
    return values


@dataclass
class Visitor:
    """Somebody at the other end of the line. `port` is the server's; an error of the line is raised as it is."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    timeout: float = 30

    def send(self, method: str, path: str, body: bytes | str | None = None, **headers: str) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
        try:
            cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            connection.request(method, path, body, {"Cookie": cookie, **headers})
            response = connection.getresponse()
            text = response.read().decode(errors="replace")
            for line in response.headers.get_all("Set-Cookie") or ():
                name, _, value = line.partition(";")[0].partition("=")
                self.cookies[name] = value
            return Answer(response.status, response.getheader("Location") or "", text)
        finally:
            connection.close()

    def get(self, path: str) -> Answer:
        return self.send("GET", path)

    def post(self, path: str, values: dict[str, str]) -> Answer:
        return self.send("POST", path, urlencode(values), **{"Content-Type": "application/x-www-form-urlencoded"})

    def sign_in(self, username: str) -> "Visitor":
        values = self.get("/sign-in").form("/sign-in")
        answer = self.post("/sign-in", values | {"username": username, "password": PASSWORD})
        assert answer.status == 303, answer.text[:400]
        return self

    def twin(self) -> "Visitor":
        """The same browser in another tab."""
        return Visitor(self.port, dict(self.cookies), self.timeout)
