"""Imports of the court's matters, what they found, and the headings of each court."""

import hashlib
import unicodedata
from collections import defaultdict

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
COLUMNS = ("number", "old_numbers", "mode", "procedure", "case_type", "claim", "amount", "sent_on", "applicants",
           "applicant_phones", "applicant_ids", "applicant_addresses", "respondents", "respondent_phones",
           "respondent_ids", "respondent_addresses", "thirds", "both_agreed", "materials", "contact")  # fmt: skip
STATES = ("reading", "mapping", "checked", "writing", "released", "changed", "refused", "cancelled")
NAMES = "SELECT r.id, p.name FROM referrals r JOIN parties p ON p.dispute_id = r.dispute_id OR p.visit_id = r.visit_id"
# What no release has shown yet would be seen without its import.
HIDDEN = "import_id IN (SELECT id FROM court_imports WHERE released_at IS NULL)"
UNSEEN = (
    f"DELETE FROM court_numbers WHERE referral_id IN (SELECT id FROM referrals WHERE {HIDDEN})",  # noqa: S608
    f"DELETE FROM parties WHERE visit_id IN (SELECT visit_id FROM referrals WHERE {HIDDEN})",  # noqa: S608
    f"UPDATE visits SET head_count = 0 WHERE id IN (SELECT visit_id FROM referrals WHERE {HIDDEN})",  # noqa: S608
    f"DELETE FROM referrals WHERE {HIDDEN}",  # noqa: S608
    "DELETE FROM visits WHERE head_count = 0",
)


def number(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, NUMBER, nullable=nullable)


def moment(name: str, *, nullable: bool = True) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def line(name: str, length: int, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.String(length=length), nullable=nullable)


def facts(name: str) -> sa.Column:
    return sa.Column(name, sa.JSON(), nullable=False)


def word(name: str, enum: str, members: tuple[str, ...], *, nullable: bool) -> sa.Column:
    kind = sa.Enum(*members, name=enum, native_enum=False, create_constraint=True, length=24)
    return sa.Column(name, kind, nullable=nullable)


def to(table: str, column: str, other: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{table}_{column}_{other}"))


def key(table: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}"))


def upgrade() -> None:
    op.create_table(
        "court_imports",
        number("id"), line("uid", 32), number("centre_id"), number("court_id"), number("person_id", nullable=True),
        word("state", "import_state", STATES, nullable=False), number("version"), moment("ordered_at", nullable=False),
        moment("checked_at"), moment("released_at"), line("file_name", 200), line("media_type", 120), number("size"),
        line("sha256", 64), line("address", 64, nullable=True), line("usual", 12),
        number("heading_row", nullable=True), facts("headings"), facts("places"),
        number("read"), number("accepted"), number("refused"), number("done"), number("written"),
        number("written_row"), sa.Column("fault", sa.Text(), nullable=False), facts("fault_values"),
        line("holder", 32), moment("lease_until"), number("attempts"),
        to("court_imports", "centre_id", "centres"), to("court_imports", "court_id", "units"),
        to("court_imports", "person_id", "people"), key("court_imports"),
        sa.UniqueConstraint("uid", name=op.f("uq_court_imports_uid")),
        sa.UniqueConstraint("address", name=op.f("uq_court_imports_address")),
    )  # fmt: skip
    op.create_index("ix_court_imports_state", "court_imports", ["state"])
    op.create_index("ix_court_imports_centre_id", "court_imports", ["centre_id"])
    op.create_table(
        "import_findings",
        number("id"), number("import_id"), number("row"), word("column", "court_column", COLUMNS, nullable=True),
        sa.Column("fault", sa.Text(), nullable=False), facts("fault_values"),
        to("import_findings", "import_id", "court_imports"), key("import_findings"),
    )  # fmt: skip
    op.create_index(op.f("ix_import_findings_import_id"), "import_findings", ["import_id"])
    op.create_table(
        "court_headings",
        number("id"), number("centre_id"), number("court_id"), line("heading", 60),
        word("column", "court_column", COLUMNS, nullable=True),
        to("court_headings", "centre_id", "centres"), to("court_headings", "court_id", "units"), key("court_headings"),
        sa.UniqueConstraint("centre_id", "court_id", "heading",
                            name=op.f("uq_court_headings_centre_id_court_id_heading")),
    )  # fmt: skip
    with op.batch_alter_table("referrals") as batch:
        batch.add_column(number("import_id", nullable=True))
        batch.add_column(sa.Column("parties_key", sa.String(length=32), nullable=False, server_default=""))
        batch.create_foreign_key(batch.f("fk_referrals_import_id_court_imports"), "court_imports", ["import_id"],
                                 ["id"])  # fmt: skip
    op.create_index("ix_referrals_import_id", "referrals", ["import_id"])
    op.create_index("ix_referrals_centre_id_parties_key", "referrals", ["centre_id", "parties_key"])
    _know_parties()


def downgrade() -> None:
    for statement in UNSEEN:
        op.execute(statement)
    op.drop_index("ix_referrals_centre_id_parties_key", table_name="referrals")
    op.drop_index("ix_referrals_import_id", table_name="referrals")
    with op.batch_alter_table("referrals") as batch:
        batch.drop_constraint("fk_referrals_import_id_court_imports", type_="foreignkey")
        batch.drop_column("parties_key")
        batch.drop_column("import_id")
    op.drop_table("court_headings")
    op.drop_table("import_findings")
    op.drop_table("court_imports")


def _know_parties() -> None:
    """Write down for each referral by which parties it is recognised."""
    connection = op.get_bind()
    named = defaultdict(set)
    for referral, name in connection.exec_driver_sql(NAMES):
        plain = unicodedata.normalize("NFKC", name).casefold()
        named[referral].add("".join(sign for sign in plain if unicodedata.category(sign)[0] in "LNM"))
    for referral, names in named.items():
        digest = hashlib.sha256("\n".join(sorted(names)).encode()).hexdigest()[:32]
        connection.execute(sa.text("UPDATE referrals SET parties_key = :key WHERE id = :id"),
                           {"key": digest, "id": referral})  # fmt: skip
