"""What the team says of gaps, its priorities, and the plan for each: actions, tests of change, measures."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "priority",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("assessment_id", sa.String(), nullable=False),
        sa.Column("indicator_id", sa.String(), nullable=False),
        sa.Column("because", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("chosen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("chosen_by", sa.String(), nullable=False),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dropped_because", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id", "assessment_id"],
            ["assessment.agency_id", "assessment.id"],
            name=op.f("fk_priority_agency_id_assessment_id_assessment"),
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_priority_agency_id_agency")),
        sa.ForeignKeyConstraint(["chosen_by"], ["person.id"], name=op.f("fk_priority_chosen_by_person")),
        sa.PrimaryKeyConstraint("agency_id", "id", name=op.f("pk_priority")),
    )
    op.create_index(op.f("ix_priority_assessment_id"), "priority", ["assessment_id"], unique=False)
    op.create_table(
        "weighing",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("assessment_id", sa.String(), nullable=False),
        sa.Column("indicator_id", sa.String(), nullable=False),
        sa.Column("harm", sa.Integer(), nullable=True),
        sa.Column("effort", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.CheckConstraint("effort BETWEEN 1 AND 3", name=op.f("ck_weighing_effort")),
        sa.CheckConstraint("harm BETWEEN 1 AND 3", name=op.f("ck_weighing_harm")),
        sa.ForeignKeyConstraint(
            ["agency_id", "assessment_id"],
            ["assessment.agency_id", "assessment.id"],
            name=op.f("fk_weighing_agency_id_assessment_id_assessment"),
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_weighing_agency_id_agency")),
        sa.ForeignKeyConstraint(["set_by"], ["person.id"], name=op.f("fk_weighing_set_by_person")),
        sa.PrimaryKeyConstraint("agency_id", "assessment_id", "indicator_id", name=op.f("pk_weighing")),
    )
    op.create_table(
        "action",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("priority_id", sa.String(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.String(), nullable=False),
        sa.CheckConstraint("(status = 'done') = (done_on IS NOT NULL)", name=op.f("ck_action_done")),
        sa.CheckConstraint("status IN ('planned', 'under way', 'done', 'dropped')", name=op.f("ck_action_status")),
        sa.CheckConstraint("due IS NULL OR starts IS NULL OR due >= starts", name=op.f("ck_action_order")),
        sa.ForeignKeyConstraint(["added_by"], ["person.id"], name=op.f("fk_action_added_by_person")),
        sa.ForeignKeyConstraint(
            ["agency_id", "priority_id"],
            ["priority.agency_id", "priority.id"],
            name=op.f("fk_action_agency_id_priority_id_priority"),
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_action_agency_id_agency")),
        sa.PrimaryKeyConstraint("agency_id", "id", name=op.f("pk_action")),
    )
    op.create_index(op.f("ix_action_priority_id"), "action", ["priority_id"], unique=False)
    op.create_table(
        "measure",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("priority_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("unit", sa.String(), nullable=False),
        sa.Column("better", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.String(), nullable=False),
        sa.CheckConstraint("better IN ('up', 'down')", name=op.f("ck_measure_better")),
        sa.ForeignKeyConstraint(["added_by"], ["person.id"], name=op.f("fk_measure_added_by_person")),
        sa.ForeignKeyConstraint(
            ["agency_id", "priority_id"],
            ["priority.agency_id", "priority.id"],
            name=op.f("fk_measure_agency_id_priority_id_priority"),
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_measure_agency_id_agency")),
        sa.PrimaryKeyConstraint("agency_id", "id", name=op.f("pk_measure")),
    )
    op.create_index(op.f("ix_measure_priority_id"), "measure", ["priority_id"], unique=False)
    op.create_table(
        "round",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("priority_id", sa.String(), nullable=False),
        sa.Column("change", sa.String(), nullable=False),
        sa.Column("prediction", sa.Text(), nullable=False),
        sa.Column("starts", sa.Date(), nullable=False),
        sa.Column("ends", sa.Date(), nullable=True),
        sa.Column("did", sa.Text(), nullable=False),
        sa.Column("learned", sa.Text(), nullable=False),
        sa.Column("decision", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.String(), nullable=False),
        sa.CheckConstraint("decision IN ('', 'adopt', 'adapt', 'abandon')", name=op.f("ck_round_decision")),
        sa.CheckConstraint("ends IS NULL OR ends >= starts", name=op.f("ck_round_order")),
        sa.ForeignKeyConstraint(["added_by"], ["person.id"], name=op.f("fk_round_added_by_person")),
        sa.ForeignKeyConstraint(
            ["agency_id", "priority_id"],
            ["priority.agency_id", "priority.id"],
            name=op.f("fk_round_agency_id_priority_id_priority"),
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_round_agency_id_agency")),
        sa.PrimaryKeyConstraint("agency_id", "id", name=op.f("pk_round")),
    )
    op.create_index(op.f("ix_round_priority_id"), "round", ["priority_id"], unique=False)
    op.create_table(
        "measured_value",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("measure_id", sa.String(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("of", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.String(), nullable=False),
        sa.CheckConstraint(
            '"of" IS NULL OR ("of" > 0 AND value >= 0 AND value <= "of")', name=op.f("ck_measured_value_counts")
        ),
        sa.ForeignKeyConstraint(["added_by"], ["person.id"], name=op.f("fk_measured_value_added_by_person")),
        sa.ForeignKeyConstraint(
            ["agency_id", "measure_id"],
            ["measure.agency_id", "measure.id"],
            name=op.f("fk_measured_value_agency_id_measure_id_measure"),
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_measured_value_agency_id_agency")),
        sa.PrimaryKeyConstraint("agency_id", "measure_id", "on", name=op.f("pk_measured_value")),
    )


def downgrade() -> None:
    op.drop_table("measured_value")
    op.drop_table("round")
    op.drop_table("measure")
    op.drop_table("action")
    op.drop_table("weighing")
    op.drop_table("priority")
