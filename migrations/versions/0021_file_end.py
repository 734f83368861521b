"""Terms that a supplement ends or adds: they wait beside its version until all have signed it."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MANNER = sa.Enum("cash", "transfer", "wechat", "other", name="manner", native_enum=False, create_constraint=True,
                 length=24)  # fmt: skip


def upgrade() -> None:
    with op.batch_alter_table("terms") as batch:
        batch.add_column(sa.Column("since_version", NUMBER, nullable=False, server_default="1"))
        batch.add_column(sa.Column("until_version", NUMBER, nullable=True))
        batch.add_column(sa.Column("struck_at", sa.DateTime(timezone=True), nullable=True))
        batch.add_column(sa.Column("strike_reason", sa.String(length=200), nullable=False, server_default=""))
    op.create_table(
        "term_changes",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("paper_id", NUMBER, nullable=False),
        sa.Column("term_id", NUMBER, nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("payer", sa.String(length=200), nullable=False),
        sa.Column("payee", sa.String(length=200), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=True),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("manner", MANNER, nullable=True),
        sa.Column("account", sa.String(length=200), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("proof", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("carried_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(term_id IS NULL) = (due_on IS NOT NULL)", name=op.f("ck_term_changes_ends_or_adds")),
        sa.ForeignKeyConstraint(["paper_id"], ["final_papers.id"],
                                name=op.f("fk_term_changes_paper_id_final_papers")),
        sa.ForeignKeyConstraint(["term_id"], ["terms.id"], name=op.f("fk_term_changes_term_id_terms")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_term_changes")),
    )  # fmt: skip
    op.create_index(op.f("ix_term_changes_paper_id"), "term_changes", ["paper_id"])


def downgrade() -> None:
    op.drop_table("term_changes")
    with op.batch_alter_table("terms") as batch:
        for column in ("strike_reason", "struck_at", "until_version", "since_version"):
            batch.drop_column(column)
