"""Row-level security on PostgreSQL, forced on the owner too: a statement without its filter shows nothing of another
agency. What crosses agencies crosses by a policy of its own. SQLite has no such thing, and gets an index alone.

A new table needs its wall in the migration that makes it; tests/store/test_walls.py asks the catalog.
"""

import re

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

# :agency, :person, :known, :task and :keeper stand for what the transaction has said (store/walls.py).
SAID = r"(SELECT current_setting('plumbline.\1', true))"
LED = "collaborative_id = :agency"
IS_IN = "ANY (ARRAY(SELECT m.agency_id FROM collaborative_member m WHERE m.member_id = :agency AND m.left_at IS NULL))"
"""The collaboratives that the agency is in."""
OF_AGENCY = (
    "action agency_text agreement assessment attendance audit_entry audit_head audit_value chosen_pack cohort "
    "cohort_member collaborative collaborative_member competency_rating count_release course course_competency cycle "
    "delivery evidence evidence_file intake invitation job_role last_place measure measured_value membership move "
    "own_checklist partner peer_offer priority quarter_count rating record record_clock record_rating released_count "
    "review role_need round share shared_assessment shared_count shared_score site_letters shared_stand sheet site "
    "staff_member staff_role subject summary_score supervision target team_role took_part training_session trial "
    "weighing"
).split()
"""Whose rows are one agency's, or one collaborative's, which is an agency of its own."""
OF_THE_DOOR = ("browser_session", "host_role", "identity", "launch_link", "sign_in")
"""Asked before it is known who comes: hashes of secrets and ids, and nothing that an agency wrote."""

HERE = "EXISTS (SELECT 1 FROM membership m WHERE m.agency_id = :agency AND m.person_id = person.id)"
ACTED = "EXISTS (SELECT 1 FROM audit_entry e WHERE e.agency_id = :agency AND e.person_id = person.id)"
SIGNED_IN = "EXISTS (SELECT 1 FROM browser_session b WHERE b.id = :known AND b.person_id = person.id)"
BELONGS = "EXISTS (SELECT 1 FROM membership m WHERE m.agency_id = agency.id AND m.person_id = :person)"
OF_THEIRS = ":agency = '' AND agency_id IN (SELECT m.agency_id FROM membership m WHERE m.person_id = :person)"
"""Before an agency is chosen: which of a person's are collaboratives."""
INVITES = "EXISTS (SELECT 1 FROM invitation i WHERE i.agency_id = agency.id AND i.token_hash = :known)"
WITH_IT = (
    "EXISTS (SELECT 1 FROM collaborative_member m WHERE m.agency_id = agency.id AND m.member_id = :agency "
    "OR m.member_id = agency.id AND m.agency_id = :agency)"
)
INVITED = (
    "EXISTS (SELECT 1 FROM invitation i WHERE i.agency_id = collaborative_member.agency_id AND i.token_hash = :known)"
)
LOOKS_AFTER = ":task = 'look after' AND EXISTS (SELECT 1 FROM host_role h WHERE h.person_id = :person)"
TIDIES = ":task = 'tidy'"
KNOWS = (
    ":task = 'knows' AND agency_id = ANY (ARRAY("
    "SELECT m.member_id FROM collaborative_member m WHERE m.agency_id = :agency))"
)
"""Who belongs to the members of a collaborative, those that left included: for it alone."""
NOBODY = "id = '00000000000000000000000000000000'"

# Table, name, for what, which rows it shows, and which it lets be written where these differ; beside `own`.
FURTHER = (
    ("agency", "own", "ALL", "id = :agency"),
    ("agency", "of_person", "SELECT", BELONGS),
    ("agency", "of_invitation", "SELECT", INVITES),
    ("agency", "of_collaborative", "SELECT", WITH_IT),
    ("agency", "tidied", "SELECT", TIDIES),
    ("person", "own", "ALL", "id = :person"),
    ("person", "added", "INSERT", "true"),
    ("person", "of_agency", "SELECT", f"{NOBODY} OR {HERE} OR {ACTED}"),
    ("person", "signed_in", "SELECT", SIGNED_IN),
    ("person", "of_this_machine", "SELECT", "local AND :known = 'local'"),
    ("membership", "of_person", "SELECT", "person_id = :person"),
    ("membership", "known", "SELECT", KNOWS),
    ("invitation", "by_token", "SELECT", "token_hash = :known"),
    ("invitation", "used", "UPDATE", "token_hash = :known"),
    ("delivery", "by_token", "SELECT", "token_hash = :known"),
    ("delivery", "tidied", "ALL", f"{TIDIES} AND (expires_at <= now() OR taken_at IS NOT NULL)"),
    ("evidence_file", "tidied", "SELECT", TIDIES),
    *((table, "looked_after", "SELECT", LOOKS_AFTER) for table in ("agency", "person", "membership")),
    ("collaborative", "of_member", "SELECT", f"agency_id = {IS_IN}"),
    ("collaborative", "of_person", "SELECT", OF_THEIRS),
    ("collaborative_member", "of_member", "SELECT", "member_id = :agency"),
    ("collaborative_member", "joins", "INSERT", f"member_id = :agency AND {INVITED}"),
    (
        "collaborative_member",
        "leaves_or_comes_back",
        "UPDATE",
        "member_id = :agency",
        f"member_id = :agency AND (left_at IS NOT NULL OR {INVITED})",
    ),
    ("share", "led", "SELECT", LED),
    *(
        (table, "in_one", "SELECT", f"{LED} OR collaborative_id = {IS_IN}")
        for table in ("shared_assessment", "shared_count", "shared_score", "shared_stand", "peer_offer")
    ),
    *(
        (table, "led_away", "DELETE", LED)
        for table in ("share", "shared_assessment", "shared_count", "shared_score", "shared_stand", "peer_offer")
    ),
    *(
        (table, "of_member", "SELECT", f"agency_id = {IS_IN}")
        for table in ("cohort", "cohort_member", "count_release", "released_count")
    ),
    ("peer_ask", "own", "ALL", ":agency IN (agency_id, asked_by_agency, offered_by_agency)"),
)
WALLED = (*OF_AGENCY, *OF_THE_DOOR, "agency", "person", "peer_ask")


def upgrade() -> None:
    op.create_index("ix_audit_entry_person", "audit_entry", ["agency_id", "person_id"])
    if op.get_bind().dialect.name == "sqlite":
        return
    for table in WALLED:
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        _allow(table, "keeper", "ALL", ":keeper = 'on'", to="CURRENT_USER")
    for table in OF_AGENCY:
        _allow(table, "own", "ALL", "agency_id = :agency")
    for table in OF_THE_DOOR:
        _allow(table, "door", "ALL", "true")
    for of in FURTHER:
        _allow(*of)


def _allow(table: str, name: str, act: str, rows: str, written: str = "", to: str = "PUBLIC") -> None:
    using = "" if act == "INSERT" else f" USING ({rows})"
    check = f" WITH CHECK ({written or rows})" if act in ("INSERT", "UPDATE", "ALL") else ""
    op.execute(f"CREATE POLICY {name} ON {table} FOR {act} TO {to}" + re.sub(r":(\w+)", SAID, using + check))


def downgrade() -> None:
    if op.get_bind().dialect.name != "sqlite":
        for table in WALLED:
            names = {"keeper", "own", "door", *(name for of, name, *_ in FURTHER if of == table)}
            for name in sorted(names):
                op.execute(f"DROP POLICY IF EXISTS {name} ON {table}")
            op.execute(f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY")
            op.execute(f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY")
    op.drop_index("ix_audit_entry_person", table_name="audit_entry")
