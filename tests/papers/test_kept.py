"""A paper that is kept comes back block by block, and what is kept is the same whoever writes it down."""

import pytest

from papers.blocks import (
    Cell,
    Look,
    Mark,
    PageBreak,
    Paper,
    Paragraph,
    Seal,
    Signatures,
    Table,
    Title,
    form,
    head,
    wide,
)
from papers.kept import kept, unpacked
from papers.strokes import drawn
from web.device import device_of

BLOCKS = (
    Title("人民调解协议书", "(2026)甘州人调字第0001号"), Paragraph("一、付款。"), Paragraph("说明", Look.NOTE),
    form(wide("地址", "甘泉社区 <b>&{{ }}</b> 𠮷·", 12)),
    Table((head("姓名", "授权"), (Cell("马玉兰"), Cell("推选书"))), (50, 50), 1),
    Signatures(("申请人（签名）：", "记录人（签名）：")), Seal("甘州区人民调解委员会", "2026年11月23日"), PageBreak(),
)  # fmt: skip


def test_every_kind_of_block_comes_back_as_it_was() -> None:
    paper = Paper("人民调解协议书", BLOCKS)
    text = kept(paper)
    assert unpacked(text) == paper
    assert kept(unpacked(text)) == text


def test_what_was_signed_is_no_part_of_the_text() -> None:
    signed = Signatures(("申请人（签名）：",), (Mark("宋佳", "M1 1L2 2"),))
    assert kept(Paper("书", (signed,))) == kept(Paper("书", (Signatures(signed.lines),)))


def test_an_unknown_block_is_not_guessed() -> None:
    with pytest.raises(ValueError, match="no block 'picture'"):
        unpacked('{"blocks":[{"kind":"picture"}],"name":"书"}')


def test_strokes_become_a_picture_also_of_a_dot() -> None:
    assert drawn("M100 50L140 90M10 10").read(4) == b"\x89PNG"


@pytest.mark.parametrize(("agent", "words"), [
    ("Mozilla/5.0 (Linux; Android 12; HarmonyOS) Chrome/99.0 MicroMessenger/8.0", "HarmonyOS WeChat"),
    ("Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X) AppleWebKit/605 Safari/604.1", "iPad Safari"),
    ("Mozilla/5.0 (Windows NT 6.1) AppleWebKit/537.36 Chrome/69.0 Safari/537.36", "Windows Chrome"),
    ("", ""), ("<script>", ""),
])  # fmt: skip
def test_a_device_is_called_by_its_kind_alone(agent: str, words: str) -> None:
    assert device_of(agent) == words
