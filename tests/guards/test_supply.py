"""What we take from others is exactly what we looked at: vendored files by checksum, packages by hash."""

import hashlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
VENDORED = re.findall(r"`([^`]+\.js)` \| [^|]+ \| `([0-9a-f]{64})`", (ROOT / "static/vendor/README.md").read_text())


def test_every_vendored_script_is_listed() -> None:
    assert {name for name, _ in VENDORED} == {path.name for path in (ROOT / "static/vendor").glob("*.js")}


@pytest.mark.parametrize(("name", "checksum"), VENDORED)
def test_a_vendored_file_is_unchanged(name: str, checksum: str) -> None:
    assert hashlib.sha256((ROOT / "static/vendor" / name).read_bytes()).hexdigest() == checksum


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_a_lock_pins_every_package_by_hash_and_names_no_registry(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert "://" not in text
    packages = re.split(r"\n(?=[a-z0-9])", "\n" + "\n".join(text.splitlines()[1:]))[1:]
    assert packages
    assert [package.split()[0] for package in packages if "==" not in package or "--hash=sha256:" not in package] == []


def test_both_locks_agree() -> None:
    run, dev = (
        dict(re.findall(r"^(\S+)==(\S+)", (ROOT / f).read_text(), re.M))
        for f in ("requirements.txt", "requirements-dev.txt")
    )
    assert {name: dev.get(name) for name in run} == run
