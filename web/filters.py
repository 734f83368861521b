"""How times, amounts and people are written for a reader."""

from datetime import date, datetime

from flask import Flask
from flask_babel import format_date, gettext

from models.agreement import Agreement
from models.agreement_remark import AgreementRemark
from models.clarity import SENTENCES
from models.clock import SHANGHAI, iso, local_day
from models.confirmation import confirmation_ends, why_not
from models.day_count import MEASURES, Length
from models.enforcement import CourtRuling, ruling_of
from models.finding import Finding
from models.identity import mask_id_number, mask_name, mask_phone
from models.month import Month
from transaction import db, now
from web.dom import dom_id
from web.labels import failed_because, label
from web.language import is_english, named


def init_app(app: Flask) -> None:
    app.jinja_env.filters.update(clock_time=clock_time, day=day, month=month, moment=moment, yuan=yuan, label=label,
                                 file_size=file_size, named=named, iso=iso, local_day=local_day,
                                 mask_id_number=mask_id_number, mask_phone=mask_phone,
                                 mask_name=mask_name, period=period, spoken=spoken, confirm_by=confirm_by,
                                 unconfirmed=unconfirmed, ruling=ruling)  # fmt: skip
    app.jinja_env.globals.update(dom_id=dom_id, failed_because=failed_because)


def clock_time(at: datetime | None) -> str:
    """10:22"""
    return at.astimezone(SHANGHAI).strftime("%H:%M") if at else ""


def day(value: date | datetime | None) -> str:
    """11月23日, with the year when it is another one."""
    if value is None:
        return ""
    on = local_day(value) if isinstance(value, datetime) else value
    same_year = on.year == local_day(now()).year
    if is_english():
        return str(format_date(on, "d MMM" if same_year else "d MMM y", rebase=False))
    return f"{on.month}月{on.day}日" if same_year else f"{on.year}年{on.month}月{on.day}日"


def period(length: Length | None) -> str:
    """30 days, 15 working days, 6 months; nothing for a day that is set."""
    return str(gettext(MEASURES[length.measure], n=length.n)) if length is not None else ""


def month(value: Month) -> str:
    """2026年11月"""
    return f"{value}" if is_english() else f"{value.first.year}年{value.first.month}月"


def moment(at: datetime | None) -> str:
    """Today 10:22, otherwise with the day."""
    if at is None:
        return ""
    return clock_time(at) if local_day(at) == local_day(now()) else f"{day(at)} {clock_time(at)}"


def file_size(count: int) -> str:
    """860 KB, 1.2 MB"""
    kilobytes = max(1, round(count / 1024))
    return f"{kilobytes} KB" if kilobytes < 1024 else f"{count / 1024 / 1024:.1f} MB"


def yuan(fen: int | None) -> str:
    """1,234.50 元: exact, with separators; whole amounts without decimals."""
    if fen is None:
        return ""
    whole, rest = divmod(abs(fen), 100)
    amount = f"{'-' if fen < 0 else ''}{whole:,}" + (f".{rest:02d}" if rest else "")
    return str(gettext("%(amount)s yuan", amount=amount))


def spoken(found: Finding | AgreementRemark) -> str:
    """What was found in the wording of an agreement, as a sentence."""
    words = SENTENCES[found.code]
    return str(gettext(words, **found.facts) if found.facts else gettext(words))


def unconfirmed(agreement: Agreement) -> str:
    """Why no court confirms it, as a sentence, or nothing."""
    reason = why_not(agreement)
    return str(gettext(reason)) if reason else ""


def ruling(agreement: Agreement) -> CourtRuling | None:
    """That of the court which confirmed it."""
    return ruling_of(db.session(), agreement)


def confirm_by(agreement: Agreement) -> date | None:
    """Until when the court may be asked together to confirm it."""
    return confirmation_ends(db.session(), agreement)
