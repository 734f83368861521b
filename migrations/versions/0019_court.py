"""Referrals of the court with their numbers and contact attempts, case types, packs for filing, confirmations."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def number(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, NUMBER, nullable=nullable)


def moment(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def day(name: str, *, nullable: bool = True) -> sa.Column:
    return sa.Column(name, sa.Date(), nullable=nullable)


def line(name: str, length: int, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.String(length=length), nullable=nullable)


def words(name: str) -> sa.Column:
    return sa.Column(name, sa.Text(), nullable=False)


def yes(name: str) -> sa.Column:
    return sa.Column(name, sa.Boolean(), nullable=False)


def word(name: str, enum: str, *members: str, nullable: bool = False) -> sa.Column:
    kind = sa.Enum(*members, name=enum, native_enum=False, create_constraint=True, length=24)
    return sa.Column(name, kind, nullable=nullable)


def to(table: str, column: str, other: str, **rule: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"), **rule)


def once(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=op.f(f"uq_{table}_{'_'.join(columns)}"))


def key(table: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))


INDEXES = {
    "referrals": (("centre_id", "status"), ("dispute_id",)),
    "court_numbers": (("key",), ("referral_id",)),
    "contact_attempts": (("referral_id",),),
}


def upgrade() -> None:
    op.create_table(
        "case_types",
        number("id"), number("centre_id"), line("name", 60), line("name_en", 120, nullable=True), words("excluded"),
        number("category_id", nullable=True), number("unit_id", nullable=True), number("mediator_id", nullable=True),
        yes("is_approved"), number("position"), yes("is_active"), number("version"),
        to("case_types", "centre_id", "centres"), to("case_types", "category_id", "categories"),
        to("case_types", "unit_id", "units"), to("case_types", "mediator_id", "people"),
        key("case_types"), once("case_types", "centre_id", "name"),
    )  # fmt: skip
    op.create_table(
        "referrals",
        number("id"), number("centre_id"), number("court_id"), number("visit_id", nullable=True),
        number("dispute_id", nullable=True), number("case_type_id"),
        word("mode", "court_mode", "assigned", "entrusted", "own"),
        word("procedure", "procedure", "ordinary", "summary", nullable=True),
        words("claim"), sa.Column("amount_fen", sa.BigInteger(), nullable=True), words("materials"),
        line("contact", 120), yes("both_agreed"),
        word("status", "referral_status", "sent", "received", "declined", "accepted", "consented", "in_mediation",
             "succeeded", "failed", "returned", "filed"),
        number("version"), moment("sent_at"), number("sent_by_id", nullable=True), day("signed_on"),
        number("signed_by_id", nullable=True), day("answer_due_on"),
        word("choice", "mediator_choice", "both", "house", nullable=True),
        words("undisputed"), day("undisputed_on"), day("ended_on"),
        word("way", "success_way", "report", "confirm", "court_paper", "suit_withdrawn", nullable=True),
        word("ground", "end_ground", "no_consent", "unreachable", "no_mediator", "withdrawn", "gap", "time_out",
             "unsigned", "sham", "other", nullable=True),
        words("reason"), words("conduct"),
        sa.CheckConstraint("(mode = 'entrusted') = (procedure IS NOT NULL)",
                           name=op.f("ck_referrals_procedure_of_a_suit")),
        sa.CheckConstraint("visit_id IS NOT NULL OR dispute_id IS NOT NULL", name=op.f("ck_referrals_belongs")),
        to("referrals", "centre_id", "centres"), to("referrals", "court_id", "units"),
        to("referrals", "visit_id", "visits"), to("referrals", "dispute_id", "disputes"),
        to("referrals", "case_type_id", "case_types"), key("referrals"), once("referrals", "visit_id"),
    )  # fmt: skip
    op.create_table(
        "court_numbers",
        number("id"), number("referral_id"), line("text", 60), line("key", 60), moment("noted_at"),
        to("court_numbers", "referral_id", "referrals"), key("court_numbers"),
    )  # fmt: skip
    op.create_table(
        "contact_attempts",
        number("id"), number("referral_id"), number("party_id"),
        word("result", "attempt_result", "reached", "no_answer", "wrong_number"),
        line("note", 200), moment("at"), number("by_id", nullable=True),
        to("contact_attempts", "referral_id", "referrals"),
        to("contact_attempts", "party_id", "parties", ondelete="CASCADE"), key("contact_attempts"),
    )  # fmt: skip
    op.create_table(
        "filing_handovers",
        number("id"), number("referral_id"), word("pack", "pack", "filing", "trial"), moment("prepared_at"),
        number("prepared_by_id", nullable=True), moment("released_at", nullable=True),
        number("released_by_id", nullable=True), day("filed_on"),
        to("filing_handovers", "referral_id", "referrals"), key("filing_handovers"),
        once("filing_handovers", "referral_id"),
    )  # fmt: skip
    op.create_table(
        "confirmation_applications",
        number("id"), number("agreement_id"), day("applied_on", nullable=False), day("accepted_on"), day("ruled_on"),
        word("result", "ruling_result", "valid", "dismissed", nullable=True), line("number", 60), words("reason"),
        moment("noted_at"), number("noted_by_id", nullable=True),
        to("confirmation_applications", "agreement_id", "agreements"), key("confirmation_applications"),
        once("confirmation_applications", "agreement_id"),
    )  # fmt: skip
    for table, indexes in INDEXES.items():
        for columns in indexes:
            op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns), unique=False)


def downgrade() -> None:
    for table, indexes in INDEXES.items():
        for columns in indexes:
            op.drop_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table_name=table)
    for table in ("confirmation_applications", "filing_handovers", "contact_attempts", "court_numbers", "referrals",
                  "case_types"):  # fmt: skip
        op.drop_table(table)
