"""The parts of a running system as processes of their own, each forked from one that has read the code already.

Reading the code takes a process two seconds, and the run starts two hundred of them. What runs is what the house runs:
`python -m gunicorn …`, `python -m flask … worker`, with a session, an environment and a log of its own.
"""

import multiprocessing
import os
import runpy
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask import Flask
from jinja2 import FileSystemBytecodeCache

from tests.support.postgres import RUN

ROOT = Path(__file__).resolve().parents[2]
NURSERY = multiprocessing.get_context("forkserver")
NURSERY.set_forkserver_preload(["gunicorn.app.wsgiapp", "gunicorn.workers.gthread", "tests.support.nursery"])


def remember_templates(run: str) -> None:
    """Tests and processes make applications of their own; compiling templates anew would take most of the run."""
    folder = Path(run) / "templates"
    folder.mkdir(exist_ok=True)
    Flask.jinja_options = {"bytecode_cache": FileSystemBytecodeCache(str(folder))}


def share_addresses() -> None:
    """Each application has four hundred addresses, the same as every other: they read one map, which the first made."""
    add, firsts = Flask.add_url_rule, dict[str, Flask]()

    def shared(app: Flask, rule: str, endpoint: str, view_func: Callable[..., Any], *rest: Any, **options: Any) -> None:
        first = firsts.setdefault(app.import_name, app)
        app.url_map = first.url_map
        if app is first or endpoint not in first.url_map._rules_by_endpoint:
            add(app, rule, endpoint, view_func, *rest, **options)
        else:
            app.view_functions[endpoint] = view_func

    Flask.add_url_rule = shared


share_addresses()


class Part:
    """One process and, as its group, everything it starts."""

    def __init__(self, arguments: tuple[str, ...], environment: dict[str, str], log: Path) -> None:
        self.process = NURSERY.Process(target=run, args=(arguments, environment, str(log)))
        self.process.start()

    @property
    def has_ended(self) -> bool:
        return self.process.exitcode is not None

    def terminate(self) -> None:
        self.process.terminate()

    def kill(self) -> None:
        """As a power cut would: no part of it gets a word."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.join()

    def wait(self, seconds: float) -> int:
        """Its exit status; raises subprocess.TimeoutExpired while it runs on."""
        self.process.join(seconds)
        if self.process.exitcode is None:
            raise subprocess.TimeoutExpired(self.process.name, seconds)
        return self.process.exitcode


def run(arguments: tuple[str, ...], environment: dict[str, str], log: str) -> None:
    """In the new process: become `python -m` with these arguments."""
    os.setsid()
    for descriptor, name, way in ((0, os.devnull, os.O_RDONLY), (1, log, os.O_WRONLY), (2, log, os.O_WRONLY)):
        opened = os.open(name, way | os.O_APPEND | os.O_CREAT, 0o600)
        os.dup2(opened, descriptor)
        os.close(opened)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(ROOT)
    remember_templates(environment[RUN])
    sys.argv = [*arguments]
    sys.path.insert(0, str(ROOT))
    runpy.run_module(arguments[0], run_name="__main__", alter_sys=True)
