"""Ways to what was assigned, called, objected to, promised and asked of the district, by dispute, unit and day."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

UNPERFORMED = sa.text("performed_on IS NULL AND struck_at IS NULL")
UNDECIDED = sa.text("decided_at IS NULL")
WAITING = sa.text("arranged_at IS NULL")


def upgrade() -> None:
    op.create_index("ix_assignments_dispute_id", "assignments", ["dispute_id"])
    op.create_index("ix_assignments_since", "assignments", ["since"])
    op.create_index("ix_callouts_unit_id_sounded_at", "callouts", ["unit_id", "sounded_at"])
    op.create_index("ix_objections_raised_at", "objections", ["raised_at"])
    op.create_index("ix_objections_waiting", "objections", ["id"],
                    sqlite_where=UNDECIDED, postgresql_where=UNDECIDED)  # fmt: skip
    op.create_index("ix_disputes_centre_id_category_id", "disputes", ["centre_id", "category_id"])
    op.create_index("ix_terms_due_on", "terms", ["due_on"], sqlite_where=UNPERFORMED, postgresql_where=UNPERFORMED)
    op.create_index("ix_coordinations_waiting", "coordinations", ["asked_at"],
                    sqlite_where=WAITING, postgresql_where=WAITING)  # fmt: skip


def downgrade() -> None:
    op.drop_index("ix_coordinations_waiting", "coordinations")
    op.drop_index("ix_terms_due_on", "terms")
    op.drop_index("ix_disputes_centre_id_category_id", "disputes")
    op.drop_index("ix_objections_waiting", "objections")
    op.drop_index("ix_objections_raised_at", "objections")
    op.drop_index("ix_callouts_unit_id_sounded_at", "callouts")
    op.drop_index("ix_assignments_since", "assignments")
    op.drop_index("ix_assignments_dispute_id", "assignments")
