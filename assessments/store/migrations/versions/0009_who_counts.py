"""Who counts in a median, from an index alone: with thousands of sites their rows are not looked up.

What is shared already stands as it would be written now: under a submission that is the same for the same figures, as
its cohort knows it too, and without its exact days where it is not shared by name. What is archived is not shown.
"""

import hashlib
import json
from calendar import monthrange
from datetime import date
from typing import Any

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
WORD_BY = "VARCHAR DEFAULT '' NOT NULL CONSTRAINT ck_peer_ask_word_by CHECK (word_by IN ('', 'lead', 'offerer'))"
# Nobody knows under which minimum these were given: not under less than what holds, nor than eleven.
GIVEN_UNDER = """UPDATE shared_count SET fewest =
(SELECT CASE WHEN c.fewest > 11 THEN c.fewest ELSE 11 END FROM collaborative c WHERE c.agency_id = collaborative_id)"""
# The first to which it was let out, or else is given: where both saw it, it is too late to choose.
GIVEN_TO = """UPDATE quarter_count SET given_to = COALESCE(
(SELECT MIN(r.agency_id) FROM count_release r JOIN released_count c ON c.agency_id = r.agency_id AND c.release_id = r.id
WHERE c.site_id = quarter_count.site_id AND r.quarter = quarter_count.quarter),
(SELECT MIN(s.collaborative_id) FROM shared_count s WHERE s.agency_id = quarter_count.agency_id
AND s.site_id = quarter_count.site_id AND s.quarter = quarter_count.quarter))"""
# Each step is a version: passed on it is the second, and who offers answers with the third.
WORD_OF = """UPDATE peer_ask SET word_by = CASE WHEN state = 'agreed' OR version > 2 THEN 'offerer' ELSE 'lead' END
WHERE word NOT IN ('', 'The offer was taken back.')"""

# Taken out of the archive it is published again.
ARCHIVED = """(agency_id, assessment_id) IN (SELECT s.agency_id, s.assessment_id FROM shared_assessment s
JOIN agency a ON a.id = s.agency_id JOIN site p ON p.agency_id = s.agency_id AND p.id = s.site_id
JOIN cycle c ON c.agency_id = s.agency_id AND c.id = s.cycle_id
WHERE a.archived_at IS NOT NULL OR p.archived_at IS NOT NULL OR c.archived_at IS NOT NULL)"""

LED = "collaborative_id = (SELECT current_setting('plumbline.agency', true))"
LETTERS_OF_LED = {"led": "SELECT", "led_away": "DELETE"}
"""Who takes a member out takes its letters along."""
WIDENED = ("shared_assessment", "shared_score")
PARTS = [f"{figure}_{part}" for figure in ("mean", "low", "high") for part in ("over", "under")]
FIGURES = ["domain_id", *PARTS, "rated", "applicable", "capped"]
LINE = ["agency_id", "collaborative_id", "assessment_id"]


def upgrade() -> None:
    op.drop_index(NAME, table_name=TABLE)
    op.create_index(NAME, TABLE, [*BEFORE, "how", "guest", "weight", "submission"])
    columns = [*QUESTION, "last_day", "first_day", "how"]
    op.create_index("ix_shared_assessment_incomplete", TABLE, columns, sqlite_where=LACKING, postgresql_where=LACKING)
    op.add_column("shared_count", sa.Column("fewest", sa.Integer(), server_default=sa.text("11"), nullable=False))
    op.execute(GIVEN_UNDER)
    op.add_column("quarter_count", sa.Column("given_to", sa.String(), nullable=True))
    op.execute(GIVEN_TO)
    op.add_column("browser_session", sa.Column("stands_in", sa.String(), nullable=True))
    op.execute(f"ALTER TABLE peer_ask ADD COLUMN word_by {WORD_BY}")
    op.execute(WORD_OF)
    _widen()
    _name_submissions(_of_figures)
    for name in ("shared_stand", "shared_score", TABLE):
        op.execute(sa.table(name).delete().where(sa.text(ARCHIVED)))
    if op.get_bind().dialect.name != "sqlite":
        for name, act in LETTERS_OF_LED.items():
            op.execute(f"CREATE POLICY {name} ON site_letters FOR {act} TO PUBLIC USING ({LED})")


def downgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        for name in LETTERS_OF_LED:
            op.execute(f"DROP POLICY {name} ON site_letters")
    _name_submissions(_of_link)
    op.drop_column("peer_ask", "word_by")
    op.drop_column("browser_session", "stands_in")
    op.drop_column("quarter_count", "given_to")
    op.drop_column("shared_count", "fewest")
    op.drop_index("ix_shared_assessment_incomplete", table_name=TABLE)
    op.drop_index(NAME, table_name=TABLE)
    op.create_index(NAME, TABLE, BEFORE)


def _table(name: str, *columns: str) -> Any:
    days, kinds = ("first_day", "last_day"), {"capped": sa.Boolean()}
    return sa.table(name, *(sa.column(one, sa.Date() if one in days else kinds.get(one)) for one in columns))


def _widen() -> None:
    for name in WIDENED:
        table = _table(name, "how", "first_day", "last_day")
        unnamed, days = table.c.how != "named", (table.c.first_day, table.c.last_day)
        for first, last in op.get_bind().execute(sa.select(*days).where(unnamed).distinct()).all():
            begins, ends = first.month - (first.month - 1) % 3, last.month - (last.month - 1) % 3 + 2
            whole = (date(first.year, begins, 1), date(last.year, ends, monthrange(last.year, ends)[1]))
            these = table.update().where(unnamed, days[0] == first, days[1] == last)
            op.execute(these.values(first_day=whole[0], last_day=whole[1]))


def _name_submissions(named: Any) -> None:
    shared, member = _table(TABLE, *LINE, "submission", "weight"), _table("cohort_member", "agency_id", "submission")
    for row in op.get_bind().execute(sa.select(shared)).all():
        key = {name: getattr(row, name) for name in LINE}
        new = f"{row.assessment_id}.{named(key, row.weight)}"
        op.execute(shared.update().where(*_is(shared, key)).values(submission=new))
        of = {"agency_id": row.collaborative_id, "submission": row.submission}
        op.execute(member.update().where(*_is(member, of)).values(submission=new))


def _is(table: Any, key: dict[str, Any]) -> list[Any]:
    return [table.c[name] == value for name, value in key.items()]


def _of_figures(key: dict[str, Any], weight: int) -> str:
    """As in use_cases/publishing.py."""
    told: list[Any] = [weight]
    for name, columns in (("shared_score", FIGURES), ("shared_stand", ["indicator_id", "state", "level"])):
        table = _table(name, *LINE, *columns)
        rows = op.get_bind().execute(sa.select(*(table.c[one] for one in columns)).where(*_is(table, key)))
        told.append(sorted(([*row] for row in rows), key=lambda row: row[0]))
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16]


def _of_link(key: dict[str, Any], _weight: int) -> str:
    table = _table("assessment", "agency_id", "id", "audit_link")
    asked = sa.select(table.c.audit_link).where(
        *_is(table, {"agency_id": key["agency_id"], "id": key["assessment_id"]})
    )
    return str(op.get_bind().execute(asked).scalar_one())[:16]
