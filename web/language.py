"""Which language a page speaks: the person's setting, else the cookie, else Chinese; not the browser's wish."""

from flask import Flask
from flask_babel import Babel, get_locale, gettext

from models.errors import RuleBroken
from security import cookies
from security.identity import current

CHINESE, ENGLISH = "zh_Hans_CN", "en"
LANGUAGES = {CHINESE: "zh-Hans", ENGLISH: "en"}
LOCALES = {html: locale for locale, html in LANGUAGES.items()}
COOKIE = "lang"

babel = Babel()


def init_app(app: Flask) -> None:
    app.config.update(BABEL_DEFAULT_LOCALE=CHINESE, BABEL_DEFAULT_TIMEZONE="Asia/Shanghai",
                      BABEL_TRANSLATION_DIRECTORIES=str(app.root_path) + "/translations")  # fmt: skip
    babel.init_app(app, locale_selector=choose)


def choose() -> str:
    person = current().person
    wanted = (person.language if person is not None else None) or cookies.read(COOKIE)
    return wanted if wanted in LANGUAGES else CHINESE


def html_language() -> str:
    return LANGUAGES.get(str(get_locale()), "zh-Hans")


def is_english() -> bool:
    return str(get_locale()).startswith(ENGLISH)


def named(row: object) -> str:
    """The name of a row a centre edits, in the reader's language where it has one."""
    english = getattr(row, "name_en", None) if is_english() else None
    return str(english or getattr(row, "name", ""))


def sentence(error: RuleBroken) -> str:
    """What the broken rule says, in the reader's language."""
    return str(gettext(error.msgid, **error.values) if error.values else gettext(error.msgid))
