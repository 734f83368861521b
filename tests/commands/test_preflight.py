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


@pytest.mark.parametrize(
    ("name", "value"),
    [("PRODUCTION", "true"), ("PRODUCTION", "yes"), ("DEMO", "off"), ("PORT", "http"), ("PORT", "80000000"),
     ("PROXY_HOPS", "-1"), ("PROXY_HOPS", "１"), ("DATABASE_URL", "mysql://x/y"), ("DATABASE_URL", "postgres://x/y")],
)  # fmt: skip
def test_what_cannot_be_understood_is_refused_and_never_passes_for_a_trial(
    safe: Config, name: str, value: str, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    settings = {"DATA_DIR": str(safe.data_dir), "KEYS_DIR": str(safe.keys_dir), "DATABASE_URL": safe.database_url}
    for setting, given in {**settings, "PRODUCTION": "0", "DEMO": "1", name: value}.items():
        monkeypatch.setenv(setting, given)
    [line] = refused(Config.from_environment(), capsys)
    assert line.startswith(f"{name} must ")


def test_a_keyring_that_is_missing_or_none_is_named(safe: Config, capsys) -> None:
    safe.keys_dir.joinpath("keyring").rename(safe.keys_dir / "keyring-of-yesterday")
    assert refused(safe, capsys) == [f"KEYS_DIR: no keyring at {safe.keys_dir / 'keyring'}"]
    safe.keys_dir.joinpath("keyring").write_text("nonsense\n")
    safe.keys_dir.joinpath("keyring").chmod(0o600)
    assert refused(safe, capsys) == [f"KEYS_DIR: line 1 of {safe.keys_dir / 'keyring'} is not a key"]


@pytest.mark.parametrize("production", [False, True])
def test_a_data_folder_that_cannot_be_used_is_named(
    safe: Config, tmp_path: Path, production: bool, monkeypatch: pytest.MonkeyPatch, capsys
) -> None:
    (tmp_path / "file").touch()
    config = replace(safe, production=production)
    for folder in (tmp_path / "file", Path("/proc/none")):
        assert str(folder) in refused(replace(config, data_dir=folder), capsys)[0]
    monkeypatch.setattr("os.access", lambda _path, mode: mode != os.W_OK)  # tests may run as somebody who may anything
    assert refused(config, capsys) == [f"DATA_DIR cannot be written to: {config.data_dir}"]


def test_the_web_server_itself_refuses_instead_of_starting_again_and_again(safe: Config, tmp_path: Path) -> None:
    settings = {"DATA_DIR": str(safe.data_dir), "KEYS_DIR": str(safe.keys_dir), "DATABASE_URL": safe.database_url,
                "PRODUCTION": "1", "DEMO": "0", "PUBLIC_URL": safe.public_url}  # fmt: skip
    safe.keys_dir.joinpath("keyring").write_text("")
    said = tmp_path / "gunicorn.log"
    command = ("gunicorn", "--config", "gunicorn.conf.py", "app:create_app()")
    assert Part(command, {**os.environ, **settings}, said).wait(60) == 2
    assert said.read_text().startswith("KEYS_DIR: ")


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
