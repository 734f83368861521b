"""Archived files with number, retention and place; legal holds."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
STANDING = sa.text("released_at IS NULL")


def number(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, NUMBER, nullable=nullable)


def moment(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def line(name: str, length: int) -> sa.Column:
    return sa.Column(name, sa.String(length=length), nullable=False)


def upgrade() -> None:
    retention = sa.Enum("permanent", "thirty_years", "ten_years", name="retention", native_enum=False,
                        create_constraint=True, length=24)  # fmt: skip
    op.create_table(
        "archivings",
        number("id"), number("centre_id"), number("dispute_id"), number("year"), number("running"),
        sa.Column("retention", retention, nullable=False),
        line("received_by", 40), line("place", 80), moment("archived_at"), number("archived_by_id", nullable=True),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_archivings_centre_id_centres")),
        sa.ForeignKeyConstraint(["dispute_id"], ["disputes.id"], name=op.f("fk_archivings_dispute_id_disputes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_archivings")),
        sa.UniqueConstraint("dispute_id", name=op.f("uq_archivings_dispute_id")),
        sa.UniqueConstraint("centre_id", "year", "running", name=op.f("uq_archivings_centre_id_year_running")),
    )  # fmt: skip
    op.create_table(
        "legal_holds",
        number("id"), number("dispute_id"), line("reason", 200), moment("set_at"), number("set_by_id", nullable=True),
        moment("released_at", nullable=True), number("released_by_id", nullable=True), line("release_reason", 200),
        sa.ForeignKeyConstraint(["dispute_id"], ["disputes.id"], name=op.f("fk_legal_holds_dispute_id_disputes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_legal_holds")),
    )  # fmt: skip
    op.create_index("uq_legal_holds_standing", "legal_holds", ["dispute_id"], unique=True, sqlite_where=STANDING,
                    postgresql_where=STANDING)  # fmt: skip


def downgrade() -> None:
    op.drop_index("uq_legal_holds_standing", table_name="legal_holds")
    op.drop_table("legal_holds")
    op.drop_table("archivings")
