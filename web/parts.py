"""Several small forms on one page: one of them was sent, the others stand as they were."""

from typing import Any

from web.forms import BaseForm


class PartForm(BaseForm):
    """One of several forms on a page. Bound only when it was the one that was sent; its ids begin with its word."""

    word = ""

    def __init__(self, *, is_sent: bool = False, **kwargs: Any) -> None:
        super().__init__(**(kwargs if is_sent else {"formdata": None, **kwargs}))
        for field in self:
            field.id = f"{self.word}-{field.name}"
