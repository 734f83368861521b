"""Signs of life of the worker (operational): the boards show when there are none."""

from datetime import datetime

from sqlalchemy import Connection, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base


class Heartbeat(Base):
    __tablename__ = "heartbeat"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    at: Mapped[datetime]


def beat(session: Session, name: str, at: datetime) -> None:
    session.merge(Heartbeat(name=name, at=at))


def last_beat(session: Session | Connection, name: str = "worker") -> datetime | None:
    return session.scalar(select(Heartbeat.at).where(Heartbeat.name == name))
