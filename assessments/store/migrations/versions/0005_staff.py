"""Staff members, what their roles need, ratings of competencies, courses and who attended."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "course",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("hours", sa.Float(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("valid_months", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.String(), nullable=False),
        sa.CheckConstraint(
            "format IN ('in-person', 'online-live', 'self-paced', 'coaching')", name=op.f("ck_course_format")
        ),
        sa.CheckConstraint("hours > 0", name=op.f("ck_course_hours")),
        sa.CheckConstraint("valid_months > 0", name=op.f("ck_course_valid")),
        sa.ForeignKeyConstraint(["added_by"], ["person.id"], name=op.f("fk_course_added_by_person")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_course_agency_id_agency")),
        sa.PrimaryKeyConstraint("agency_id", "id", name=op.f("pk_course")),
        sa.UniqueConstraint("agency_id", "name_key", name=op.f("uq_course_agency_id_name_key")),
    )
    op.create_table(
        "job_role",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_job_role_agency_id_agency")),
        sa.PrimaryKeyConstraint("agency_id", "id", name=op.f("pk_job_role")),
        sa.UniqueConstraint("agency_id", "name_key", name=op.f("uq_job_role_agency_id_name_key")),
    )
    op.create_table(
        "course_competency",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("course_id", sa.String(), nullable=False),
        sa.Column("checklist_id", sa.String(), nullable=False),
        sa.Column("indicator_id", sa.String(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.CheckConstraint("level BETWEEN 1 AND 4", name=op.f("ck_course_competency_level")),
        sa.ForeignKeyConstraint(
            ["agency_id", "course_id"],
            ["course.agency_id", "course.id"],
            name=op.f("fk_course_competency_agency_id_course_id_course"),
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_course_competency_agency_id_agency")),
        sa.PrimaryKeyConstraint(
            "agency_id", "course_id", "checklist_id", "indicator_id", name=op.f("pk_course_competency")
        ),
    )
    op.create_table(
        "role_need",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("role_id", sa.String(), nullable=False),
        sa.Column("checklist_id", sa.String(), nullable=False),
        sa.Column("indicator_id", sa.String(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.CheckConstraint("level BETWEEN 1 AND 4", name=op.f("ck_role_need_level")),
        sa.ForeignKeyConstraint(
            ["agency_id", "role_id"],
            ["job_role.agency_id", "job_role.id"],
            name=op.f("fk_role_need_agency_id_role_id_job_role"),
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_role_need_agency_id_agency")),
        sa.PrimaryKeyConstraint("agency_id", "role_id", "checklist_id", "indicator_id", name=op.f("pk_role_need")),
    )
    op.create_table(
        "staff_member",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("site_id", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("code_key", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("person_id", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.String(), nullable=False),
        sa.CheckConstraint("ends IS NULL OR ends >= starts", name=op.f("ck_staff_member_order")),
        sa.ForeignKeyConstraint(["added_by"], ["person.id"], name=op.f("fk_staff_member_added_by_person")),
        sa.ForeignKeyConstraint(
            ["agency_id", "site_id"], ["site.agency_id", "site.id"], name=op.f("fk_staff_member_agency_id_site_id_site")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_staff_member_agency_id_agency")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_staff_member_person_id_person")),
        sa.PrimaryKeyConstraint("agency_id", "id", name=op.f("pk_staff_member")),
        sa.UniqueConstraint("agency_id", "code_key", name=op.f("uq_staff_member_agency_id_code_key")),
        sa.UniqueConstraint("agency_id", "person_id", name=op.f("uq_staff_member_agency_id_person_id")),
    )
    op.create_table(
        "training_session",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("course_id", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["added_by"], ["person.id"], name=op.f("fk_training_session_added_by_person")),
        sa.ForeignKeyConstraint(
            ["agency_id", "course_id"],
            ["course.agency_id", "course.id"],
            name=op.f("fk_training_session_agency_id_course_id_course"),
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_training_session_agency_id_agency")),
        sa.PrimaryKeyConstraint("agency_id", "id", name=op.f("pk_training_session")),
    )
    op.create_index(op.f("ix_training_session_course_id"), "training_session", ["course_id"])
    op.create_table(
        "attendance",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("session_id", sa.String(), nullable=False),
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.CheckConstraint("state IN ('expected', 'attended', 'absent')", name=op.f("ck_attendance_state")),
        sa.ForeignKeyConstraint(
            ["agency_id", "session_id"],
            ["training_session.agency_id", "training_session.id"],
            name=op.f("fk_attendance_agency_id_session_id_training_session"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id", "staff_id"],
            ["staff_member.agency_id", "staff_member.id"],
            name=op.f("fk_attendance_agency_id_staff_id_staff_member"),
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_attendance_agency_id_agency")),
        sa.PrimaryKeyConstraint("agency_id", "session_id", "staff_id", name=op.f("pk_attendance")),
    )
    op.create_table(
        "competency_rating",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("checklist_id", sa.String(), nullable=False),
        sa.Column("indicator_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("shown_in", sa.String(), nullable=False),
        sa.Column("correct", sa.Integer(), nullable=True),
        sa.Column("asked", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_by", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'knowledge-check') = (asked IS NOT NULL AND correct IS NOT NULL)",
            name=op.f("ck_competency_rating_checked"),
        ),
        sa.CheckConstraint(
            "kind IN ('self', 'supervisor', 'observer', 'knowledge-check')", name=op.f("ck_competency_rating_kind")
        ),
        sa.CheckConstraint(
            "shown_in IN ('', 'live', 'recording', 'role-play', 'case-discussion', 'note', 'session')",
            name=op.f("ck_competency_rating_shown_in"),
        ),
        sa.CheckConstraint("asked > 0 AND correct >= 0 AND correct <= asked", name=op.f("ck_competency_rating_counts")),
        sa.CheckConstraint("level BETWEEN 0 AND 4", name=op.f("ck_competency_rating_level")),
        sa.ForeignKeyConstraint(
            ["agency_id", "staff_id"],
            ["staff_member.agency_id", "staff_member.id"],
            name=op.f("fk_competency_rating_agency_id_staff_id_staff_member"),
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_competency_rating_agency_id_agency")),
        sa.ForeignKeyConstraint(["given_by"], ["person.id"], name=op.f("fk_competency_rating_given_by_person")),
        sa.PrimaryKeyConstraint(
            "agency_id", "staff_id", "checklist_id", "indicator_id", "kind", "on", name=op.f("pk_competency_rating")
        ),
    )
    op.create_table(
        "staff_role",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("role_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id", "role_id"],
            ["job_role.agency_id", "job_role.id"],
            name=op.f("fk_staff_role_agency_id_role_id_job_role"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id", "staff_id"],
            ["staff_member.agency_id", "staff_member.id"],
            name=op.f("fk_staff_role_agency_id_staff_id_staff_member"),
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_staff_role_agency_id_agency")),
        sa.PrimaryKeyConstraint("agency_id", "staff_id", "role_id", name=op.f("pk_staff_role")),
    )
    op.create_table(
        "supervision",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("staff_id", sa.String(), nullable=False),
        sa.Column("supervisor_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id", "staff_id"],
            ["staff_member.agency_id", "staff_member.id"],
            name=op.f("fk_supervision_agency_id_staff_id_staff_member"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id", "supervisor_id"],
            ["staff_member.agency_id", "staff_member.id"],
            name=op.f("fk_supervision_agency_id_supervisor_id_staff_member"),
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_supervision_agency_id_agency")),
        sa.PrimaryKeyConstraint("agency_id", "staff_id", name=op.f("pk_supervision")),
    )
    op.create_index(op.f("ix_supervision_supervisor_id"), "supervision", ["supervisor_id"])
    op.add_column("agency", sa.Column("names_for_trainers", sa.Boolean(), server_default=sa.false(), nullable=False))


def downgrade() -> None:
    op.drop_column("agency", "names_for_trainers")
    op.drop_index(op.f("ix_supervision_supervisor_id"), "supervision")
    op.drop_table("supervision")
    op.drop_table("staff_role")
    op.drop_table("competency_rating")
    op.drop_table("attendance")
    op.drop_index(op.f("ix_training_session_course_id"), "training_session")
    op.drop_table("training_session")
    op.drop_table("staff_member")
    op.drop_table("role_need")
    op.drop_table("course_competency")
    op.drop_table("job_role")
    op.drop_table("course")
