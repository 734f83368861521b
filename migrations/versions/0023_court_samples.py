"""What stands under the headings of a court's table, for whoever names its columns."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("court_imports") as batch:
        batch.add_column(sa.Column("samples_sealed", sa.LargeBinary(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("court_imports") as batch:
        batch.drop_column("samples_sealed")
