"""Case types suited for mediation 适宜调解案件类型: a table the house keeps, to be approved by the court."""

from typing import Any

from sqlalchemy import ForeignKey, Select, String, Text, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, joinedload, mapped_column, relationship

from models.base import Base, Key
from models.category import Category
from models.centre import Centre
from models.change import Change
from models.event_kinds import EventKind
from models.kept import assign, open_row
from models.person import Person
from models.unit import Unit


class CaseType(Base):
    """`excluded` says what of the type is not mediated; kind, unit and mediator are proposed for each matter."""

    __tablename__ = "case_types"
    __table_args__ = (UniqueConstraint("centre_id", "name"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    centre_id: Mapped[int] = mapped_column(ForeignKey("centres.id"))
    name: Mapped[str] = mapped_column(String(60))
    name_en: Mapped[str | None] = mapped_column(String(120))
    excluded: Mapped[str] = mapped_column(Text, default="")
    category_id: Mapped[int | None] = mapped_column(ForeignKey("categories.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    mediator_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    # 待法院核定 until the court has agreed to it.
    is_approved: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)
    is_active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)

    category: Mapped[Category | None] = relationship()
    unit: Mapped[Unit | None] = relationship()
    mediator: Mapped[Person | None] = relationship()

    @classmethod
    def create(cls, change: Change, centre: Centre, **facts: Any) -> "CaseType":
        row = cls(centre_id=centre.id)
        row._write(change, None, facts)
        return row

    def edit(self, change: Change, version: int, **facts: Any) -> None:
        """Referrals keep the type under which they came."""
        self._write(change, version, facts)

    def _write(self, change: Change, version: int | None, facts: dict[str, Any]) -> None:
        open_row(change, self, version)
        changed = assign(change, self, facts)
        if not changed:
            return
        self.version = (version or 0) + 1
        change.session.add(self)
        change.session.flush()  # the event speaks of its id
        change.record(f"centre:{self.centre_id}", EventKind.CASE_TYPE_EDIT, ("case-type", self.id), case_type=self.id)


def case_type_for(session: Session, centre: Centre, kind: Category) -> CaseType | None:
    """Which case type a dispute of this kind usually is: that of the kind itself, else of its main kind."""
    kinds = [one.id for one in (kind, kind.main)]
    found = session.scalars(case_types_of(centre).where(CaseType.is_active, CaseType.category_id.in_(kinds)))
    return min(found, key=lambda one: kinds.index(one.category_id or 0), default=None)


def case_types_of(centre: Centre) -> Select[tuple[CaseType]]:
    return (
        select(CaseType).where(CaseType.centre_id == centre.id)
        .options(joinedload(CaseType.category), joinedload(CaseType.unit), joinedload(CaseType.mediator))
        .order_by(CaseType.is_active.desc(), CaseType.position, CaseType.id)
    )  # fmt: skip
