"""Who counts in a median, from an index alone: with thousands of sites their rows are not looked up."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

NAME, TABLE = "ix_shared_assessment_question", "shared_assessment"
QUESTION = ["collaborative_id", "edition_hash", "form"]
BEFORE = [*QUESTION, "last_day", "first_day", "agency_id", "letters", "stamp"]
LACKING = sa.text("incomplete <> ''")


def upgrade() -> None:
    op.drop_index(NAME, table_name=TABLE)
    op.create_index(NAME, TABLE, [*BEFORE, "how", "guest", "weight", "submission"])
    columns = [*QUESTION, "last_day", "first_day", "how"]
    op.create_index("ix_shared_assessment_incomplete", TABLE, columns, sqlite_where=LACKING, postgresql_where=LACKING)


def downgrade() -> None:
    op.drop_index("ix_shared_assessment_incomplete", table_name=TABLE)
    op.drop_index(NAME, table_name=TABLE)
    op.create_index(NAME, TABLE, BEFORE)
