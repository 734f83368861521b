"""The day of the house: presence, outages, back-entries, paper numbers, takeovers, inquiries, preparation, drills."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "outage_reviews",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("centre_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_outage_reviews_centre_id_centres")),
        sa.ForeignKeyConstraint(["closed_by_id"], ["people.id"], name=op.f("fk_outage_reviews_closed_by_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outage_reviews")),
        sa.UniqueConstraint("centre_id", "ended_at", name=op.f("uq_outage_reviews_centre_id_ended_at")),
    )
    op.create_table(
        "presences",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("centre_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_presences_centre_id_centres")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_presences")),
    )
    op.create_index("ix_presences_centre_id_until", "presences", ["centre_id", "until"], unique=False)

    op.create_table(
        "reserved_numbers",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("centre_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("position", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.String(length=24), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_reserved_numbers_centre_id_centres")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reserved_numbers")),
        sa.UniqueConstraint("centre_id", "number", name=op.f("uq_reserved_numbers_centre_id_number")),
    )
    op.create_table(
        "takeovers",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("centre_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("from_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("to_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_takeovers_centre_id_centres")),
        sa.ForeignKeyConstraint(["from_id"], ["people.id"], name=op.f("fk_takeovers_from_id_people")),
        sa.ForeignKeyConstraint(["to_id"], ["people.id"], name=op.f("fk_takeovers_to_id_people")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_takeovers")),
    )
    op.create_index("ix_takeovers_centre_id_at", "takeovers", ["centre_id", "at"], unique=False)

    op.create_table(
        "preparation_sheets",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("category_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("questions", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("present", sa.Text(), nullable=False),
        sa.Column("articles", sa.Text(), nullable=False),
        sa.Column("terms", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(
            ["category_id"], ["categories.id"], name=op.f("fk_preparation_sheets_category_id_categories")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_preparation_sheets")),
        sa.UniqueConstraint("category_id", name=op.f("uq_preparation_sheets_category_id")),
    )
    op.create_table(
        "back_entries",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("centre_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("dispute_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "visit",
                "whistle",
                "arrival",
                "absence",
                name="happened",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("subject_kind", sa.String(length=24), nullable=False),
        sa.Column("subject_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("reserved_number_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("original_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["centre_id"], ["centres.id"], name=op.f("fk_back_entries_centre_id_centres")),
        sa.ForeignKeyConstraint(["dispute_id"], ["disputes.id"], name=op.f("fk_back_entries_dispute_id_disputes")),
        sa.ForeignKeyConstraint(["entered_by_id"], ["people.id"], name=op.f("fk_back_entries_entered_by_id_people")),
        sa.ForeignKeyConstraint(
            ["reserved_number_id"],
            ["reserved_numbers.id"],
            name=op.f("fk_back_entries_reserved_number_id_reserved_numbers"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_back_entries")),
        sa.UniqueConstraint("reserved_number_id", name=op.f("uq_back_entries_reserved_number_id")),
    )
    op.create_index("ix_back_entries_dispute_id", "back_entries", ["dispute_id"], unique=False)

    op.create_table(
        "inquiries",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("dispute_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("unit_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("spoke_to", sa.String(length=60), nullable=False),
        sa.Column(
            "result",
            sa.Enum(
                "by_telephone",
                "to_whistle",
                name="inquiry_result",
                native_enum=False,
                create_constraint=True,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.ForeignKeyConstraint(["dispute_id"], ["disputes.id"], name=op.f("fk_inquiries_dispute_id_disputes")),
        sa.ForeignKeyConstraint(["unit_id"], ["units.id"], name=op.f("fk_inquiries_unit_id_units")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inquiries")),
    )
    op.create_index("ix_inquiries_dispute_id", "inquiries", ["dispute_id"], unique=False)

    op.add_column("whistles", sa.Column("is_drill", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    # Both databases drop a column by themselves: copying the table would tear its callouts from it.
    op.drop_column("whistles", "is_drill")

    op.drop_index("ix_inquiries_dispute_id", table_name="inquiries")

    op.drop_table("inquiries")
    op.drop_index("ix_back_entries_dispute_id", table_name="back_entries")

    op.drop_table("back_entries")
    op.drop_table("preparation_sheets")
    op.drop_index("ix_takeovers_centre_id_at", table_name="takeovers")

    op.drop_table("takeovers")
    op.drop_table("reserved_numbers")
    op.drop_index("ix_presences_centre_id_until", table_name="presences")

    op.drop_table("presences")
    op.drop_table("outage_reviews")
