"""The duty leader's decisions by telephone: a PIN, sessions that reach nothing else, requests for time."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UNDECIDED = sa.text("decided_at IS NULL")


def upgrade() -> None:
    op.add_column("people", sa.Column("pin_hash", sa.String(length=200), nullable=True))
    op.add_column("sessions", sa.Column("is_narrow", sa.Boolean(), nullable=False, server_default=sa.false()))
    wish = sa.Enum("more_minutes", "standstill", name="time_wish", native_enum=False, create_constraint=True, length=24)
    op.create_table(
        "time_requests",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("callout_id", NUMBER, nullable=False),
        sa.Column("wish", wish, nullable=False),
        sa.Column("minutes", NUMBER, nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("granted", sa.Boolean(), nullable=True),
        sa.Column("decided_by_id", NUMBER, nullable=True),
        sa.ForeignKeyConstraint(["callout_id"], ["callouts.id"], name=op.f("fk_time_requests_callout_id_callouts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_time_requests")),
    )
    op.create_index("ix_time_requests_callout_id", "time_requests", ["callout_id"], unique=False)
    op.create_index("uq_time_requests_undecided", "time_requests", ["callout_id"], unique=True,
                    sqlite_where=UNDECIDED, postgresql_where=UNDECIDED)  # fmt: skip


def downgrade() -> None:
    op.drop_table("time_requests")
    op.drop_column("sessions", "is_narrow")
    op.drop_column("people", "pin_hash")
