"""`scripts/run` as an operator uses it: from nothing to a working system, stopped without a trace, started again."""

import contextlib
import os
import signal
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.parts import ROOT
from tests.support.servers import free_port

# Of the caller's environment only what a shell needs: settings of the system are the test's own.
SHELL = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}


@pytest.fixture
def settings(tmp_path: Path) -> dict[str, str]:
    return {**SHELL, "PORT": str(free_port()), "DATA_DIR": str(tmp_path / "data")}


@contextlib.contextmanager
def running(settings: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    command = [str(ROOT / "scripts" / "run")]
    with subprocess.Popen(
        command,
        cwd="/",
        env=settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            yield process
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def announced(process: subprocess.Popen[str]) -> str:
    """The address it announces when it answers."""
    assert process.stdout is not None
    for line in process.stdout:
        if line.startswith("ready "):
            return line.split()[1]
    raise AssertionError(process.stderr.read() if process.stderr else "")


def read_lines(process: subprocess.Popen[str], count: int) -> list[str]:
    assert process.stdout is not None
    return [process.stdout.readline().rstrip("\n") for _ in range(count)]


def parts(process: subprocess.Popen[str]) -> dict[int, str]:
    """Every living process of its session with its command line, gunicorn's own children included."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            state, _parent, _group, session = (entry / "stat").read_text().rpartition(") ")[2].split()[:4]
            if int(session) == process.pid and state != "Z":
                found[int(entry.name)] = (entry / "cmdline").read_text().replace("\0", " ").strip()
    return found


def stop(process: subprocess.Popen[str]) -> None:
    """Ask it to end as systemd does."""
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=30)
    assert process.returncode == 0
    assert parts(process) == {}


def ends_with_its_worker(process: subprocess.Popen[str]) -> None:
    """When a part of it dies."""
    worker = next(pid for pid, command in parts(process).items() if command.endswith(" worker"))
    os.kill(worker, signal.SIGKILL)
    process.communicate(timeout=30)
    assert process.returncode == 1
    assert parts(process) == {}


def test_it_starts_from_nothing_keeps_its_data_and_ends_as_a_whole(
    settings: dict[str, str],
) -> None:
    file = Path(settings["DATA_DIR"]) / "demo-logins.tsv"
    with running(settings) as process:
        address = announced(process)
        assert address == f"http://127.0.0.1:{settings['PORT']}"
        logins = file.read_text(encoding="utf-8").splitlines()
        assert [one.name for one in file.parent.iterdir() if one.stat().st_mode & 0o077] == []
        assert {len(line.split("\t")) for line in logins} == {4}
        assert read_lines(process, len(logins)) == logins
        with urllib.request.urlopen(f"{address}/healthz", timeout=10) as answer:
            assert answer.read().strip() == b"ok"
        stop(process)

    with running(settings) as process:
        announced(process)
        assert read_lines(process, len(logins)) == logins
        ends_with_its_worker(process)


def test_it_refuses_production_on_the_settings_of_a_trial(settings: dict[str, str]) -> None:
    with running({**settings, "PRODUCTION": "1", "DEMO": "1"}) as process:
        said, reasons = process.communicate(timeout=60)
    assert process.returncode == 2, said + reasons
    assert reasons.strip()
