"""Agencies, sites, cycles, checklists, ratings, and an audit trail that refuses to be changed."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

REFUSAL = "the audit trail is append-only"
CHANGES = ("UPDATE", "DELETE")


def upgrade() -> None:
    op.create_table(
        "agency",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("block_grant", sa.Boolean(), nullable=False),
        sa.Column("part_2", sa.Boolean(), nullable=False),
        sa.Column("plan_name", sa.String(), nullable=False),
        sa.Column("child_welfare_name", sa.String(), nullable=False),
        sa.Column("women", sa.String(), nullable=False),
        sa.Column("invented", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency")),
        sa.UniqueConstraint("name_key", name=op.f("uq_agency_name_key")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("local", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
    )
    with op.batch_alter_table("person", schema=None) as batch_op:
        local = sa.text("local")
        batch_op.create_index("uq_person_local", ["local"], unique=True, sqlite_where=local, postgresql_where=local)

    op.create_table(
        "audit_entry",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("thing", sa.String(), nullable=False),
        sa.Column("thing_id", sa.String(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("before_hash", sa.String(), nullable=False),
        sa.Column("after_hash", sa.String(), nullable=False),
        sa.Column("previous", sa.String(), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_audit_entry_agency_id_agency")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_audit_entry_person_id_person")),
        sa.PrimaryKeyConstraint("agency_id", "seq", name=op.f("pk_audit_entry")),
    )
    op.create_table(
        "audit_head",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_audit_head_agency_id_agency")),
        sa.PrimaryKeyConstraint("agency_id", name=op.f("pk_audit_head")),
    )
    op.create_table(
        "chosen_pack",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("checklist_id", sa.String(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_chosen_pack_agency_id_agency")),
        sa.PrimaryKeyConstraint("agency_id", "checklist_id", "edition", name=op.f("pk_chosen_pack")),
    )
    op.create_table(
        "cycle",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("ends IS NULL OR ends >= starts", name=op.f("ck_cycle_order")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_cycle_agency_id_agency")),
        sa.PrimaryKeyConstraint("agency_id", "id", name=op.f("pk_cycle")),
        sa.UniqueConstraint("agency_id", "name_key", name=op.f("uq_cycle_agency_id_name_key")),
    )
    op.create_table(
        "membership",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_membership_agency_id_agency")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_membership_person_id_person")),
        sa.PrimaryKeyConstraint("agency_id", "person_id", "role", name=op.f("pk_membership")),
    )
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_membership_person_id"), ["person_id"], unique=False)

    op.create_table(
        "own_checklist",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("checklist_id", sa.String(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["added_by"], ["person.id"], name=op.f("fk_own_checklist_added_by_person")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_own_checklist_agency_id_agency")),
        sa.PrimaryKeyConstraint("agency_id", "checklist_id", "edition", name=op.f("pk_own_checklist")),
    )
    op.create_table(
        "site",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("setting", sa.String(), nullable=False),
        sa.Column("infants_on_site", sa.Boolean(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "setting IN ('residential', 'outpatient', 'opioid-treatment', 'hospital', 'home-visiting', 'other')",
            name=op.f("ck_site_setting"),
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_site_agency_id_agency")),
        sa.PrimaryKeyConstraint("agency_id", "id", name=op.f("pk_site")),
        sa.UniqueConstraint("agency_id", "name_key", name=op.f("uq_site_agency_id_name_key")),
    )
    op.create_table(
        "assessment",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("site_id", sa.String(), nullable=False),
        sa.Column("cycle_id", sa.String(), nullable=False),
        sa.Column("checklist_id", sa.String(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("edition_hash", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("raters", sa.String(), nullable=False),
        sa.Column("hours", sa.Float(), nullable=True),
        sa.Column("rests_on", sa.Text(), nullable=False),
        sa.Column("cover_version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_by", sa.String(), nullable=True),
        sa.Column("conditions", sa.String(), nullable=False),
        sa.Column("ratings_hash", sa.String(), nullable=False),
        sa.Column("engine", sa.String(), nullable=False),
        sa.Column("audit_link", sa.String(), nullable=False),
        sa.CheckConstraint("status IN ('draft', 'submitted', 'reopened')", name=op.f("ck_assessment_status")),
        sa.CheckConstraint("hours IS NULL OR hours >= 0", name=op.f("ck_assessment_hours")),
        sa.ForeignKeyConstraint(
            ["agency_id", "cycle_id"],
            ["cycle.agency_id", "cycle.id"],
            name=op.f("fk_assessment_agency_id_cycle_id_cycle"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id", "site_id"], ["site.agency_id", "site.id"], name=op.f("fk_assessment_agency_id_site_id_site")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_assessment_agency_id_agency")),
        sa.ForeignKeyConstraint(["created_by"], ["person.id"], name=op.f("fk_assessment_created_by_person")),
        sa.ForeignKeyConstraint(["submitted_by"], ["person.id"], name=op.f("fk_assessment_submitted_by_person")),
        sa.PrimaryKeyConstraint("agency_id", "id", name=op.f("pk_assessment")),
    )
    op.create_table(
        "audit_value",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id", "seq"],
            ["audit_entry.agency_id", "audit_entry.seq"],
            name=op.f("fk_audit_value_agency_id_seq_audit_entry"),
        ),
        sa.PrimaryKeyConstraint("agency_id", "seq", name=op.f("pk_audit_value")),
    )
    op.create_table(
        "last_place",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("assessment_id", sa.String(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id", "assessment_id"],
            ["assessment.agency_id", "assessment.id"],
            name=op.f("fk_last_place_agency_id_assessment_id_assessment"),
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_last_place_agency_id_agency")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_last_place_person_id_person")),
        sa.PrimaryKeyConstraint("agency_id", "person_id", name=op.f("pk_last_place")),
    )
    op.create_table(
        "sheet",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("assessment_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=True),
        sa.CheckConstraint("kind IN ('shared', 'blind', 'consensus')", name=op.f("ck_sheet_kind")),
        sa.ForeignKeyConstraint(
            ["agency_id", "assessment_id"],
            ["assessment.agency_id", "assessment.id"],
            name=op.f("fk_sheet_agency_id_assessment_id_assessment"),
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_sheet_agency_id_agency")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_sheet_person_id_person")),
        sa.PrimaryKeyConstraint("agency_id", "id", name=op.f("pk_sheet")),
    )
    op.create_table(
        "subject",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("assessment_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.CheckConstraint("kind IN ('site', 'staff', 'record', 'collaborative')", name=op.f("ck_subject_kind")),
        sa.ForeignKeyConstraint(
            ["agency_id", "assessment_id"],
            ["assessment.agency_id", "assessment.id"],
            name=op.f("fk_subject_agency_id_assessment_id_assessment"),
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_subject_agency_id_agency")),
        sa.PrimaryKeyConstraint("agency_id", "id", name=op.f("pk_subject")),
    )
    op.create_table(
        "summary_score",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("assessment_id", sa.String(), nullable=False),
        sa.Column("domain_id", sa.String(), nullable=False),
        sa.Column("mean_over", sa.Integer(), nullable=True),
        sa.Column("mean_under", sa.Integer(), nullable=True),
        sa.Column("low_over", sa.Integer(), nullable=True),
        sa.Column("low_under", sa.Integer(), nullable=True),
        sa.Column("high_over", sa.Integer(), nullable=True),
        sa.Column("high_under", sa.Integer(), nullable=True),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("applicable", sa.Integer(), nullable=False),
        sa.Column("rated", sa.Integer(), nullable=False),
        sa.Column("not_applicable", sa.Integer(), nullable=False),
        sa.Column("cannot_judge", sa.Integer(), nullable=False),
        sa.Column("at_target", sa.Integer(), nullable=False),
        sa.Column("caps", sa.Integer(), nullable=False),
        sa.Column("band", sa.String(), nullable=False),
        sa.Column("shown_band", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id", "assessment_id"],
            ["assessment.agency_id", "assessment.id"],
            name=op.f("fk_summary_score_agency_id_assessment_id_assessment"),
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_summary_score_agency_id_agency")),
        sa.PrimaryKeyConstraint("agency_id", "assessment_id", "domain_id", name=op.f("pk_summary_score")),
    )
    op.create_table(
        "evidence",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("sheet_id", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("indicator_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["added_by"], ["person.id"], name=op.f("fk_evidence_added_by_person")),
        sa.ForeignKeyConstraint(
            ["agency_id", "sheet_id"],
            ["sheet.agency_id", "sheet.id"],
            name=op.f("fk_evidence_agency_id_sheet_id_sheet"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id", "subject_id"],
            ["subject.agency_id", "subject.id"],
            name=op.f("fk_evidence_agency_id_subject_id_subject"),
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_evidence_agency_id_agency")),
        sa.PrimaryKeyConstraint("agency_id", "id", name=op.f("pk_evidence")),
    )
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_sheet_id"), ["sheet_id"], unique=False)

    op.create_table(
        "rating",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("sheet_id", sa.String(), nullable=False),
        sa.Column("subject_id", sa.String(), nullable=False),
        sa.Column("indicator_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("met", sa.Integer(), nullable=True),
        sa.Column("of", sa.Integer(), nullable=True),
        sa.Column("out_of", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("answer_version", sa.Integer(), nullable=False),
        sa.Column("answer_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answer_by", sa.String(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("note_version", sa.Integer(), nullable=False),
        sa.Column("note_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("note_by", sa.String(), nullable=True),
        sa.CheckConstraint("(state = 'level') = (level IS NOT NULL)", name=op.f("ck_rating_level_given")),
        sa.CheckConstraint("state <> 'not-applicable' OR reason <> ''", name=op.f("ck_rating_reason")),
        sa.CheckConstraint(
            "state IN ('unrated', 'level', 'not-applicable', 'cannot-judge')", name=op.f("ck_rating_state")
        ),
        sa.CheckConstraint(
            '(met IS NULL AND "of" IS NULL) OR (met >= 0 AND met <= "of" AND "of" > 0)', name=op.f("ck_rating_counts")
        ),
        sa.CheckConstraint("level BETWEEN 0 AND 4", name=op.f("ck_rating_level")),
        sa.CheckConstraint('out_of IS NULL OR out_of >= "of"', name=op.f("ck_rating_out_of")),
        sa.ForeignKeyConstraint(
            ["agency_id", "sheet_id"], ["sheet.agency_id", "sheet.id"], name=op.f("fk_rating_agency_id_sheet_id_sheet")
        ),
        sa.ForeignKeyConstraint(
            ["agency_id", "subject_id"],
            ["subject.agency_id", "subject.id"],
            name=op.f("fk_rating_agency_id_subject_id_subject"),
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_rating_agency_id_agency")),
        sa.ForeignKeyConstraint(["answer_by"], ["person.id"], name=op.f("fk_rating_answer_by_person")),
        sa.ForeignKeyConstraint(["note_by"], ["person.id"], name=op.f("fk_rating_note_by_person")),
        sa.PrimaryKeyConstraint("agency_id", "sheet_id", "subject_id", "indicator_id", name=op.f("pk_rating")),
    )
    refuse_changes_to_the_trail()


def refuse_changes_to_the_trail() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for change in CHANGES:
            op.execute(
                f"CREATE TRIGGER audit_entry_{change.lower()} BEFORE {change} ON audit_entry "
                f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
            )
        return
    op.execute(
        "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_entry_change BEFORE UPDATE OR DELETE ON audit_entry "
        "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
    )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for change in CHANGES:
            op.execute(f"DROP TRIGGER audit_entry_{change.lower()}")
    else:
        op.execute("DROP TRIGGER audit_entry_change ON audit_entry")
        op.execute("DROP FUNCTION refuse_change()")
    op.drop_table("rating")
    with op.batch_alter_table("evidence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evidence_sheet_id"))

    op.drop_table("evidence")
    op.drop_table("summary_score")
    op.drop_table("subject")
    op.drop_table("sheet")
    op.drop_table("last_place")
    op.drop_table("audit_value")
    op.drop_table("assessment")
    op.drop_table("site")
    op.drop_table("own_checklist")
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_membership_person_id"))

    op.drop_table("membership")
    op.drop_table("cycle")
    op.drop_table("chosen_pack")
    op.drop_table("audit_head")
    op.drop_table("audit_entry")
    op.drop_table("person")
    op.drop_table("agency")
