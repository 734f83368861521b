"""What is taken down and who consented: investigations, drafts, readings, supplements, rights, recusals, who joined."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
UNDECIDED = sa.text("decided_at IS NULL")
INVITEES = ("kin", "neighbour", "colleague", "expert", "organisation")

# Table, verb, and the rows it refuses: what was taken down stays as it is, what is finished too, and so do its saves.
GUARDS = (
    ("statements", "update", ""),
    ("statements", "delete", ""),
    ("investigations", "update", "OLD.finished_at IS NOT NULL"),
    ("investigations", "delete", "OLD.finished_at IS NOT NULL"),
    ("draft_saves", "update", ""),
    ("draft_saves", "delete", "OLD.investigation_id IS NOT NULL"),
)
REFUSAL = "what was taken down is never changed"


def guard_records() -> None:
    """Refuse changes of what was taken down; to be called again after any batch that copied one of the tables."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE OR REPLACE FUNCTION records_never_change() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
        )
        act = "FOR EACH ROW {when} EXECUTE FUNCTION records_never_change()"
    else:
        act = f"FOR EACH ROW {{when}} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    for table, verb, when in GUARDS:
        done = act.format(when=f"WHEN ({when})" if when else "")
        op.execute(f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} {done}")


def unguard_records() -> None:
    postgres = op.get_bind().dialect.name == "postgresql"
    for table, verb, _when in GUARDS:
        op.execute(f"DROP TRIGGER {table}_no_{verb}" + (f" ON {table}" if postgres else ""))
    if postgres:
        op.execute("DROP FUNCTION records_never_change()")


def number(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, NUMBER, nullable=nullable)


def moment(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def line(name: str, length: int) -> sa.Column:
    return sa.Column(name, sa.String(length=length), nullable=False)


def words(name: str) -> sa.Column:
    return sa.Column(name, sa.Text(), nullable=False)


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
    op.add_column("mediation_sessions", sa.Column("record_hash", sa.String(length=64), nullable=True))
    with op.batch_alter_table("participants") as batch:
        batch.add_column(sa.Column("invitee", sa.String(length=24), nullable=True))
        batch.add_column(sa.Column("parties_consent", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.add_column(moment("joined_at", nullable=True))
        batch.add_column(moment("left_at", nullable=True))
        batch.create_check_constraint(op.f("ck_participants_invitee"), sa.column("invitee").in_(INVITEES))
    _written()
    _consented()
    guard_records()


def _written() -> None:
    table("investigations", number("dispute_id"), number("supplements_id", nullable=True), moment("held_at"),
          line("place", 200), number("party_id", nullable=True), line("name", 200), line("relation", 60),
          line("present", 200), number("recorder_id", nullable=True), words("text"), moment("begun_at"),
          moment("finished_at", nullable=True), line("text_hash", 64), number("version"),
          dispute_id="disputes", supplements_id="investigations", party_id="parties",
          recorder_id="people")  # fmt: skip
    op.create_index("ix_investigations_dispute_id", "investigations", ["dispute_id"], unique=False)
    op.create_table(
        "investigators",
        number("investigation_id"),
        number("person_id"),
        sa.ForeignKeyConstraint(
            ["investigation_id"], ["investigations.id"], name=op.f("fk_investigators_investigation_id_investigations")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("fk_investigators_person_id_people")),
        sa.PrimaryKeyConstraint("investigation_id", "person_id", name=op.f("pk_investigators")),
    )
    table("draft_saves", number("investigation_id", nullable=True), number("session_id", nullable=True),
          line("speaker", 200), words("text"), moment("at"), number("by_id", nullable=True),
          sa.CheckConstraint("(investigation_id IS NULL) <> (session_id IS NULL)",
                             name=op.f("ck_draft_saves_belongs")),
          investigation_id="investigations", session_id="mediation_sessions")  # fmt: skip
    table("record_readings", number("session_id"), number("participant_id"),
          one_of("way", "reading_way", "own", "aloud", "interpreter", "refused"), line("interpreter", 40),
          number("statements"), moment("at"), number("by_id", nullable=True),
          session_id="mediation_sessions", participant_id="participants")  # fmt: skip
    table("record_supplements", number("session_id"), number("statement_id", nullable=True), line("reason", 200),
          words("text"), moment("at"), number("by_id", nullable=True),
          session_id="mediation_sessions", statement_id="statements", by_id="people")  # fmt: skip
    for name, column in (("draft_saves", "investigation_id"), ("draft_saves", "session_id"),
                         ("record_readings", "session_id"), ("record_supplements", "session_id")):  # fmt: skip
        op.create_index(op.f(f"ix_{name}_{column}"), name, [column], unique=False)


def _consented() -> None:
    table("rights_notices", number("dispute_id"), number("party_id"),
          one_of("told", "telling", "paper", "aloud", "telephone"),
          one_of("consent", "consent", "agrees", "refuses"), line("language", 40), line("interpreter", 40),
          moment("told_at"), number("by_id", nullable=True),
          dispute_id="disputes", party_id="parties", by_id="people")  # fmt: skip
    table("recusals", number("dispute_id"), number("party_id"), number("person_id"),
          one_of("duty", "duty", "mediator", "recorder"),
          one_of("ground", "recusal_ground", "interest", "kin", "other"), line("words", 200), moment("asked_at"),
          moment("decided_at", nullable=True), number("decided_by_id", nullable=True),
          sa.Column("granted", sa.Boolean(), nullable=True), line("reason", 200),
          number("successor_id", nullable=True),
          dispute_id="disputes", party_id="parties", person_id="people", successor_id="people")  # fmt: skip
    for name in ("rights_notices", "recusals"):
        op.create_index(f"ix_{name}_dispute_id", name, ["dispute_id"], unique=False)
    op.create_index("uq_recusals_undecided", "recusals", ["dispute_id", "duty"], unique=True,
                    sqlite_where=UNDECIDED, postgresql_where=UNDECIDED)  # fmt: skip


def downgrade() -> None:
    unguard_records()
    for name in ("recusals", "rights_notices", "record_supplements", "record_readings", "draft_saves", "investigators",
                 "investigations"):  # fmt: skip
        op.drop_table(name)
    with op.batch_alter_table("participants") as batch:
        batch.drop_constraint(op.f("ck_participants_invitee"), type_="check")
        for column in ("left_at", "joined_at", "parties_consent", "invitee"):
            batch.drop_column(column)
    op.drop_column("mediation_sessions", "record_hash")
