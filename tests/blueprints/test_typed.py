"""What a form keeps of what was typed or pasted into it."""

import pytest

from web.forms import on_one_line, strip


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" 张三 ", "张三"),
        ("张\x00\x01三", "张三"),
        ("\u202e张三\u202c", "张三"),
        ("\u200b\ufeff", ""),
        ("第一行\x0b第二行\x0c第三行", "第一行\n第二行\n第三行"),
        ("一\t二\r\n三", "一\t二\r\n三"),
        ("𠮷䶮", "𠮷䶮"),
        ("ᠨᠠ\u180e می\u200cخواهم", "ᠨᠠ\u180e می\u200cخواهم"),
    ],
)
def test_unseen_signs_go_and_everything_else_stays(typed: str, kept: str) -> None:
    assert strip(typed) == kept


def test_a_field_of_one_line_holds_one_line() -> None:
    assert on_one_line("甘州区\r\n 东街 \u2028 一号") == "甘州区 东街 一号"
    assert on_one_line(31) == 31
