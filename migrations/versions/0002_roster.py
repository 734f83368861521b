"""The roster in full: deputies, weekdays of rotating units, the centre's calendar, attendance of windows."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    # Added one by one: both databases do this in place, no table is copied and no trigger lost.
    op.add_column("units", sa.Column("weekdays", sa.String(length=7), nullable=False, server_default=""))
    op.add_column("duty_turns", sa.Column("deputy_name", sa.String(length=60), nullable=False, server_default=""))
    op.add_column("duty_turns", sa.Column("deputy_post", sa.String(length=60), nullable=False, server_default=""))
    op.add_column("duty_turns", sa.Column("deputy_telephone_sealed", sa.LargeBinary(), nullable=True))
    op.add_column("duty_turns", sa.Column("is_deputised", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "calendar_days",
        sa.Column("id", KEY, nullable=False),
        sa.Column("centre_id", KEY, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "holiday",
                "workday",
                name="day_kind",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_calendar_days_centre_id_centres")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_days")),
        sa.UniqueConstraint("centre_id", "day", name=op.f("uq_calendar_days_centre_id_day")),
    )
    op.create_table(
        "attendances",
        sa.Column("id", KEY, nullable=False),
        sa.Column("centre_id", KEY, nullable=False),
        sa.Column("unit_id", KEY, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("came_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_attendances_centre_id_centres")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_attendances_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendances")),
    )
    op.create_index("ix_attendances_centre_id_day", "attendances", ["centre_id", "day"], unique=False)
    op.create_index(
        "uq_attendances_manned",
        "attendances",
        ["centre_id", "unit_id", "day"],
        unique=True,
        sqlite_where=sa.text("left_at IS NULL"),
        postgresql_where=sa.text("left_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_index("uq_attendances_manned", table_name="attendances")
    op.drop_index("ix_attendances_centre_id_day", table_name="attendances")
    op.drop_table("attendances")
    op.drop_table("calendar_days")
    op.drop_column("duty_turns", "is_deputised")
    op.drop_column("duty_turns", "deputy_telephone_sealed")
    op.drop_column("duty_turns", "deputy_post")
    op.drop_column("duty_turns", "deputy_name")
    op.drop_column("units", "weekdays")
