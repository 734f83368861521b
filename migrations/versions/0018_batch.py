"""Batches of whole files, drawn by the worker."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
RUNNING = sa.text("state = 'drawing'")


def number(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, NUMBER, nullable=nullable)


def moment(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def line(name: str, length: int, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.String(length=length), nullable=nullable)


def one_of(name: str, *words: str) -> sa.Enum:
    return sa.Enum(*words, name=name, native_enum=False, create_constraint=True, length=24)


def upgrade() -> None:
    op.create_table(
        "batches",
        number("id"), line("uid", 32), number("centre_id"), number("person_id"),
        sa.Column("state", one_of("batch_state", "drawing", "ready", "cancelled", "over"), nullable=False),
        moment("ordered_at"), line("holder", 32), moment("lease_until", nullable=True),
        moment("ready_at", nullable=True), moment("kept_until", nullable=True),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_batches_centre_id_centres")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_batches_person_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batches")),
        sa.UniqueConstraint("uid", name=op.f("uq_batches_uid")),
    )  # fmt: skip
    op.create_index("uq_batches_running", "batches", ["person_id"], unique=True, sqlite_where=RUNNING,
                    postgresql_where=RUNNING)  # fmt: skip
    omission = one_of("omission", "unseen", "reopened", "material_lost", "too_slow", "not_drawn")
    op.create_table(
        "batch_files",
        number("id"), number("batch_id"), number("place"), number("dispute_id"), number("attempts"),
        moment("drawn_at", nullable=True), sa.Column("omission", omission, nullable=True),
        number("pages", nullable=True), number("size", nullable=True), line("address", 64, nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["batches.id"], name=op.f("fk_batch_files_batch_id_batches")),
        sa.ForeignKeyConstraint(["dispute_id"], ["disputes.id"], name=op.f("fk_batch_files_dispute_id_disputes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batch_files")),
        sa.UniqueConstraint("address", name=op.f("uq_batch_files_address")),
        sa.UniqueConstraint("batch_id", "dispute_id", name=op.f("uq_batch_files_batch_id_dispute_id")),
        sa.UniqueConstraint("batch_id", "place", name=op.f("uq_batch_files_batch_id_place")),
    )  # fmt: skip


def downgrade() -> None:
    op.drop_table("batch_files")
    op.drop_index("uq_batches_running", table_name="batches")
    op.drop_table("batches")
