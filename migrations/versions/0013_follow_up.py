"""Performance entry by entry, reminders, rulings of the court, follow-ups with their calls, reopenings."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
WAITING = sa.text("done_at IS NULL AND voided_at IS NULL")


def moment(name: str, *, nullable: bool = True) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def word(name: str, enum: str, *words: str, nullable: bool = False) -> sa.Column:
    kind = sa.Enum(*words, name=enum, native_enum=False, create_constraint=True, length=24)
    return sa.Column(name, kind, nullable=nullable)


def number(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, NUMBER, nullable=nullable)


def beside(table: str, column: str, owner: str, *columns: sa.Column | sa.Constraint) -> None:
    """A table of rows that belong to something."""
    op.create_table(
        table,
        number("id"),
        number(column),
        *columns,
        sa.ForeignKeyConstraint([column], [f"{owner}.id"], name=op.f(f"fk_{table}_{column}_{owner}")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


INDEXED = {"performances": "term_id", "term_reminders": "term_id", "reopenings": "dispute_id",
           "follow_ups": "dispute_id", "follow_up_calls": "follow_up_id"}  # fmt: skip


def upgrade() -> None:
    beside(
        "performances", "term_id", "terms",
        sa.Column("performed_on", sa.Date(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=True),
        word("paid_by", "paid_by", "cash", "transfer", "wechat", "goods", "other", nullable=True),
        sa.Column("evidence", sa.String(length=200), nullable=False),
        moment("noted_at", nullable=False),
        number("noted_by_id", nullable=True),
        moment("struck_at"),
        sa.Column("strike_reason", sa.String(length=200), nullable=False),
        number("struck_by_id", nullable=True),
    )  # fmt: skip
    beside(
        "term_reminders", "term_id", "terms",
        word("channel", "reminder_channel", "telephone", "message", "in_person"),
        moment("at", nullable=False),
        number("by_id", nullable=True),
    )  # fmt: skip
    beside(
        "court_rulings", "agreement_id", "agreements",
        sa.Column("ruled_on", sa.Date(), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        moment("noted_at", nullable=False),
        number("noted_by_id", nullable=True),
        sa.UniqueConstraint("agreement_id", name=op.f("uq_court_rulings_agreement_id")),
    )  # fmt: skip
    beside(
        "reopenings", "dispute_id", "disputes",
        word("kind", "reopening_kind", "rebound", "mistake"),
        moment("closed_at"),
        sa.Column("closing_type", sa.String(length=24), nullable=False),
        moment("reopened_at", nullable=False),
        number("by_id", nullable=True),
    )  # fmt: skip
    beside(
        "follow_ups", "dispute_id", "disputes",
        word("reason", "follow_up_reason", "agreement", "term", "closing", "risk"),
        sa.Column("since", sa.Date(), nullable=False),
        number("days"),
        number("term_id", nullable=True),
        sa.Column("due_on", sa.Date(), nullable=False),
        number("owner_id", nullable=True),
        moment("planned_at", nullable=False),
        moment("done_at"),
        moment("voided_at"),
        sa.ForeignKeyConstraint(["term_id"], ["terms.id"], name=op.f("fk_follow_ups_term_id_terms")),
        sa.ForeignKeyConstraint(["owner_id"], ["people.id"], name=op.f("fk_follow_ups_owner_id_people")),
    )  # fmt: skip
    beside(
        "follow_up_calls", "follow_up_id", "follow_ups",
        word("outcome", "call_outcome", "performed", "unperformed", "no_answer", "another_day"),
        word("satisfaction", "satisfaction", "very", "satisfied", "fairly", "dissatisfied", "not_asked"),
        sa.Column("advice", sa.Text(), nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        moment("at", nullable=False),
        number("by_id", nullable=True),
    )  # fmt: skip
    beside(
        "rebound_signs", "call_id", "follow_up_calls",
        word("sign", "sign", "promise_broken", "new_quarrel", "police_called", "complained", "gathering",
             "threatened"),
        sa.UniqueConstraint("call_id", "sign", name=op.f("uq_rebound_signs_call_id_sign")),
    )  # fmt: skip
    for table, column in INDEXED.items():
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)
    op.create_index("ix_follow_ups_waiting", "follow_ups", ["due_on"], unique=False, sqlite_where=WAITING,
                    postgresql_where=WAITING)  # fmt: skip

    # What was noted before there were entries becomes one; what is still due is visited on its day.
    op.execute(
        "INSERT INTO performances (term_id, performed_on, amount_fen, paid_by, evidence, noted_at, strike_reason) "
        "SELECT t.id, t.performed_on, t.amount_fen, CASE WHEN t.amount_fen IS NULL THEN NULL ELSE 'other' END, '', "
        "a.concluded_at, '' FROM terms t JOIN agreements a ON a.id = t.agreement_id "
        "WHERE t.performed_on IS NOT NULL AND NOT a.performed_at_once"
    )
    op.execute(
        "INSERT INTO follow_ups (dispute_id, reason, since, days, term_id, due_on, planned_at) "
        "SELECT m.dispute_id, 'term', t.due_on, 0, t.id, t.due_on, a.concluded_at FROM terms t "
        "JOIN agreements a ON a.id = t.agreement_id JOIN mediation_sessions m ON m.id = a.session_id "
        "JOIN disputes d ON d.id = m.dispute_id WHERE t.performed_on IS NULL AND d.status IN ('agreed', 'closed')"
    )


def downgrade() -> None:
    op.drop_index("ix_follow_ups_waiting", table_name="follow_ups")
    for table, column in INDEXED.items():
        op.drop_index(op.f(f"ix_{table}_{column}"), table_name=table)
    for table in ("rebound_signs", "follow_up_calls", "follow_ups", "reopenings", "court_rulings", "term_reminders",
                  "performances"):  # fmt: skip
        op.drop_table(table)
