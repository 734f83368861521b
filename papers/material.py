"""What the parties brought, as pages of the bound file: pictures and PDFs as A4 pages, anything else by its name."""

from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageOps
from pypdf import PageObject, PdfReader, PdfWriter, Transformation

from papers.blocks import Paper, Paragraph, Title, form, wide
from papers.pdf import sections

WIDTH, HEIGHT, MARGIN = 595.28, 841.89, 48.0  # points
LONGEST_SIDE = 1600  # pixels: 150 to an inch, a receipt can be read and the file stays small


@dataclass(frozen=True)
class Material:
    """What a sheet may say of an attachment; its number is that of the list of evidence."""

    number: int
    title: str
    name: str
    source: str
    media_type: str
    sha256: str


def pages(brought: Material, content: bytes) -> list[PageObject]:
    """The A4 pages on which it lies."""
    if brought.media_type == "application/pdf":
        return _on_a4(content)
    if brought.media_type.startswith("image/"):
        return _on_a4(_picture(content))
    return list(PdfReader(BytesIO(sections(_named(brought))[0])).pages)


def _picture(content: bytes) -> bytes:
    stream = BytesIO()
    with Image.open(BytesIO(content)) as image:
        image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        upright = ImageOps.exif_transpose(image)
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        upright.convert("RGB").save(stream, "PDF", resolution=150)
    return stream.getvalue()


def _on_a4(content: bytes) -> list[PageObject]:
    """Each page within the margins of an upright sheet, never enlarged; what it could do when opened stays behind."""
    sheets = PdfWriter()
    for page in PdfWriter(clone_from=BytesIO(content)).pages:
        page.transfer_rotation_to_content()
        box = page.cropbox
        scale = min(1.0, (WIDTH - 2 * MARGIN) / float(box.width), (HEIGHT - 2 * MARGIN) / float(box.height))
        left = (WIDTH - float(box.width) * scale) / 2 - float(box.left) * scale
        foot = (HEIGHT - float(box.height) * scale) / 2 - float(box.bottom) * scale
        sheet = sheets.add_blank_page(width=WIDTH, height=HEIGHT)
        sheet.merge_transformed_page(page, Transformation().scale(scale).translate(left, foot))
    return list(sheets.pages)


def _named(brought: Material) -> Paper:
    name = brought.title
    blocks = (
        Title("材料"),
        form(wide("名称", name, 16), wide("编号", str(brought.number), 12), wide("文件", brought.name, 12),
             wide("来源", brought.source, 12), wide("校验值", brought.sha256, 12)),
        Paragraph("本材料为电子文件，随卷宗另存，不在此打印。"),
    )  # fmt: skip
    return Paper(name, blocks)
