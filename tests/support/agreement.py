"""Recording an agreement as somebody does who reads the advice and leaves the wording as it is."""

from typing import Any

from tests.support.pages import Form, Page


def record(form: Form, /, **typed: Any) -> Page:
    """Send the form; when advice is shown first, send it again."""
    shown = form.submit(status=422, **typed)
    assert not shown.soup.select(".error-summary"), shown.text
    assert shown.soup.select(".findings__one"), shown.text
    return shown.form("/agreement").submit()
