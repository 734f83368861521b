"""Packs of agreements beside those of matters that failed, and the ground of a suit after a dismissal."""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

OF_FAILURE = ("filing", "trial")
OF_AGREEMENT = ("report", "confirm", "court_paper", "suit_withdrawn")
GROUNDS = ("no_consent", "unreachable", "no_mediator", "withdrawn", "gap", "time_out", "unsigned", "sham", "other")
ONLY_ONE = sa.text("pack IN ('filing', 'trial')")
REPORTED = """
    SELECT referrals.id, referrals.way, max(events.at) FROM referrals
    JOIN events ON events.subject_kind = 'referral' AND events.subject_id = referrals.id
    WHERE referrals.status = 'succeeded' AND events.kind = 'referral:succeed' GROUP BY referrals.id, referrals.way
"""


def words(table: str, name: str, column: str, members: tuple[str, ...]) -> None:
    with op.batch_alter_table(table) as batch:
        batch.drop_constraint(op.f(f"ck_{table}_{name}"), type_="check")
        batch.create_check_constraint(op.f(f"ck_{table}_{name}"), sa.column(column).in_(members))


def upgrade() -> None:
    words("referrals", "end_ground", "ground", (*GROUNDS, "dismissed"))
    with op.batch_alter_table("filing_handovers") as batch:
        batch.drop_constraint(op.f("uq_filing_handovers_referral_id"), type_="unique")
    words("filing_handovers", "pack", "pack", (*OF_FAILURE, *OF_AGREEMENT))
    op.create_index(op.f("ix_filing_handovers_referral_id"), "filing_handovers", ["referral_id"])
    op.create_index("uq_filing_handovers_not_agreed", "filing_handovers", ["referral_id"], unique=True,
                    sqlite_where=ONLY_ONE, postgresql_where=ONLY_ONE)  # fmt: skip
    _reported_before()


def _reported_before() -> None:
    """What had been reported was the court's to read at once."""
    instant = sa.DateTime(timezone=True)
    table = sa.table("filing_handovers", sa.column("referral_id"), sa.column("pack"),
                     sa.column("prepared_at", instant), sa.column("released_at", instant))  # fmt: skip
    for referral_id, way, at in op.get_bind().execute(sa.text(REPORTED)).all():
        then = datetime.fromisoformat(at)
        op.execute(table.insert().values(referral_id=referral_id, pack=way, prepared_at=then, released_at=then))


def downgrade() -> None:
    op.drop_index("uq_filing_handovers_not_agreed", table_name="filing_handovers")
    op.drop_index(op.f("ix_filing_handovers_referral_id"), table_name="filing_handovers")
    op.execute(sa.text("DELETE FROM filing_handovers WHERE pack NOT IN ('filing', 'trial')"))
    words("filing_handovers", "pack", "pack", OF_FAILURE)
    with op.batch_alter_table("filing_handovers") as batch:
        batch.create_unique_constraint(op.f("uq_filing_handovers_referral_id"), ["referral_id"])
    op.execute("UPDATE referrals SET ground = 'other' WHERE ground = 'dismissed'")
    words("referrals", "end_ground", "ground", GROUNDS)
