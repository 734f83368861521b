"""A paper as PDF, from the HTML of its print page and the fonts installed on the server."""

import logging

from papers.blocks import Paper
from papers.page import ROOT, SHEETS, html

NOWHERE = "about:invalid"


def pdf(*papers: Paper) -> bytes:
    """One document of these papers. Nothing is fetched: the sheets are read from the house's own files."""
    from weasyprint import CSS, HTML  # late: it needs a second and 200 MB, most processes never draw

    # Rules for browsers alone are none of its business, and no news for whoever reads the log.
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    sheets = [CSS(filename=str(ROOT / sheet)) for sheet in SHEETS]
    return bytes(HTML(string=html(*papers), url_fetcher=_refuse, base_url=NOWHERE).write_pdf(stylesheets=sheets))


def _refuse(url: str, *_rest: object, **_options: object) -> dict[str, object]:
    raise ValueError(f"a paper fetches nothing: {url}")
