"""QR codes as one path of unit squares: no style, no markup of their own."""

import segno


def qr_path(text: str) -> tuple[int, str]:
    """The size of the picture and its path."""
    rows = list(segno.make(text, error="m", micro=False).matrix_iter(border=2))
    squares = [f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark]
    return len(rows), "".join(squares)
