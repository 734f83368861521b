"""The agreement in full: manner, place and proof of terms, stated sum, copies, remarks, drafts, mandates of a group."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
MANNER = sa.Enum("cash", "transfer", "wechat", "other", name="manner", native_enum=False, create_constraint=True,
                 length=24)  # fmt: skip
PAPER = sa.Enum("election", "power", name="mandate_paper", native_enum=False, create_constraint=True, length=24)


def upgrade() -> None:
    with op.batch_alter_table("agreements") as batch:
        batch.add_column(sa.Column("total_fen", sa.BigInteger(), nullable=True))
        batch.add_column(sa.Column("copies", KEY, nullable=False, server_default="0"))
    with op.batch_alter_table("terms") as batch:
        batch.add_column(sa.Column("manner", MANNER, nullable=True))
        batch.add_column(sa.Column("account", sa.String(length=200), nullable=False, server_default=""))
        batch.add_column(sa.Column("place", sa.String(length=200), nullable=False, server_default=""))
        batch.add_column(sa.Column("proof", sa.Text(), nullable=False, server_default=""))
    op.create_table(
        "agreement_remarks",
        sa.Column("id", KEY, nullable=False),
        sa.Column("agreement_id", KEY, nullable=False),
        sa.Column("position", KEY, nullable=True),
        sa.Column("code", sa.String(length=24), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("seen_by_id", KEY, nullable=True),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["agreement_id"], ["agreements.id"],
                                name=op.f("fk_agreement_remarks_agreement_id_agreements")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_remarks")),
    )  # fmt: skip
    op.create_index(op.f("ix_agreement_remarks_agreement_id"), "agreement_remarks", ["agreement_id"])
    op.create_table(
        "agreement_drafts",
        sa.Column("id", KEY, nullable=False),
        sa.Column("session_id", KEY, nullable=False),
        sa.Column("version", KEY, nullable=False),
        sa.ForeignKeyConstraint(["session_id"], ["mediation_sessions.id"],
                                name=op.f("fk_agreement_drafts_session_id_mediation_sessions")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_drafts")),
        sa.UniqueConstraint("session_id", name=op.f("uq_agreement_drafts_session_id")),
    )  # fmt: skip
    op.create_table(
        "agreement_saves",
        sa.Column("id", KEY, nullable=False),
        sa.Column("draft_id", KEY, nullable=False),
        sa.Column("version", KEY, nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("saved_at", MOMENT, nullable=False),
        sa.Column("by_id", KEY, nullable=True),
        sa.ForeignKeyConstraint(["draft_id"], ["agreement_drafts.id"],
                                name=op.f("fk_agreement_saves_draft_id_agreement_drafts")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agreement_saves")),
        sa.UniqueConstraint("draft_id", "version", name=op.f("uq_agreement_saves_draft_id_version")),
    )  # fmt: skip
    op.create_table(
        "mandates",
        sa.Column("id", KEY, nullable=False),
        sa.Column("dispute_id", KEY, nullable=False),
        sa.Column("principal_id", KEY, nullable=False),
        sa.Column("agent_id", KEY, nullable=False),
        sa.Column("paper", PAPER, nullable=False),
        sa.Column("signed_on", sa.Date(), nullable=False),
        sa.Column("noted_at", MOMENT, nullable=False),
        sa.Column("by_id", KEY, nullable=True),
        sa.ForeignKeyConstraint(["dispute_id"], ["disputes.id"], name=op.f("fk_mandates_dispute_id_disputes")),
        sa.ForeignKeyConstraint(["principal_id"], ["parties.id"], name=op.f("fk_mandates_principal_id_parties"),
                                ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["agent_id"], ["parties.id"], name=op.f("fk_mandates_agent_id_parties"),
                                ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mandates")),
        sa.UniqueConstraint("principal_id", "agent_id", name=op.f("uq_mandates_principal_id_agent_id")),
    )  # fmt: skip
    op.create_index(op.f("ix_mandates_dispute_id"), "mandates", ["dispute_id"])
    op.create_index(op.f("ix_mandates_agent_id"), "mandates", ["agent_id"])


def downgrade() -> None:
    for table in ("mandates", "agreement_saves", "agreement_drafts", "agreement_remarks"):
        op.drop_table(table)
    with op.batch_alter_table("terms") as batch:
        batch.drop_constraint("manner", type_="check")
        for column in ("proof", "place", "account", "manner"):
            batch.drop_column(column)
    with op.batch_alter_table("agreements") as batch:
        batch.drop_column("copies")
        batch.drop_column("total_fen")
