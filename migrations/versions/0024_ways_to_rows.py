"""Ways to rows that are asked for by day, party or session, so that a house of many years answers as a new one."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

CLOSED, DATED = sa.text("closed_at IS NOT NULL"), sa.text("next_on IS NOT NULL")


def upgrade() -> None:
    op.create_index("ix_disputes_closed", "disputes", ["centre_id", "closed_at"],
                    sqlite_where=CLOSED, postgresql_where=CLOSED)  # fmt: skip
    op.create_index("ix_disputes_next_on", "disputes", ["next_on"], sqlite_where=DATED, postgresql_where=DATED)
    op.create_index("ix_duty_turns_day", "duty_turns", ["day"])
    op.create_index("ix_hand_overs_session_id", "hand_overs", ["session_id"])
    op.create_index("ix_rights_notices_party_id", "rights_notices", ["party_id"])


def downgrade() -> None:
    op.drop_index("ix_rights_notices_party_id", "rights_notices")
    op.drop_index("ix_hand_overs_session_id", "hand_overs")
    op.drop_index("ix_duty_turns_day", "duty_turns")
    op.drop_index("ix_disputes_next_on", "disputes")
    op.drop_index("ix_disputes_closed", "disputes")
