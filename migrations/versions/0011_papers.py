"""The yearly registers of presiding bodies: a number for each dispute concluded in their name, and its format."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column(
        "presiding_bodies", sa.Column("number_format", sa.String(length=60), nullable=False, server_default="")
    )
    op.create_table(
        "register_numbers",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("body_id", NUMBER, nullable=False),
        sa.Column("dispute_id", NUMBER, nullable=False),
        sa.Column("year", NUMBER, nullable=False),
        sa.Column("running", NUMBER, nullable=False),
        sa.Column("text", sa.String(length=120), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["presiding_bodies.id"],
                                name=op.f("fk_register_numbers_body_id_presiding_bodies")),
        sa.ForeignKeyConstraint(["dispute_id"], ["disputes.id"], name=op.f("fk_register_numbers_dispute_id_disputes")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_numbers")),
        sa.UniqueConstraint("body_id", "year", "running", name=op.f("uq_register_numbers_body_id_year_running")),
        sa.UniqueConstraint("dispute_id", "body_id", name=op.f("uq_register_numbers_dispute_id_body_id")),
    )  # fmt: skip


def downgrade() -> None:
    op.drop_table("register_numbers")
    op.drop_column("presiding_bodies", "number_format")
