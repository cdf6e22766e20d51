"""Raters and their blind sheets, targets, moves, files of evidence, trial ratings; how far a gap reaches."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

WITH_CHECKS = (
    ("weighing", "scope", "scope", "scope IN ('', 'limited', 'pattern', 'widespread')"),
    ("sheet", "rater", "rater", "(kind = 'blind') = (rater <> '')"),
    ("sheet", "rater_key", "rater_key", "(rater = '') = (rater_key = '')"),
    ("sheet", "rater_kind", "rater_kind_given", "(rater = '') = (rater_kind = '')"),
)
"""Table, column, check, condition. Alembic would rebuild the table on SQLite, and lose the checks that are there."""


def upgrade() -> None:
    op.create_table(
        "trial",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("rater_key", sa.String(), nullable=False),
        sa.Column("checklist_id", sa.String(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("vignette_id", sa.String(), nullable=False),
        sa.Column("indicator_id", sa.String(), nullable=False),
        sa.Column("rater", sa.String(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_by", sa.String(), nullable=False),
        sa.CheckConstraint("level BETWEEN 0 AND 4", name=op.f("ck_trial_level")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_trial_agency_id_agency")),
        sa.ForeignKeyConstraint(["given_by"], ["person.id"], name=op.f("fk_trial_given_by_person")),
        sa.PrimaryKeyConstraint(
            "agency_id", "rater_key", "checklist_id", "edition", "vignette_id", "indicator_id", name=op.f("pk_trial")
        ),
    )
    op.create_table(
        "move",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("assessment_id", sa.String(), nullable=False),
        sa.Column("indicator_id", sa.String(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("because", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("moved_by", sa.String(), nullable=False),
        sa.CheckConstraint('"rank" >= 1', name=op.f("ck_move_rank")),
        sa.ForeignKeyConstraint(
            ["agency_id", "assessment_id"],
            ["assessment.agency_id", "assessment.id"],
            name=op.f("fk_move_agency_id_assessment_id_assessment"),
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_move_agency_id_agency")),
        sa.ForeignKeyConstraint(["moved_by"], ["person.id"], name=op.f("fk_move_moved_by_person")),
        sa.PrimaryKeyConstraint("agency_id", "assessment_id", "indicator_id", name=op.f("pk_move")),
    )
    op.create_table(
        "target",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("assessment_id", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.Column("about_id", sa.String(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("by", sa.Date(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.CheckConstraint("about IN ('indicator', 'domain')", name=op.f("ck_target_about")),
        sa.CheckConstraint("level BETWEEN 1 AND 4", name=op.f("ck_target_level")),
        sa.ForeignKeyConstraint(
            ["agency_id", "assessment_id"],
            ["assessment.agency_id", "assessment.id"],
            name=op.f("fk_target_agency_id_assessment_id_assessment"),
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_target_agency_id_agency")),
        sa.ForeignKeyConstraint(["set_by"], ["person.id"], name=op.f("fk_target_set_by_person")),
        sa.PrimaryKeyConstraint("agency_id", "assessment_id", "about", "about_id", name=op.f("pk_target")),
    )
    op.create_table(
        "evidence_file",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("evidence_id", sa.String(), nullable=False),
        sa.Column("stored_as", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.String(), nullable=False),
        sa.CheckConstraint("size > 0", name=op.f("ck_evidence_file_size")),
        sa.ForeignKeyConstraint(["added_by"], ["person.id"], name=op.f("fk_evidence_file_added_by_person")),
        sa.ForeignKeyConstraint(
            ["agency_id", "evidence_id"],
            ["evidence.agency_id", "evidence.id"],
            name=op.f("fk_evidence_file_agency_id_evidence_id_evidence"),
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_evidence_file_agency_id_agency")),
        sa.PrimaryKeyConstraint("agency_id", "evidence_id", name=op.f("pk_evidence_file")),
        sa.UniqueConstraint("stored_as", name=op.f("uq_evidence_file_stored_as")),
    )
    op.add_column("evidence", sa.Column("review_months", sa.Integer(), nullable=True))
    op.add_column("rating", sa.Column("because", sa.String(), server_default=sa.text("''"), nullable=False))
    for table, column, check, condition in WITH_CHECKS:
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN {column} VARCHAR DEFAULT '' NOT NULL "
            f"CONSTRAINT ck_{table}_{check} CHECK ({condition})"
        )
    op.add_column("sheet", sa.Column("begun_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("sheet", sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True))
    op.create_index("uq_sheet_rater_key", "sheet", ["agency_id", "assessment_id", "rater_key"], unique=True)


def downgrade() -> None:
    op.drop_index("uq_sheet_rater_key", "sheet")
    op.drop_column("sheet", "submitted_at")
    op.drop_column("sheet", "begun_at")
    for table, column, _check, _condition in reversed(WITH_CHECKS):
        op.drop_column(table, column)
    op.drop_column("rating", "because")
    op.drop_column("evidence", "review_months")
    op.drop_table("evidence_file")
    op.drop_table("target")
    op.drop_table("move")
    op.drop_table("trial")
