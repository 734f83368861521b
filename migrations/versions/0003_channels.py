"""Channels by which messages leave the house, and how each message fares on them."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "channels",
        sa.Column("id", KEY, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("centre_id", KEY, nullable=False),
        sa.Column("unit_id", KEY, nullable=True),
        sa.Column(
            "kind",
            sa.Enum("apprise", "http", name="channel_kind", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("to_phone", sa.Boolean(), nullable=False),
        sa.Column("recognises_key", sa.Boolean(), nullable=False),
        sa.Column(
            "method",
            sa.Enum("post", "put", "get", name="http_method", native_enum=False, create_constraint=True, length=24),
            nullable=False,
        ),
        sa.Column("success_status", KEY, nullable=False),
        sa.Column("success_text", sa.String(length=80), nullable=False),
        sa.Column("address_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("headers_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("body_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("test_phone_sealed", sa.LargeBinary(), nullable=True),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("version", KEY, nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_channels_centre_id_centres")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_channels_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channels")),
    )
    op.create_index("ix_channels_centre_id_unit_id", "channels", ["centre_id", "unit_id"], unique=False)
    # Added one by one: a copy of the table would lose its CHECK on SQLite.
    op.add_column("outbox", sa.Column("channel_id", KEY, nullable=True))
    op.add_column("outbox", sa.Column("started_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("outbox", sa.Column("reason", sa.String(length=20), nullable=False, server_default=""))


def downgrade() -> None:
    # What left the house has no place in the older outbox, whose worker would take it for the inbox.
    op.execute("DELETE FROM outbox WHERE channel_id IS NOT NULL")
    for column in ("reason", "started_at", "channel_id"):
        op.drop_column("outbox", column)
    op.drop_index("ix_channels_centre_id_unit_id", table_name="channels")
    op.drop_table("channels")
