"""Pictures are made anew: turned upright, without the place, the device and the words that cameras put into them."""

import io
import threading
from dataclasses import dataclass

from PIL import Image, ImageOps

from models.errors import RuleBroken
from models.words import _

MOST_PIXELS = 40_000_000
PREVIEW = (480, 480)  # pixels
QUALITY, PREVIEW_QUALITY = 90, 75
# An unpacked picture takes up to 160 MB: however many are sent at once, few are unpacked at a time.
_few_at_once = threading.BoundedSemaphore(2)
# A JPEG is drawn in a dozen passes at most; thousands of them keep a decoder busy for minutes.
PASS, MOST_PASSES = b"\xff\xda", 64
KEPT_MODES = ("1", "L", "LA", "P", "RGB", "RGBA", "I;16")

TOO_MANY_PIXELS = _("This picture has more than 40 million pixels. Send it smaller")
DAMAGED = _("This picture is damaged and cannot be read")
MOVING = _("Moving pictures are not taken")


@dataclass(frozen=True)
class Picture:
    """What is kept of a picture, and its small version (JPEG)."""

    content: bytes
    media_type: str
    preview: bytes


def picture(content: bytes) -> Picture:
    """The picture made anew. Raises RuleBroken for what is too large, moves, or cannot be read."""
    if content[:2] == b"\xff\xd8" and content.count(PASS) > MOST_PASSES:
        raise RuleBroken(DAMAGED, field="files")
    try:
        with _few_at_once:
            return _made_anew(content)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise RuleBroken(TOO_MANY_PIXELS, field="files") from None
    except RuleBroken:
        raise
    except Exception as fault:  # whatever a decoder stumbles over is not a picture we could show again
        raise RuleBroken(DAMAGED, field="files") from fault


def _made_anew(content: bytes) -> Picture:
    with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP", "MPO")) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise RuleBroken(TOO_MANY_PIXELS, field="files")
        # A telephone may put a second exposure behind the first (MPO); that is no film.
        if opened.format != "MPO" and getattr(opened, "n_frames", 1) > 1:
            raise RuleBroken(MOVING, field="files")
        is_png = opened.format == "PNG" or opened.mode in ("RGBA", "LA", "P")
        opened.load()
        ImageOps.exif_transpose(opened, in_place=True)
        made: Image.Image = opened
        transparency = opened.info.get("transparency")
        made.info = {"transparency": transparency} if transparency is not None else {}
        if made.mode not in (KEPT_MODES if is_png else ("L", "RGB")):
            made = made.convert("RGB")
        saved = _saved(made, "PNG", compress_level=4) if is_png else _saved(made, "JPEG", quality=QUALITY)
        return Picture(saved, "image/png" if is_png else "image/jpeg", _small(made))


def _small(made: Image.Image) -> bytes:
    """The picture at the size of a hand, on white; shrinks what it is given."""
    if made.mode in ("P", "1", "LA"):
        made = made.convert("RGBA" if "transparency" in made.info or made.mode == "LA" else "RGB")
    made.thumbnail(PREVIEW)
    if made.mode == "RGBA":
        paper = Image.new("RGB", made.size, "white")
        paper.paste(made, mask=made.getchannel("A"))
        made = paper
    elif made.mode not in ("L", "RGB"):
        made = made.convert("L")
    made.info = {}
    return _saved(made, "JPEG", quality=PREVIEW_QUALITY)


def _saved(made: Image.Image, kind: str, **options: int) -> bytes:
    buffer = io.BytesIO()
    made.save(buffer, kind, **options)
    return buffer.getvalue()
