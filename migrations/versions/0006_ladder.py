"""The ladder: steps, telephone calls, pauses, extensions, corrections; no-show, visit plan, seen stand-downs."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
OPEN = "released_at IS NULL AND stood_down_at IS NULL"
RUNNING = sa.text("until IS NULL AND taken_back_at IS NULL")


def moment(name: str, *, nullable: bool = True) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def word(name: str, enum: str, *words: str) -> sa.Column:
    kind = sa.Enum(*words, name=enum, native_enum=False, create_constraint=True, length=24)
    return sa.Column(name, kind, nullable=False)


def beside_callouts(table: str, *columns: sa.Column | sa.UniqueConstraint) -> None:
    """A table of rows that belong to a callout."""
    op.create_table(
        table,
        sa.Column("id", NUMBER, nullable=False),
        sa.Column("callout_id", NUMBER, nullable=False),
        *columns,
        sa.ForeignKeyConstraint(["callout_id"], ["callouts.id"], name=op.f(f"fk_{table}_callout_id_callouts")),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )


def open_indexes(where: str) -> None:
    """One open callout per dispute and unit; what is open is found quickly."""
    for name, columns, unique in (
        ("ix_callouts_unit_open", ["unit_id"], False),
        ("uq_callouts_open", ["dispute_id", "unit_id"], True),
    ):
        op.create_index(
            name, "callouts", columns, unique=unique, sqlite_where=sa.text(where), postgresql_where=sa.text(where)
        )


def drop_open_indexes() -> None:
    for name in ("ix_callouts_unit_open", "uq_callouts_open"):
        op.drop_index(name, table_name="callouts")


def upgrade() -> None:
    beside_callouts(
        "ladder_steps",
        word("step", "step", "reminder", "second", "coordination"),
        moment("at", nullable=False),
        sa.Column("by_id", NUMBER, nullable=True),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.UniqueConstraint("callout_id", "step", name=op.f("uq_ladder_steps_callout_id_step")),
    )
    beside_callouts(
        "telephone_calls",
        word("result", "call_result", "told", "no_answer"),
        sa.Column("name", sa.String(length=60), nullable=False),
        moment("at", nullable=False),
        sa.Column("by_id", NUMBER, nullable=True),
    )
    beside_callouts(
        "pauses",
        word("reason", "pause_reason", "room_changed", "time_changed", "party_left", "road_closed", "wrong_unit",
             "other"),
        sa.Column("words", sa.String(length=200), nullable=False),
        moment("since", nullable=False),
        moment("until"),
        moment("taken_back_at"),
        sa.Column("by_id", NUMBER, nullable=True),
    )  # fmt: skip
    beside_callouts(
        "extensions",
        sa.Column("minutes", NUMBER, nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        moment("due_before", nullable=False),
        moment("due_after", nullable=False),
        moment("at", nullable=False),
        sa.Column("by_id", NUMBER, nullable=True),
    )
    beside_callouts(
        "corrections",
        word("tap", "tap", "telephone", "acknowledge", "set_out", "arrive", "release", "stand_down", "no_show",
             "pause", "answer"),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("was", sa.Text(), nullable=False),
        moment("at", nullable=False),
        sa.Column("by_id", NUMBER, nullable=True),
    )  # fmt: skip
    for table in ("telephone_calls", "pauses", "extensions", "corrections"):
        op.create_index(op.f(f"ix_{table}_callout_id"), table, ["callout_id"], unique=False)
    op.create_index("uq_pauses_running", "pauses", ["callout_id"], unique=True, sqlite_where=RUNNING,
                    postgresql_where=RUNNING)  # fmt: skip

    for name in ("no_show_at", "stand_down_seen_at", "planned_at"):
        op.add_column("callouts", moment(name))
    op.add_column("callouts", sa.Column("no_show_words", sa.String(length=200), nullable=False, server_default=""))
    op.add_column("callouts", sa.Column("told_by_telephone", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute(
        "INSERT INTO corrections (callout_id, tap, reason, was, at) "
        "SELECT id, 'arrive', correction_reason, '', sounded_at FROM callouts WHERE correction_reason <> ''"
    )
    op.drop_column("callouts", "correction_reason")
    drop_open_indexes()
    open_indexes(f"{OPEN} AND no_show_at IS NULL")

    op.add_column("objections", moment("confirmed_at"))
    op.execute("UPDATE objections SET confirmed_at = raised_at WHERE channel = 'telephone' OR decided_at IS NOT NULL")


def downgrade() -> None:
    op.drop_column("objections", "confirmed_at")

    drop_open_indexes()
    op.add_column("callouts", sa.Column("correction_reason", sa.String(length=200), nullable=False, server_default=""))
    op.execute(
        "UPDATE callouts SET correction_reason = coalesce((SELECT max(reason) FROM corrections "
        "WHERE corrections.callout_id = callouts.id AND tap = 'arrive'), '')"
    )
    # Before there was a word for it, nobody who did not come had an end but the stand-down.
    op.execute("UPDATE callouts SET stood_down_at = no_show_at WHERE no_show_at IS NOT NULL")
    for name in ("told_by_telephone", "no_show_words", "planned_at", "stand_down_seen_at", "no_show_at"):
        op.drop_column("callouts", name)
    open_indexes(OPEN)

    op.drop_index("uq_pauses_running", table_name="pauses")
    for table in ("corrections", "extensions", "pauses", "telephone_calls"):
        op.drop_index(op.f(f"ix_{table}_callout_id"), table_name=table)
        op.drop_table(table)
    op.drop_table("ladder_steps")
