"""Strokes of a signature as a picture, for documents that draw no paths."""

import re
from io import BytesIO

from PIL import Image, ImageDraw

from models.ink import HIGH, WIDE

_STROKE = re.compile(r"M([^M]+)")
_POINT = re.compile(r"(\d+) (\d+)")


def drawn(ink: str) -> BytesIO:
    """Black on white, as large as the pad it was written on."""
    picture = Image.new("L", (WIDE, HIGH), 255)
    pen = ImageDraw.Draw(picture)
    for stroke in _STROKE.findall(ink):
        points = [(int(x), int(y)) for x, y in _POINT.findall(stroke)]
        pen.line(points if len(points) > 1 else points * 2, fill=0, width=7, joint="curve")
    stream = BytesIO()
    picture.save(stream, "PNG")
    stream.seek(0)
    return stream
