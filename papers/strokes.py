"""Strokes of a signature, squares of a QR code: as pictures, for documents that draw no paths."""

import re
from io import BytesIO

from PIL import Image, ImageDraw

from models.ink import HIGH, WIDE

_STROKE = re.compile(r"M([^M]+)")
_POINT = re.compile(r"(\d+) (\d+)")
SQUARE = 8  # dots


def drawn(ink: str) -> BytesIO:
    """Black on white, as large as the pad it was written on."""
    picture = Image.new("L", (WIDE, HIGH), 255)
    pen = ImageDraw.Draw(picture)
    for stroke in _STROKE.findall(ink):
        points = [(int(x), int(y)) for x, y in _POINT.findall(stroke)]
        pen.line(points if len(points) > 1 else points * 2, fill=0, width=7, joint="curve")
    return _png(picture)


def squared(path: str, size: int) -> BytesIO:
    """A QR code of `size` by `size` squares, sharp when it is printed."""
    picture = Image.new("1", (size * SQUARE, size * SQUARE), 1)
    pen = ImageDraw.Draw(picture)
    for x, y in ((int(x) * SQUARE, int(y) * SQUARE) for x, y in _POINT.findall(path)):
        pen.rectangle((x, y, x + SQUARE - 1, y + SQUARE - 1), fill=0)
    return _png(picture)


def _png(picture: Image.Image) -> BytesIO:
    stream = BytesIO()
    picture.save(stream, "PNG")
    stream.seek(0)
    return stream
