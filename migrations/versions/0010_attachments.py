"""Material of a dispute: what the list of evidence says, and where the sealed file lies."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
KINDS = ("evidence", "identity_paper", "signed_scan", "photograph", "other_material")


def upgrade() -> None:
    kind = sa.Enum(*KINDS, name="attachment_kind", native_enum=False, create_constraint=True, length=24)
    op.create_table(
        "attachments",
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("dispute_id", NUMBER, nullable=False),
        sa.Column("number", NUMBER, nullable=False),
        sa.Column("kind", kind, nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("source", sa.String(length=80), nullable=False),
        sa.Column("pages", NUMBER, nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=80), nullable=False),
        sa.Column("size", NUMBER, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("address", sa.String(length=64), nullable=False),
        sa.Column("preview_address", sa.String(length=64), nullable=True),
        sa.Column("version", NUMBER, nullable=False),
        sa.Column("uploaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("uploaded_by_id", NUMBER, nullable=True),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("removed_by_id", NUMBER, nullable=True),
        sa.Column("removal_reason", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["dispute_id"], ["disputes.id"], name=op.f("fk_attachments_dispute_id_disputes")),
        sa.ForeignKeyConstraint(["uploaded_by_id"], ["people.id"], name=op.f("fk_attachments_uploaded_by_id_people")),
        sa.ForeignKeyConstraint(["removed_by_id"], ["people.id"], name=op.f("fk_attachments_removed_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
        sa.UniqueConstraint("dispute_id", "number", name=op.f("uq_attachments_dispute_id_number")),
        sa.UniqueConstraint("uid", name=op.f("uq_attachments_uid")),
        sa.UniqueConstraint("address", name=op.f("uq_attachments_address")),
        sa.UniqueConstraint("preview_address", name=op.f("uq_attachments_preview_address")),
    )


def downgrade() -> None:
    op.drop_table("attachments")
