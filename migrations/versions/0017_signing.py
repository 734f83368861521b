"""Final papers with their hash, who signs them, signatures, scans of signed papers, agreements that lapsed."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
# A final text and what was signed under it stay as they are.
GUARDED = ("final_papers", "signatures")
REFUSAL = "a final paper and its signatures are never changed"


def guard_finals() -> None:
    """Refuse changes of what is final; to be called again after any batch that copied one of the tables."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE OR REPLACE FUNCTION finals_never_change() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
        )
        act = "FOR EACH ROW EXECUTE FUNCTION finals_never_change()"
    else:
        act = f"FOR EACH ROW BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    for table_name in GUARDED:
        for verb in ("update", "delete"):
            op.execute(f"CREATE TRIGGER {table_name}_no_{verb} BEFORE {verb.upper()} ON {table_name} {act}")


def unguard_finals() -> None:
    postgres = op.get_bind().dialect.name == "postgresql"
    for table_name in GUARDED:
        for verb in ("update", "delete"):
            op.execute(f"DROP TRIGGER {table_name}_no_{verb}" + (f" ON {table_name}" if postgres else ""))
    if postgres:
        op.execute("DROP FUNCTION finals_never_change()")


def number(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, NUMBER, nullable=nullable)


def moment(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def line(name: str, length: int) -> sa.Column:
    return sa.Column(name, sa.String(length=length), nullable=False)


def one_of(name: str, enum: str, *values: str) -> sa.Column:
    kind = sa.Enum(*values, name=enum, native_enum=False, create_constraint=True, length=24)
    return sa.Column(name, kind, nullable=False)


def table(name: str, *parts: sa.Column | sa.Constraint, **keys: str) -> None:
    """A table with its number, its parts, and its foreign keys: column → table."""
    foreign = [
        sa.ForeignKeyConstraint([column], [f"{other}.id"], name=op.f(f"fk_{name}_{column}_{other}"))
        for column, other in keys.items()
    ]
    op.create_table(name, number("id"), *parts, *foreign, sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")))


def upgrade() -> None:
    table("final_papers", line("uid", 32), number("session_id"), one_of("kind", "paper_kind", "agreement", "record"),
          number("version"), sa.Column("text_sealed", sa.LargeBinary(), nullable=False), line("text_hash", 64),
          number("mended"), moment("finalised_at"), number("by_id", nullable=True),
          sa.UniqueConstraint("uid", name=op.f("uq_final_papers_uid")),
          sa.UniqueConstraint("session_id", "kind", "version", name=op.f("uq_final_papers_session_id_kind_version")),
          session_id="mediation_sessions", by_id="people")  # fmt: skip
    table("signers", number("paper_id"), number("position"), number("line", nullable=True),
          one_of("role", "signer_role", "party", "mediator", "recorder", "body"), number("party_id", nullable=True),
          number("person_id", nullable=True), line("name", 200), line("speakers", 400),
          moment("agreed_at", nullable=True), number("agreed_by_id", nullable=True), number("link_number"),
          moment("link_opened_at", nullable=True),
          sa.UniqueConstraint("paper_id", "position", name=op.f("uq_signers_paper_id_position")),
          paper_id="final_papers", party_id="parties", person_id="people")  # fmt: skip
    op.create_index(op.f("ix_signers_party_id"), "signers", ["party_id"], unique=False)
    table("signatures", line("uid", 32), number("signer_id"),
          one_of("way", "signing_way", "hand", "fingerprint", "hand_and_fingerprint", "seal", "ink", "refused",
                 "struck"),
          line("name", 200), sa.Column("signed_on", sa.Date(), nullable=False), line("text_hash", 64),
          sa.Column("ink_sealed", sa.LargeBinary(), nullable=True), line("device", 40), line("reason", 200),
          line("present", 200), moment("at"), number("by_id", nullable=True),
          sa.UniqueConstraint("uid", name=op.f("uq_signatures_uid")), signer_id="signers")  # fmt: skip
    op.create_index(op.f("ix_signatures_signer_id"), "signatures", ["signer_id"], unique=False)
    op.create_table(
        "signed_scans",
        number("paper_id"),
        number("attachment_id"),
        sa.ForeignKeyConstraint(["paper_id"], ["final_papers.id"], name=op.f("fk_signed_scans_paper_id_final_papers")),
        sa.ForeignKeyConstraint(["attachment_id"], ["attachments.id"],
                                name=op.f("fk_signed_scans_attachment_id_attachments")),
        sa.PrimaryKeyConstraint("paper_id", "attachment_id", name=op.f("pk_signed_scans")),
    )  # fmt: skip
    _read_out()
    op.add_column("agreements", moment("lapsed_at", nullable=True))
    guard_finals()


def _read_out() -> None:
    """Who heard the final text instead of reading it."""
    table("paper_readings", number("signer_id"), one_of("way", "reading_way", "own", "aloud", "interpreter", "refused"),
          line("reader", 40), line("interpreter", 40), line("witness", 40), moment("at"),
          number("by_id", nullable=True), signer_id="signers")  # fmt: skip
    op.create_index(op.f("ix_paper_readings_signer_id"), "paper_readings", ["signer_id"], unique=False)


def downgrade() -> None:
    unguard_finals()
    op.drop_column("agreements", "lapsed_at")
    for name in ("paper_readings", "signed_scans", "signatures", "signers", "final_papers"):
        op.drop_table(name)
