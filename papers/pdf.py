"""A paper as PDF, from the HTML of its print page and the fonts installed on the server."""

import logging
from typing import Any

from papers.blocks import Paper
from papers.page import ROOT, SHEETS, html

NOWHERE = "about:invalid"


# In the bound file the number of the page is that of the file, printed when all of it lies together.
UNNUMBERED = "@page { @bottom-center { content: none } }"
CLEAR = "html, body { background: none !important }"


def pdf(*papers: Paper) -> bytes:
    """One document of these papers. Nothing is fetched: the sheets are read from the house's own files."""
    return bytes(_drawn(html(*papers)).write_pdf())


def sections(*papers: Paper) -> tuple[bytes, list[int]]:
    """One document of these papers without page numbers, drawn at once, and how many pages each of them takes."""
    document = _drawn(html(*papers), UNNUMBERED)
    begins: dict[str, int] = {}
    for at, page in enumerate(document.pages):
        for name in page.anchors:  # a paper of two pages is named on both
            begins.setdefault(name, at)
    starts = [begins[f"paper-{place}"] for place in range(len(papers))]
    ends = [*starts[1:], len(document.pages)]
    return bytes(document.write_pdf()), [end - start for start, end in zip(starts, ends, strict=True)]


def numbers(count: int) -> bytes:
    """Empty pages with nothing but their numbers at the foot, to be laid over the bound file."""
    return bytes(_drawn("<p></p>" + '<p style="break-before: page"></p>' * (count - 1), CLEAR).write_pdf())


def _drawn(document: str, *rules: str) -> Any:
    from weasyprint import CSS, HTML  # late: it needs a second and 200 MB, most processes never draw

    # Rules for browsers alone are none of its business, and no news for whoever reads the log.
    logging.getLogger("weasyprint").setLevel(logging.ERROR)
    sheets = [*(CSS(filename=str(ROOT / sheet)) for sheet in SHEETS), *(CSS(string=rule) for rule in rules)]
    return HTML(string=document, url_fetcher=_refuse, base_url=NOWHERE).render(stylesheets=sheets)


def _refuse(url: str, *_rest: object, **_options: object) -> dict[str, object]:
    raise ValueError(f"a paper fetches nothing: {url}")
