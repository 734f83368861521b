"""速登 as the window sends it to a real server."""

from dataclasses import dataclass

from sqlalchemy import Engine, create_engine, text

from tests.support.databases import Database
from tests.support.visitor import Answer, Visitor

TYPED = {
    "head_count": "3",
    "name": "宋佳",
    "phone": "19000000032",
    "opposite": "甘州某健身馆",
    "demand": "退还预付卡余额",
}


@dataclass
class Window:
    """A clerk at the form of a new visit."""

    visitor: Visitor

    def form(self) -> dict[str, str]:
        """A fresh form, filled in: a repeated sending of it is the same visit."""
        page = self.visitor.get("/visits/new")
        values = page.form("/visits") | TYPED
        values["category"] = self._category(page)
        return values

    def _category(self, page: Answer) -> str:
        from bs4 import BeautifulSoup

        options = BeautifulSoup(page.text, "lxml").select("select[name=category] option")
        return next(option["value"] for option in options if option.get("value"))

    def send(self, values: dict[str, str], visitor: Visitor | None = None) -> Answer:
        return (visitor or self.visitor).post("/visits", values)


def engine_of(database: Database) -> Engine:
    """A look into the database beside the server."""
    from config import driver

    return create_engine(driver(database.url))


def half_written(database: Database) -> list[str]:
    """Disputes and visits that lack a part of what one registration writes."""
    wanted = {
        "no visit": "SELECT reference FROM disputes d WHERE NOT EXISTS (SELECT 1 FROM visits WHERE dispute_id = d.id)",
        "no applicant": "SELECT reference FROM disputes d WHERE NOT EXISTS "
        "(SELECT 1 FROM parties WHERE dispute_id = d.id AND side = 'applicant')",
        "no holder": "SELECT reference FROM disputes d WHERE NOT EXISTS "
        "(SELECT 1 FROM dispute_units WHERE dispute_id = d.id AND part = 'holder')",
        "no event": "SELECT reference FROM disputes d WHERE NOT EXISTS (SELECT 1 FROM events WHERE "
        "subject_kind = 'dispute' AND subject_id = d.id AND kind = 'dispute:register')",
        "visit without event": "SELECT id FROM visits v WHERE NOT EXISTS (SELECT 1 FROM events WHERE "
        "subject_kind = 'visit' AND subject_id = v.id AND kind = 'visit:register')",
        "submission without result": "SELECT key FROM submissions WHERE location = ''",
    }
    engine = engine_of(database)
    try:
        with engine.connect() as connection:
            found = [f"{what}: {value}" for what, query in wanted.items() for value in connection.scalars(text(query))]
            if database.backend == "sqlite":
                found += [str(row) for row in connection.execute(text("PRAGMA foreign_key_check"))]
            return found
    finally:
        engine.dispose()


def chain_faults(database: Database) -> list[str]:
    """What the audit finds wrong."""
    from sqlalchemy.orm import Session

    from models.event import Break, verify
    from security.sealing import Keyring

    engine = engine_of(database)
    try:
        with Session(engine) as session:
            key = Keyring(database.keys_dir, create=False).key("events")
            return [str(found) for found in verify(session, key) if isinstance(found, Break)]
    finally:
        engine.dispose()
