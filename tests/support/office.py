"""LibreOffice, as the offices have it or something like it: what it makes of the documents the house hands out."""

import subprocess
from pathlib import Path


def opened(folder: Path, profile: Path) -> dict[str, bytes]:
    """Every DOCX of a folder as LibreOffice lays it out, by its name without ending."""
    documents = sorted(folder.glob("*.docx"))
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{profile}", "--convert-to", "pdf",
         "--outdir", str(folder), *map(str, documents)], check=True, capture_output=True, timeout=600,
    )  # fmt: skip
    return {one.stem: one.with_suffix(".pdf").read_bytes() for one in documents}
