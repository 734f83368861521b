"""A PostgreSQL server of the run's own, with the settings its makers ship: it survives a power cut, as in the house."""

import contextlib
import glob
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def postgresql() -> Iterator[str]:
    """The URL of an empty database for the block."""
    home = Path(tempfile.mkdtemp(prefix="shaodao-bench-pg-"))
    home.chmod(0o711)
    if os.geteuid() == 0:
        shutil.chown(home, "postgres", "postgres")
    data = home / "data"
    try:
        _run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C")
        _run("pg_ctl", "-D", data, "-l", home / "log", "-o", f"-k {home} -c listen_addresses=''", "-w", "start")
        try:
            yield f"postgresql://postgres@/postgres?host={home}"
        finally:
            _run("pg_ctl", "-D", data, "-m", "fast", "-w", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _run(program: str, *arguments: str | Path) -> None:
    """PostgreSQL refuses to run as root; the Debian package makes a user for it."""
    user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    installed = sorted(glob.glob(f"/usr/lib/postgresql/*/bin/{program}"))
    found = installed[-1] if installed else shutil.which(program)
    if not found:
        raise RuntimeError("--full needs PostgreSQL (Debian: apt-get install postgresql)")
    # A daemon that inherits a pipe would keep us waiting for its end.
    subprocess.run([*user, found, *map(str, arguments)], cwd="/", stdin=subprocess.DEVNULL,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)  # fmt: skip
