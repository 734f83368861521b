"""One PostgreSQL server for a whole test run, shared by all its processes and stopped with it."""

import atexit
import contextlib
import fcntl
import functools
import glob
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

import psycopg

RUN = "SHAODAO_TEST_RUN"  # the folder of this run; processes started by pytest inherit it
PREFIX = "shaodao-tests-"

# Nothing here has to survive a power cut, and a template must never be busy when it is copied.
SETTINGS = {
    "autovacuum": "off",
    "fsync": "off",
    "full_page_writes": "off",
    "jit": "off",
    "listen_addresses": "",
    "max_connections": "200",
    "max_wal_senders": "0",
    "synchronous_commit": "off",
    "unix_socket_permissions": "0700",
    "wal_level": "minimal",
}


def begin_run() -> Path:
    """Make the folder of this run; the process that made it ends it. Clears up after runs that were killed."""
    base = _roomy_place()
    for stale in base.glob(f"{PREFIX}*"):
        pid = stale.name.split("-")[2]
        if not Path(f"/proc/{pid}").exists():
            _stop(stale)
    folder = tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=base)
    # The server runs as another user when we are root, and must find its way in.
    Path(folder).chmod(0o711)
    os.environ[RUN] = folder
    return Path(folder)


def _roomy_place() -> Path:
    """Memory where there is enough of it: a database is 300 files, and a copy takes 16 ms there, 340 ms on a disk."""
    memory = Path("/dev/shm")  # noqa: S108 - a private folder is made in it
    if memory.is_dir() and shutil.disk_usage(memory).free > 2**30:
        return memory
    return Path(tempfile.gettempdir())


def end_run() -> None:
    folder = os.environ.pop(RUN, None)
    if folder:
        _stop(Path(folder))


def server() -> Path:
    """The socket folder of the running server; the first process that asks starts it."""
    folder = Path(os.environ[RUN])
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        home = folder / "postgres"
        if not (home / "data" / "postmaster.pid").exists():
            _start(home)
    return home


@functools.cache
def outside() -> psycopg.Connection:
    """A process's line to the server outside any database of a test, for making and dropping those."""
    line = psycopg.connect(host=str(server()), user="postgres", dbname="postgres", autocommit=True)
    atexit.register(line.close)
    return line


def _start(home: Path) -> None:
    home.mkdir(exist_ok=True)
    if os.geteuid() == 0:
        shutil.chown(home, "postgres", "postgres")
    data = home / "data"
    _run(
        "initdb",
        "-D",
        data,
        "-U",
        "postgres",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C",
        "--no-sync",
        "--no-instructions",
    )
    options = " ".join(f"-c {name}={value!r}" for name, value in SETTINGS.items())
    _run("pg_ctl", "-D", data, "-l", home / "log", "-o", f"-k {home} {options}", "-w", "start")


def _run(program: str, *arguments: str | Path) -> None:
    """PostgreSQL refuses to run as root, so root hands it to the user the Debian package made."""
    user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    command = [*user, _found(program), *map(str, arguments)]
    # A daemon that inherits our pipes would keep us waiting for their end.
    with tempfile.TemporaryFile() as output:
        done = subprocess.run(command, cwd="/", stdin=subprocess.DEVNULL, stdout=output, stderr=output, check=False)
        if done.returncode:
            output.seek(0)
            raise RuntimeError(f"{program} failed: {output.read().decode(errors='replace')}")


def _found(program: str) -> str:
    installed = sorted(glob.glob(f"/usr/lib/postgresql/*/bin/{program}"))
    found = installed[-1] if installed else shutil.which(program)
    if not found:
        raise RuntimeError("These tests need PostgreSQL (Debian: apt-get install postgresql), or run with -k sqlite.")
    return found


def _stop(folder: Path) -> None:
    """Shut down the server named by its own pid file, if it runs, and remove everything."""
    pid_file = folder / "postgres" / "data" / "postmaster.pid"
    if pid_file.exists():
        with contextlib.suppress(ProcessLookupError):
            os.kill(int(pid_file.read_text().splitlines()[0]), signal.SIGQUIT)
            # Its last act is to remove this file; nothing of the data is worth a longer wait.
            for _ in range(100):
                if not pid_file.exists():
                    break
                time.sleep(0.05)
    shutil.rmtree(folder, ignore_errors=True)
