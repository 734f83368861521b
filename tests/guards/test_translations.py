"""Every sentence people see stands in Chinese in the catalogue, and the compiled catalogue is the one of the text."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_every_sentence_is_translated_and_nothing_else_is_kept() -> None:
    command = [sys.executable, str(ROOT / "scripts" / "catalogue.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.stderr.splitlines(), done.returncode) == ([], 0)
