"""Files as people bring them, and as nobody should: each made here, so that no dangerous file lies in the project."""

import functools
import io
import struct
import zipfile
import zlib
from collections.abc import Callable

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MACRO = "application/vnd.ms-word.document.macroEnabled.main+xml"
TYPES = '<?xml version="1.0"?><Types><Override PartName="/word/document.xml" ContentType="{}"/></Types>'
BODY = '<?xml version="1.0"?><w:document><w:body><w:p><w:r><w:t>借款五千元</w:t></w:r></w:p></w:body></w:document>'
RELATION = (
    '<Relationships><Relationship Id="r1" Type="x/{}" Target="//10.0.0.1/a" TargetMode="External"/></Relationships>'
)


def photo(kind: str = "JPEG", size: tuple[int, int] = (320, 200), **options: object) -> bytes:
    """A picture in two colours; `orientation` and `gps` put into it what a camera would."""
    image = Image.new("RGB", size, "darkgreen")
    image.paste("gold", (0, 0, size[0] // 2, size[1] // 2))
    exif = Image.Exif()
    if "orientation" in options:
        exif[0x0112] = options.pop("orientation")
        exif[0x010F] = "拍摄设备".encode().decode("latin-1")
        exif.get_ifd(0x8825)[1] = "N"
        exif.get_ifd(0x8825)[2] = (38.9, 55.0, 12.0)
    buffer = io.BytesIO()
    image.save(buffer, kind, exif=exif, **options)
    return buffer.getvalue()


def pdf(pages: int = 2, change: Callable[[PdfWriter], object] = lambda _writer: None) -> bytes:
    writer = PdfWriter()
    for _page in range(pages):
        writer.add_blank_page(595, 842)
    change(writer)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def document(main: str = WORD, extra: dict[str, str | bytes] | None = None, types: str = "") -> bytes:
    """A Word document, or what calls itself one."""
    parts: dict[str, str | bytes] = {"[Content_Types].xml": types or TYPES.format(main), "word/document.xml": BODY}
    return packed({**parts, **(extra or {})})


def packed(parts: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED, comment: bytes = b"") -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as folder:
        folder.comment = comment
        for name, content in parts.items():
            folder.writestr(name, content)
    return buffer.getvalue()


def flood(width: int, height: int) -> bytes:
    """A PNG of a few hundred bytes that says it is as large as this."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(bytes(900))) + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def lying(true: int, said: int) -> bytes:
    """A document one part of which says in the folder that it is smaller than it is."""
    whole = document(extra={"word/media/a.bin": bytes(true)})
    return whole.replace(struct.pack("<I", true), struct.pack("<I", said))


def _act(writer: PdfWriter, kind: str, key: str, value: str) -> None:
    action = DictionaryObject({NameObject("/S"): NameObject(kind), NameObject(key): TextStringObject(value)})
    writer.root_object[NameObject("/OpenAction")] = action


def _carry(writer: PdfWriter) -> None:
    writer.add_attachment("inside.txt", b"inside")


@functools.cache
def dangerous() -> dict[str, tuple[str, bytes]]:
    """Name of the trick → how the file is called and what it holds."""
    entities = '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "ha">{}]><l>&z;</l>'.format(
        "".join(f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghz", strict=True))
    )
    script = pdf(change=lambda writer: _act(writer, "/JavaScript", "/JS", "app.alert(1)"))
    return {
        "virus mark": ("a.txt", rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"),
        "html as png": ("a.png", b"<!DOCTYPE html><script>alert(1)</script>"),
        "html as text": ("a.txt", b"\n <html><body onload=alert(1)>"),
        "svg": ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
        "svg as jpg": ("a.jpg", b'<?xml version="1.0"?><svg onload="alert(1)"/>'),
        "rtf as text": ("a.txt", b"{\\rtf1\\object}"),
        "program": ("a.pdf", b"MZ\x90\x00\x03" + bytes(200)),
        "archive": ("a.zip", packed({"a.txt": "a"})),
        "archive as docx": ("a.docx", packed({"a.txt": "a"})),
        "empty archive": ("a.docx", packed({})),
        "rar": ("a.rar", b"Rar!\x1a\x07\x01\x00" + bytes(50)),
        "7z as pdf": ("a.pdf", b"7z\xbc\xaf\x27\x1c" + bytes(50)),
        "gzip": ("a.txt", b"\x1f\x8b\x08" + bytes(50)),
        "old word": ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        "docm as docx": ("a.docx", document(MACRO, {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"})),
        "macros in types alone": ("a.docx", document(MACRO)),
        "macros beside": ("a.docx", document(extra={"word/vbaProject.bin": b"x"})),
        "ole inside": ("a.docx", document(extra={"word/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0" + bytes(99)})),
        "archive inside": ("a.docx", document(extra={"word/embeddings/b.docx": document()})),
        "forty-two": ("a.docx", document(extra={f"word/{n}.zip": packed({"0": bytes(10**6)}) for n in range(16)})),
        "zeros": ("a.docx", document(extra={f"word/media/{n}.bin": bytes(30 * 2**20) for n in range(4)})),
        "ratio": ("a.docx", document(extra={"word/media/a.bin": bytes(20 * 2**20)})),
        "too many entries": ("a.docx", document(extra={f"word/{n}.xml": "<a/>" for n in range(2100)})),
        "lying folder": ("a.docx", lying(654_321, 4_321)),
        "other packing": (
            "a.docx",
            packed({"[Content_Types].xml": TYPES.format(WORD), "a": b"a" * 99}, zipfile.ZIP_BZIP2),
        ),
        "leads away": ("a.docx", document(extra={"../../etc/passwd": "x"})),
        "billion laughs": ("a.docx", document(extra={"word/settings.xml": entities})),
        "entities in two bytes": ("a.docx", document(extra={"word/settings.xml": entities.encode("utf-16")})),
        "template from outside": (
            "a.docx",
            document(extra={"word/_rels/s.xml.rels": RELATION.format("attachedTemplate")}),
        ),
        "pixel flood": ("a.png", flood(30_000, 30_000)),
        "just too many pixels": ("a.png", flood(7_000, 6_000)),
        "cut picture": ("a.jpg", photo()[:400]),
        "moving": ("a.webp", _moving()),
        "thousand passes": ("a.jpg", _passes(1000)),
        "heic": ("a.heic", b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00" + bytes(99)),
        "gif": ("a.gif", b"GIF89a" + bytes(99)),
        "pdf with script": ("a.pdf", script),
        "pdf with disguised script": ("a.pdf", script.replace(b"/JavaScript", b"/J#61vaScript")),
        "pdf that starts something": ("a.pdf", pdf(change=lambda w: _act(w, "/Launch", "/F", "cmd.exe"))),
        "pdf with a file": ("a.pdf", pdf(change=_carry)),
        "locked pdf": ("a.pdf", pdf(change=lambda writer: writer.encrypt("geheim", algorithm="AES-256"))),
        "pdf and archive": ("a.pdf", pdf() + packed({"a.txt": "a"})),
        "archive with the end of a pdf": ("a.pdf", pdf() + packed({"a.txt": "a"}, comment=b"%%EOF")),
        "pdf and page": ("a.pdf", pdf() + b"<script>alert(1)</script>"),
        "broken pdf": ("a.pdf", b"%PDF-1.7\n" + bytes(500) + b"%%EOF"),
        "half a pdf": ("a.pdf", pdf()[:200]),
        "empty": ("a.txt", b""),
        "bytes as text": ("a.txt", bytes(range(256))),
        "picture called pdf": ("a.pdf", photo()),
        "pdf called picture": ("a.jpg", pdf()),
        "text without ending": ("a", "证言".encode()),
        "text as program": ("a.exe", "证言".encode()),
        "right to left": ("a\u202egpj.exe.png", photo("PNG")),
        "nul in name": ("a.png\x00.exe", photo("PNG")),
        "line in name": ("a\r\nSet-Cookie: a=b.png", photo("PNG")),
        "half a character in name": ("a\ud800.png", photo("PNG")),
    }


def _passes(count: int) -> bytes:
    """A picture that is drawn over and over again."""
    picture = photo(size=(2000, 2000), progressive=True)
    last = picture[picture.rindex(b"\xff\xda") : -2]
    return picture[:-2] + last * count + b"\xff\xd9"


def _moving() -> bytes:
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "green")]
    buffer = io.BytesIO()
    frames[0].save(buffer, "WEBP", save_all=True, append_images=frames[1:])
    return buffer.getvalue()
