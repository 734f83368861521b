"""What production refuses: one line for each reason why real people must not be served like this."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from app import create_app
from config import Config
from tests.support.databases import only_sqlite
from tests.support.parts import Part

pytestmark = only_sqlite


@pytest.fixture
def safe(app: Flask) -> Config:
    config: Config = app.config["SETTINGS"]
    config.keys_dir.chmod(0o700)
    for path in config.keys_dir.iterdir():
        path.chmod(0o600)
    return replace(config, production=True, demo=False, public_url="https://zz.example.gov.cn")


def refused(config: Config, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The lines with which the application ends instead of starting."""
    with pytest.raises(SystemExit) as end:
        create_app(config)
    assert end.value.code == 2
    return capsys.readouterr().err.splitlines()


def test_a_safe_configuration_starts(safe: Config) -> None:
    assert create_app(safe).config["PRODUCTION"] is True


def test_outside_production_nothing_is_asked(safe: Config) -> None:
    assert create_app(replace(safe, production=False, demo=True, public_url="")).config["DEMO"] is True


@pytest.mark.parametrize(
    ("changes", "begins"),
    [
        ({"demo": True}, "DEMO=1"),
        ({"public_url": "http://zz.example.gov.cn"}, "PUBLIC_URL"),
        ({"public_url": ""}, "PUBLIC_URL"),
        ({"database_url": "sqlite:////srv/x.db?synchronous=off"}, "DATABASE_URL"),
    ],
)
def test_each_reason_has_its_line(safe: Config, changes: dict, begins: str, capsys) -> None:
    lines = refused(replace(safe, **changes), capsys)
    assert len(lines) == 1
    assert lines[0].startswith(begins)


def test_log_ins_of_the_demo_must_be_gone(safe: Config, capsys) -> None:
    (safe.data_dir / "demo-logins.tsv").touch()
    assert refused(safe, capsys)[0].startswith("DEMO=1")


def test_keys_must_be_there_and_private(safe: Config, tmp_path: Path, capsys) -> None:
    assert refused(replace(safe, keys_dir=tmp_path / "none"), capsys)[0].startswith("KEYS_DIR holds no keys")
    next(safe.keys_dir.iterdir()).chmod(0o640)
    assert refused(safe, capsys)[0].startswith("KEYS_DIR and its files")


def test_every_reason_is_told_at_once(safe: Config, capsys) -> None:
    assert len(refused(replace(safe, demo=True, public_url=""), capsys)) == 2


def test_the_command_says_the_same_without_a_traceback(safe: Config, tmp_path: Path) -> None:
    settings = {"DATA_DIR": str(safe.data_dir), "KEYS_DIR": str(safe.keys_dir), "DATABASE_URL": safe.database_url,
                "PRODUCTION": "1", "DEMO": "0"}  # fmt: skip
    for address, code in (("https://zz.example.gov.cn", 0), ("http://zz.example.gov.cn", 2)):
        said = tmp_path / f"{code}.log"
        command = ("flask", "--app", "app.py", "preflight")
        assert Part(command, {**os.environ, **settings, "PUBLIC_URL": address}, said).wait(60) == code
        assert "Traceback" not in said.read_text()
        assert ("PUBLIC_URL" in said.read_text()) is bool(code)
