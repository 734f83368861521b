"""Fields several areas share."""

import pytest
from wtforms import Form, SelectField, SelectMultipleField
from wtforms.fields import SelectChoice
from wtforms.widgets import Select

from web.fields import OptionList

CHOICES = [
    SelectChoice("", ""),
    SelectChoice("620702", "甘州区", {"data-key": "gzq ganzhouqu"}),
    SelectChoice("'\"><script>", "<b>&amp;'\"", {"title": "a\"b<c>'", "disabled": True, "hidden": False}),
    SelectChoice(7, None),
    SelectChoice(True, "yes"),
]


@pytest.mark.parametrize("is_grouped", [False, True])
@pytest.mark.parametrize(("kind", "chosen"), [(SelectField, "7"), (SelectField, "620702"), (SelectField, "none"),
                                              (SelectMultipleField, ["", "620702"])])  # fmt: skip
def test_a_list_is_written_as_wtforms_writes_it(kind: type[SelectField], chosen: object, *, is_grouped: bool) -> None:
    form = type("OneList", (Form,), {"place": kind(choices=CHOICES)})(data={"place": chosen})
    if is_grouped:
        form.place.choices = [*CHOICES, SelectChoice("1", "<一>", optgroup="\"'<村>")]
    multiple = kind is SelectMultipleField
    assert OptionList(multiple)(form.place, class_="<c>") == Select(multiple)(form.place, class_="<c>")
