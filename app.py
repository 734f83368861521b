"""Puts the application together. gunicorn runs "app:create_app()"."""

import sys
from datetime import UTC, datetime

from flask import Flask
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

import commands
from blueprints import register_blueprints
from config import Config
from security import access, cloak, headers
from security.cookies import PREFIX
from security.files import FileStore
from security.refusal import reasons_against
from security.sealing import Keyring
from transaction import connect
from web import assets, chrome, errors, filters, language, retry, signs

csrf = CSRFProtect()
LARGEST_FORM = 2 * 1024 * 1024
MOST_FIELDS = 2000


def create_app(config: Config | None = None) -> Flask:
    config = config or Config.from_environment()
    refuse_unsafe(config)
    app = Flask(__name__)
    cloak.keep_silence()
    keyring = Keyring(config.keys_dir, create=not config.production)
    app.config.update(
        SECRET_KEY=keyring.key("cookies"),
        SQLALCHEMY_DATABASE_URI=config.database_url,
        SQLALCHEMY_ENGINE_OPTIONS=engine_options(config),
        MAX_CONTENT_LENGTH=LARGEST_FORM,
        MAX_FORM_MEMORY_SIZE=LARGEST_FORM,
        MAX_FORM_PARTS=MOST_FIELDS,
        WTF_CSRF_TIME_LIMIT=None,  # the token lives as long as the browser's session, not an hour
        SESSION_COOKIE_NAME=(PREFIX if config.production else "") + "form",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=config.production,
        DEMO=config.demo,
        PRODUCTION=config.production,
        PUBLIC_URL=config.public_url,
        SETTINGS=config,
    )
    if config.proxy_hops:
        hops = config.proxy_hops
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.extensions["clock"] = lambda: datetime.now(UTC) + config.clock_offset
    app.extensions["files"] = FileStore(config.data_dir / "files", keyring)
    connect(app, keyring)
    csrf.init_app(app)
    for part in (language, access, headers, assets, filters, chrome, errors, signs):
        part.init_app(app)
    register_blueprints(app)
    retry.init_app(app)
    commands.init_app(app)
    return app


def refuse_unsafe(config: Config) -> None:
    """Say each reason why this installation must not start, and stop with status 2."""
    reasons = reasons_against(config)
    if reasons:
        sys.stderr.write("".join(f"{reason}\n" for reason in reasons))
        raise SystemExit(2)


def engine_options(config: Config) -> dict[str, object]:
    if config.database_url.startswith("sqlite"):
        return {"pool_size": 16, "max_overflow": 4, "hide_parameters": True, "connect_args": {"timeout": 10}}
    return {"pool_size": 10, "max_overflow": 6, "hide_parameters": True, "pool_pre_ping": True, "pool_timeout": 3}
