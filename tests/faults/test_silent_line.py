"""A line that falls silent in mid-sentence gives its thread back; there are sixteen, and telephones lose the net."""

import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from tests.support.parts import ROOT


@pytest.fixture
def gunicorn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """How the web server runs, read as it reads it itself."""
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    found = spec_from_file_location("gunicorn_conf", ROOT / "gunicorn.conf.py")
    module = module_from_spec(found)
    found.loader.exec_module(module)
    return module


@contextmanager
def accepted(gunicorn: ModuleType, first: bytes) -> Iterator[socket.socket]:
    """The server's end of a line on which this was sent and nothing more."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        gunicorn.when_ready(SimpleNamespace(LISTENERS=[SimpleNamespace(sock=listener)]))
        with socket.create_connection(listener.getsockname()) as client:
            client.sendall(first)
            line, _address = listener.accept()
            with line:
                line.setblocking(True)  # as the web server's threads do
                yield line


@pytest.mark.parametrize("way", [socket.SO_RCVTIMEO, socket.SO_SNDTIMEO])
def test_every_connection_has_its_patience_from_the_listener(gunicorn: ModuleType, way: int) -> None:
    with accepted(gunicorn, b"POST / HTTP/1.1\r\n") as line:
        assert struct.unpack("@ll", line.getsockopt(socket.SOL_SOCKET, way, 16)) == (gunicorn.SILENT, 0)


def test_a_silent_line_is_given_up(gunicorn: ModuleType) -> None:
    gunicorn.SILENT = 1
    with accepted(gunicorn, b"POST") as line:
        assert line.recv(100) == b"POST"
        with pytest.raises(BlockingIOError):
            line.recv(100)
