"""`scripts/bench` runs and writes what it promises. How fast anything is, is never asserted here."""

import json
import os
import subprocess
import threading
from pathlib import Path

from bench.figures import NOT_QUICK, TARGETS, figure, write_json
from bench.servers import ROOT, Server


def test_a_figure_is_met_up_to_its_target() -> None:
    assert figure("board-full-cpu", 15.0).met is True
    assert figure("board-full-cpu", 15.1).met is False


def test_a_figure_without_a_target_is_only_reported(tmp_path: Path) -> None:
    write_json([figure("hello-per-second", 1234.5678)], tmp_path / "figures.json")
    assert json.loads((tmp_path / "figures.json").read_text()) == [
        {"figure": "hello-per-second", "value": 1234.568, "target": None, "better": "higher", "met": None}
    ]


def test_sockets_are_counted_while_files_open_and_close() -> None:
    ended = threading.Event()

    def busy() -> None:
        while not ended.is_set():
            os.close(os.open(os.devnull, os.O_RDONLY))

    beside = threading.Thread(target=busy)
    server = Server(0, (os.getpid(),))
    alone = server.sockets()
    beside.start()
    try:
        assert {tuple(server.sockets()) for _ in range(500)} == {tuple(alone)}
    finally:
        ended.set()
        beside.join()


def test_a_quick_look_measures_everything_that_has_a_target(tmp_path: Path) -> None:
    file = tmp_path / "figures.json"
    done = subprocess.run([ROOT / "scripts" / "bench", "--quick", "--json", file.name], cwd=tmp_path,
                          capture_output=True, text=True, timeout=300, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    figures = {one["figure"]: one for one in json.loads(file.read_text())}
    assert figures.keys() >= TARGETS.keys() - NOT_QUICK
    assert figures["rush-errors"]["value"] == 0
    assert len(done.stdout.splitlines()) == len(figures) + 1
