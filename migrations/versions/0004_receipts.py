"""What officers say and prove from their phones: the unit's own answer, late taps, meetings by video."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "unit_answers",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("callout_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "result",
            sa.Enum(
                "answered",
                "taken_back",
                "needs_authority",
                name="answer_result",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("stated_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["callout_id"], ["callouts.id"], name=op.f("fk_unit_answers_callout_id_callouts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_answers")),
    )
    op.create_index(op.f("ix_unit_answers_callout_id"), "unit_answers", ["callout_id"], unique=False)
    # Added without copying the table: a plain column with a default, or one that may be empty.
    op.add_column("whistles", sa.Column("video_url", sa.String(length=500), nullable=False, server_default=""))
    op.add_column("callouts", sa.Column("arrival_received_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    op.drop_column("callouts", "arrival_received_at")
    op.drop_column("whistles", "video_url")
    op.drop_index(op.f("ix_unit_answers_callout_id"), table_name="unit_answers")
    op.drop_table("unit_answers")
