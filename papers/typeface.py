"""The typefaces of official papers in DOCX, and what stands in for them on a computer that lacks them."""

from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

SONG, FANG, HEI = "方正小标宋简体", "仿宋_GB2312", "黑体"
# Stand-in, family, pitch, PANOSE: by these an office program chooses when the typeface itself is missing.
FACES = {
    SONG: ("宋体", "auto", "variable", "02010601030101010101"),
    FANG: ("仿宋", "modern", "fixed", "02010609060101010101"),
    HEI: ("SimHei", "modern", "fixed", "02010609060101010101"),
}
BODY, LINE = Pt(14), Pt(24)
CHINESE = "86"  # the character set GB 2312


def use_typefaces(document: Any) -> None:
    """Name the stand-ins; Chinese punctuation, not Japanese, and no gap between 年 and the digits beside it."""
    table = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    faces = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:panose1 w:val="{panose}"/>'
        f'<w:charset w:val="{CHINESE}"/><w:family w:val="{family}"/><w:pitch w:val="{pitch}"/></w:font>'
        for name, (other, family, pitch, panose) in FACES.items()
    )
    table._blob = f"<?xml version='1.0' encoding='UTF-8'?><w:fonts {nsdecls('w')}>{faces}</w:fonts>".encode()
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")
    document.settings.element.replace(
        document.settings.element.find(qn("w:themeFontLang")),
        parse_xml(f'<w:themeFontLang {nsdecls("w")} w:val="en-US" w:eastAsia="zh-CN"/>'),
    )
    style = document.styles["Normal"]
    style.font.size = BODY
    set_face(style.font, style.element.get_or_add_rPr(), FANG)
    style.paragraph_format.line_spacing = LINE
    style.paragraph_format.space_after = style.paragraph_format.space_before = Pt(0)
    lines = style.element.get_or_add_pPr()
    for place, gap in enumerate(("autoSpaceDE", "autoSpaceDN")):
        lines.insert(place, parse_xml(f'<w:{gap} {nsdecls("w")} w:val="0"/>'))


def set_face(font: Any, properties: Any, name: str) -> None:
    """Chinese text takes its typeface from eastAsia, Latin letters and digits from ascii."""
    font.name = name
    properties.get_or_add_rFonts().set(qn("w:eastAsia"), name)
