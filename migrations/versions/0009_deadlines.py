"""Deadlines of the law and of the house, with what made them stand still and what made them longer."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
RUNNING = sa.text("met_on IS NULL AND void_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "deadlines",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("dispute_id", NUMBER, nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("about", sa.String(length=40), nullable=False),
        sa.Column("unit_id", NUMBER, nullable=False),
        sa.Column("person_id", NUMBER, nullable=True),
        sa.Column("started_on", sa.Date(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("set_for", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("warn_on", sa.Date(), nullable=True),
        sa.Column("met_on", sa.Date(), nullable=True),
        sa.Column("met_with", sa.String(length=200), nullable=False),
        sa.Column("void_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("void_reason", sa.String(length=200), nullable=False),
        sa.Column("version", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["dispute_id"], ["disputes.id"], name=op.f("fk_deadlines_dispute_id_disputes")),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_deadlines_person_id_people")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_deadlines_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadlines")),
    )
    op.create_index("ix_deadlines_dispute_id", "deadlines", ["dispute_id"], unique=False)
    for name, columns, unique in (
        ("ix_deadlines_due_on", ["due_on"], False),
        ("ix_deadlines_warn_on", ["warn_on"], False),
        ("uq_deadlines_running", ["dispute_id", "code", "about"], True),
    ):
        op.create_index(name, "deadlines", columns, unique=unique, sqlite_where=RUNNING, postgresql_where=RUNNING)
    op.create_table(
        "deadline_pauses",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("deadline_id", NUMBER, nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["deadline_id"], ["deadlines.id"],
                                name=op.f("fk_deadline_pauses_deadline_id_deadlines")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline_pauses")),
    )  # fmt: skip
    op.create_index(op.f("ix_deadline_pauses_deadline_id"), "deadline_pauses", ["deadline_id"], unique=False)
    op.create_table(
        "deadline_extensions",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("deadline_id", NUMBER, nullable=False),
        sa.Column("n", NUMBER, nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("agreed_by", sa.String(length=200), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["deadline_id"], ["deadlines.id"],
                                name=op.f("fk_deadline_extensions_deadline_id_deadlines")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline_extensions")),
    )  # fmt: skip
    op.create_index(op.f("ix_deadline_extensions_deadline_id"), "deadline_extensions", ["deadline_id"], unique=False)


def downgrade() -> None:
    op.drop_table("deadline_extensions")
    op.drop_table("deadline_pauses")
    op.drop_table("deadlines")
