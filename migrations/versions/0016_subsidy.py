"""Subsidy lists with their lines, shares and rates."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
GRADES = ("nothing", "oral", "simple", "ordinary", "difficult", "major")
GROUNDS = ("oral", "crowd", "group", "many_units", "many_sessions", "unit", "sessions", "later", "at_once")
STATES = ("draft", "submitted", "approved", "discarded")
OPEN_LIST = sa.text("state IN ('draft', 'submitted')")
LISTED = sa.text("listed_at IS NOT NULL AND corrects_id IS NULL")


def number(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, NUMBER, nullable=nullable)


def fen(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.BigInteger(), nullable=nullable)


def day(name: str) -> sa.Column:
    return sa.Column(name, sa.Date(), nullable=False)


def moment(name: str, *, nullable: bool = True) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def line(name: str, length: int) -> sa.Column:
    return sa.Column(name, sa.String(length=length), nullable=False)


def word(name: str, enum: str, words: tuple[str, ...]) -> sa.Column:
    kind = sa.Enum(*words, name=enum, native_enum=False, create_constraint=True, length=24)
    return sa.Column(name, kind, nullable=False)


def made(table: str, *parts: sa.Column | sa.Constraint, **owners: str) -> None:
    """A table with its key, and the tables its columns point to."""
    op.create_table(
        table, number("id"), *parts,
        *(sa.ForeignKeyConstraint([column], [f"{owner}.id"], name=op.f(f"fk_{table}_{column}_{owner}"))
          for column, owner in owners.items()),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )  # fmt: skip


def upgrade() -> None:
    made(
        "subsidy_rate_tables", number("centre_id"), day("valid_from"), line("basis", 200), number("version"),
        sa.UniqueConstraint("centre_id", "valid_from", name=op.f("uq_subsidy_rate_tables_centre_id_valid_from")),
        centre_id="centres",
    )  # fmt: skip
    made(
        "subsidy_rates", number("table_id"), word("grade", "grade", GRADES), fen("amount_fen"),
        sa.CheckConstraint("amount_fen >= 0", name=op.f("ck_subsidy_rates_not_negative")),
        sa.UniqueConstraint("table_id", "grade", name=op.f("uq_subsidy_rates_table_id_grade")),
        table_id="subsidy_rate_tables",
    )  # fmt: skip
    made(
        "subsidy_lists", number("centre_id"), number("body_id"), day("first_day"), day("last_day"),
        word("state", "list_state", STATES), number("year", nullable=True), number("running", nullable=True),
        line("number", 120), moment("drawn_up_at", nullable=False), number("drawn_up_by_id", nullable=True),
        moment("submitted_at"), number("submitted_by_id", nullable=True), moment("approved_at"),
        number("approved_by_id", nullable=True), line("sent_back_reason", 200), number("version"),
        sa.UniqueConstraint("body_id", "year", "running", name=op.f("uq_subsidy_lists_body_id_year_running")),
        centre_id="centres", body_id="presiding_bodies", drawn_up_by_id="people", submitted_by_id="people",
        approved_by_id="people",
    )  # fmt: skip
    op.create_index("uq_subsidy_lists_open", "subsidy_lists", ["body_id"], unique=True, sqlite_where=OPEN_LIST,
                    postgresql_where=OPEN_LIST)  # fmt: skip
    made(
        "subsidy_lines", number("list_id"), number("dispute_id"), number("corrects_id", nullable=True),
        day("closed_on"), word("ground", "grade_ground", GROUNDS), word("grade", "grade", GRADES), line("reason", 200),
        number("graded_by_id", nullable=True),
        number("rate_table_id", nullable=True), fen("rate_fen", nullable=True), fen("amount_fen", nullable=True),
        number("papers"), number("lacking"), line("archive_number", 20), moment("listed_at"),
        sa.UniqueConstraint("list_id", "dispute_id", name=op.f("uq_subsidy_lines_list_id_dispute_id")),
        list_id="subsidy_lists", dispute_id="disputes", corrects_id="subsidy_lines", graded_by_id="people",
        rate_table_id="subsidy_rate_tables",
    )  # fmt: skip
    op.create_index(op.f("ix_subsidy_lines_dispute_id"), "subsidy_lines", ["dispute_id"], unique=False)
    op.create_index("uq_subsidy_lines_listed", "subsidy_lines", ["dispute_id"], unique=True, sqlite_where=LISTED,
                    postgresql_where=LISTED)  # fmt: skip
    made(
        "subsidy_shares", number("line_id"), number("person_id"), number("position"), fen("amount_fen"),
        sa.UniqueConstraint("line_id", "person_id", name=op.f("uq_subsidy_shares_line_id_person_id")),
        line_id="subsidy_lines", person_id="people",
    )  # fmt: skip
    op.create_index(op.f("ix_subsidy_shares_person_id"), "subsidy_shares", ["person_id"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_subsidy_shares_person_id"), table_name="subsidy_shares")
    op.drop_table("subsidy_shares")
    op.drop_index("uq_subsidy_lines_listed", table_name="subsidy_lines")
    op.drop_index(op.f("ix_subsidy_lines_dispute_id"), table_name="subsidy_lines")
    op.drop_table("subsidy_lines")
    op.drop_index("uq_subsidy_lists_open", table_name="subsidy_lists")
    for table in ("subsidy_lists", "subsidy_rates", "subsidy_rate_tables"):
        op.drop_table(table)
