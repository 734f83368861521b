"""Requests to the district and what was arranged; promised replies, kept or not; when a screen last asked."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

PROMISED = sa.text("result = 'taken_back' AND replied_on IS NULL AND reply_missed_at IS NULL")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "coordinations",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("callout_id", NUMBER, nullable=False),
        sa.Column("unit_id", NUMBER, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("arranged", sa.String(length=200), nullable=False),
        sa.Column("arranged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("arranged_by_id", NUMBER, nullable=True),
        sa.ForeignKeyConstraint(["callout_id"], ["callouts.id"], name=op.f("fk_coordinations_callout_id_callouts")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_coordinations_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coordinations")),
        sa.UniqueConstraint("callout_id", name=op.f("uq_coordinations_callout_id")),
    )
    op.create_index(op.f("ix_coordinations_unit_id"), "coordinations", ["unit_id"], unique=False)
    step = sa.Enum("reminder", "second", "coordination", name="step", native_enum=False, create_constraint=True,
                   length=24)  # fmt: skip
    op.create_table(
        "ladder_notices",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("callout_id", NUMBER, nullable=False),
        sa.Column("step", step, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["callout_id"], ["callouts.id"], name=op.f("fk_ladder_notices_callout_id_callouts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ladder_notices")),
        sa.UniqueConstraint("callout_id", "step", name=op.f("uq_ladder_notices_callout_id_step")),
    )
    op.create_table(
        "screen_signs",
        sa.Column("screen_id", NUMBER, autoincrement=False, nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["screen_id"], ["screens.id"], name=op.f("fk_screen_signs_screen_id_screens")),
        sa.PrimaryKeyConstraint("screen_id", name=op.f("pk_screen_signs")),
    )
    op.add_column("callouts", sa.Column("replied_on", sa.Date(), nullable=True))
    op.add_column("callouts", sa.Column("reply_missed_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("ix_callouts_promised", "callouts", ["answer_due_on"], unique=False, sqlite_where=PROMISED,
                    postgresql_where=PROMISED)  # fmt: skip
    op.execute(
        "INSERT INTO coordinations (callout_id, unit_id, asked_at, arranged) "
        "SELECT s.callout_id, coalesce(u.parent_id, u.id), s.at, '' FROM ladder_steps s "
        "JOIN callouts c ON c.id = s.callout_id JOIN disputes d ON d.id = c.dispute_id "
        "JOIN centres h ON h.id = d.centre_id JOIN units u ON u.id = h.unit_id WHERE s.step = 'coordination'"
    )


def downgrade() -> None:
    op.drop_index("ix_callouts_promised", table_name="callouts")
    op.drop_column("callouts", "reply_missed_at")
    op.drop_column("callouts", "replied_on")
    op.drop_table("screen_signs")
    op.drop_table("ladder_notices")
    op.drop_table("coordinations")
