"""Units: departments, townships, committees and the centres themselves, in one tree with a path."""

from datetime import date
from enum import StrEnum

from sqlalchemy import Float, ForeignKey, Select, String, UniqueConstraint, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from models.base import Base, Key, one_of
from models.change import Change
from models.errors import RuleBroken, Stale
from models.event_kinds import EventKind
from models.search_keys import pinyin_key
from models.words import _


class UnitKind(StrEnum):
    DISTRICT = "district"
    CENTRE = "centre"
    DEPARTMENT = "department"
    TOWNSHIP = "township"
    VILLAGE = "village"
    COMMITTEE = "committee"
    COURT = "court"
    COMPANY = "company"
    ORGANISATION = "organisation"


class Stationing(StrEnum):
    """入驻方式: at a window of the house, by weekday, or called when needed."""

    STATIONED = "stationed"
    ROTATING = "rotating"
    ON_CALL = "on_call"


# Locked by whoever changes the tree: two moves at once would put each of two units below the other.
TREE = "units"
# The house itself and what it serves stand in the tree once and for all: scope follows from them.
FIXED_KINDS = frozenset({UnitKind.DISTRICT, UnitKind.CENTRE})

# Kilometres by road → minutes to arrive (design: < 10 km 20, 10–20 km 30, beyond 40; from 35 km video or appointment).
BANDS = ((10.0, 20), (20.0, 30))
FAR_MINUTES = 40
FAR_KM = 35.0


def limit_for(distance_km: float) -> int:
    """Minutes a unit at this distance has from the whistle to its arrival."""
    return next((minutes for km, minutes in BANDS if distance_km < km), FAR_MINUTES)


class Unit(Base):
    __tablename__ = "units"

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("units.id"))
    # "/1/7/": scope is a prefix of this path.
    path: Mapped[str] = mapped_column(String(120), index=True, default="")
    kind: Mapped[UnitKind] = mapped_column(one_of(UnitKind))
    name: Mapped[str] = mapped_column(String(80), unique=True)
    name_en: Mapped[str | None] = mapped_column(String(160))
    sort_key: Mapped[str] = mapped_column(String(200), default="")
    stationing: Mapped[Stationing] = mapped_column(one_of(Stationing), default=Stationing.ON_CALL)
    # 轮驻: the weekdays on which a rotating unit sits in the house, "135" for Monday, Wednesday, Friday.
    weekdays: Mapped[str] = mapped_column(String(7), default="")
    division_code: Mapped[str | None] = mapped_column(String(16))
    distance_km: Mapped[float] = mapped_column(Float, default=0.0)
    limit_minutes: Mapped[int | None]
    telephone: Mapped[str] = mapped_column(String(40), default="")
    is_active: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(default=1)

    parent: Mapped["Unit | None"] = relationship(remote_side="Unit.id")
    aliases: Mapped[list["UnitAlias"]] = relationship(cascade="all, delete-orphan", order_by="UnitAlias.name")

    @classmethod
    def create(cls, change: Change, parent: "Unit | None", kind: UnitKind, name: str, **facts: object) -> "Unit":
        change.open_streams(TREE)
        unit = cls(parent_id=parent.id if parent else None, kind=kind, name=name, sort_key=pinyin_key(name), **facts)
        change.session.add(unit)
        unit._flush_name(change)  # the path holds the unit's own id
        unit.path = f"{parent.path if parent else '/'}{unit.id}/"
        change.record(f"unit:{unit.id}", EventKind.UNIT_CREATE, ("unit", unit.id), unit=unit.id)
        return unit

    def edit(self, change: Change, version: int, *, aliases: list[str] | None = None, **facts: object) -> None:
        """Change what the unit is called, where it stands and how far away. A name given up becomes an alias."""
        change.lock(f"unit:{self.id}", self)
        if self.version != version:
            raise Stale(_("Somebody else has changed this record in the meantime"))
        wanted = {alias.strip() for alias in (aliases if aliases is not None else self.alias_names) if alias.strip()}
        if "name" in facts and facts["name"] != self.name:
            wanted.add(self.name)
            wanted.discard(str(facts["name"]))
            self.sort_key = pinyin_key(str(facts["name"]))
        parent_id = facts.pop("parent_id", self.parent_id)
        changed = sorted(name for name, value in facts.items() if getattr(self, name) != value)
        if "kind" in changed and FIXED_KINDS & {self.kind, facts["kind"]}:
            raise RuleBroken(_("The kind of a district or a centre is not changed here"), field="kind")
        for name in changed:
            setattr(self, name, facts[name])
        self._flush_name(change)
        if parent_id != self.parent_id:
            change.open_streams(TREE)
            self._move_below(change.session, parent_id)  # type: ignore[arg-type]
            changed.append("parent")
        if wanted != set(self.alias_names):
            changed.append("aliases")
        for alias in [alias for alias in self.aliases if alias.name not in wanted]:
            self.aliases.remove(alias)
        self.add_aliases(change, sorted(wanted))
        if not changed:
            return
        self.version += 1
        change.record(f"unit:{self.id}", EventKind.UNIT_EDIT, ("unit", self.id), unit=self.id, fields=changed)
        from models.centre import renew_boards  # late: centres stand above units

        renew_boards(change, self)

    def _flush_name(self, change: Change) -> None:
        try:
            change.session.flush()
        except IntegrityError as error:
            raise RuleBroken(_("There is a unit of this name already"), field="name") from error

    def _move_below(self, session: Session, parent_id: int | None) -> None:
        parent = session.get(Unit, parent_id) if parent_id else None
        if parent is not None and parent.path.startswith(self.path):
            raise RuleBroken(_("A unit cannot stand below itself"), field="parent_id")
        old, new = self.path, f"{parent.path if parent else '/'}{self.id}/"
        for unit in session.scalars(select(Unit).where(Unit.path.startswith(old, autoescape=True))).all():
            unit.path = new + unit.path[len(old) :]
        self.parent_id = parent_id

    def add_aliases(self, change: Change, names: list[str]) -> None:
        """Raises RuleBroken where another unit in use is called so: a whistle would reach either of them."""
        new = sorted({name.strip() for name in names} - {self.name, *self.alias_names, ""})
        for name in new:
            other = unit_called(change.session, name)
            if other is not None and other.id != self.id:
                raise RuleBroken(_("%(name)s is what %(unit)s is called already"), field="former_names",
                                 name=name, unit=other.name)  # fmt: skip
        self.aliases += [UnitAlias(name=name) for name in new]

    @property
    def alias_names(self) -> list[str]:
        return [alias.name for alias in self.aliases]

    @property
    def served_path(self) -> str:
        """What a role held here reaches: a centre serves the whole of the unit it stands in, others what is below."""
        if self.kind is UnitKind.CENTRE and self.path.count("/") > 2:
            return self.path[: self.path.rindex("/", 0, -1) + 1]
        return self.path

    @property
    def depth(self) -> int:
        """How far below the root: 0 for the district."""
        return self.path.count("/") - 2

    @property
    def is_far(self) -> bool:
        """So far away that video or an appointment is proposed."""
        return self.distance_km >= FAR_KM

    def arrival_limit(self, settings: dict[str, int], day: date | None = None) -> int:
        """Minutes from the whistle to the arrival: its own limit, the house's for a window manned on this day, else by
        distance. Without a day a rotating unit counts as outside.
        """
        if self.limit_minutes:
            return self.limit_minutes
        if self.stationing is Stationing.STATIONED or (day is not None and self.is_in_house(day)):
            return settings["in_house_limit"]
        return limit_for(self.distance_km)

    def is_in_house(self, day: date) -> bool:
        """Whether its window is to be manned on this day: stationed always, rotating on its weekdays."""
        on_its_day = self.stationing is Stationing.ROTATING and str(day.isoweekday()) in (self.weekdays or "")
        return self.stationing is Stationing.STATIONED or on_its_day


def units_to_call() -> "Select[tuple[Unit]]":
    """The whole tree as a dispatcher knows it by heart; village committees are called through their township."""
    callable_kinds = frozenset(UnitKind) - {UnitKind.VILLAGE}
    return select(Unit).where(Unit.is_active, Unit.kind.in_(callable_kinds)).order_by(Unit.sort_key)


def unit_called(session: Session, name: str) -> "Unit | None":
    """The unit in use with this name, or with this former or short name."""
    alias = select(UnitAlias.unit_id).where(UnitAlias.name == name.strip())
    found = select(Unit).where(Unit.is_active, or_(Unit.name == name.strip(), Unit.id.in_(alias)))
    return session.scalars(found.order_by(Unit.name != name.strip(), Unit.id).limit(1)).first()


class UnitAlias(Base):
    """A former or short name under which people still look for the unit."""

    __tablename__ = "unit_aliases"
    __table_args__ = (UniqueConstraint("unit_id", "name"),)

    id: Mapped[int] = mapped_column(Key, primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    name: Mapped[str] = mapped_column(String(80), index=True)
