"""Reviews of records, the team and the partners behind the plans, and quarterly counts."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agency_text",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("written_by", sa.String(), nullable=False),
        sa.CheckConstraint("key IN ('notification')", name=op.f("ck_agency_text_key")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_agency_text_agency_id_agency")),
        sa.ForeignKeyConstraint(["written_by"], ["person.id"], name=op.f("fk_agency_text_written_by_person")),
        sa.PrimaryKeyConstraint("agency_id", "key", name=op.f("pk_agency_text")),
    )
    op.create_table(
        "partner",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("site_id", sa.String(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("refers", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "kind IN ('prenatal-care', 'pediatric', 'early-intervention', 'early-childhood', 'parenting', "
            "'family', 'child-welfare', 'recovery-coaching', 'case-management', 'recovery-center', 'other')",
            name=op.f("ck_partner_kind"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id", "site_id"], ["site.agency_id", "site.id"], name=op.f("fk_partner_agency_id_site_id_site")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_partner_agency_id_agency")),
        sa.PrimaryKeyConstraint("agency_id", "id", name=op.f("pk_partner")),
        sa.UniqueConstraint("agency_id", "name_key", name=op.f("uq_partner_agency_id_name_key")),
    )
    op.create_table(
        "quarter_count",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("site_id", sa.String(), nullable=False),
        sa.Column("quarter", sa.String(), nullable=False),
        sa.Column("identified", sa.Integer(), nullable=True),
        sa.Column("with_plan", sa.Integer(), nullable=True),
        sa.Column("with_referral", sa.Integer(), nullable=True),
        sa.Column("caregivers_referred", sa.Integer(), nullable=True),
        sa.Column("received", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("counted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("counted_by", sa.String(), nullable=False),
        sa.CheckConstraint(
            "identified >= 0 AND with_plan >= 0 AND with_referral >= 0 AND caregivers_referred >= 0 AND received >= 0",
            name=op.f("ck_quarter_count_counts"),
        ),
        sa.CheckConstraint(
            "with_plan <= identified AND with_referral <= identified AND received <= identified",
            name=op.f("ck_quarter_count_of_identified"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id", "site_id"],
            ["site.agency_id", "site.id"],
            name=op.f("fk_quarter_count_agency_id_site_id_site"),
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_quarter_count_agency_id_agency")),
        sa.ForeignKeyConstraint(["counted_by"], ["person.id"], name=op.f("fk_quarter_count_counted_by_person")),
        sa.PrimaryKeyConstraint("agency_id", "site_id", "quarter", name=op.f("pk_quarter_count")),
    )
    op.create_table(
        "review",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("site_id", sa.String(), nullable=False),
        sa.Column("cycle_id", sa.String(), nullable=False),
        sa.Column("of", sa.String(), nullable=False),
        sa.Column("replacement", sa.Text(), nullable=False),
        sa.Column("stratify", sa.String(), nullable=False),
        sa.Column("margin", sa.Integer(), nullable=False),
        sa.Column("start_days", sa.Integer(), nullable=True),
        sa.Column("service_days", sa.Integer(), nullable=True),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("drawn_by", sa.String(), nullable=True),
        sa.Column("compared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(drawn_at IS NULL) = (seed = '') AND (drawn_at IS NULL) = (size = 0)", name=op.f("ck_review_drawn")
        ),
        sa.CheckConstraint("stratify IN ('', 'quarter', 'began', 'identified')", name=op.f("ck_review_stratify")),
        sa.CheckConstraint("margin IN (0, 10, 15)", name=op.f("ck_review_margin")),
        sa.CheckConstraint("start_days > 0 AND service_days > 0", name=op.f("ck_review_days")),
        sa.ForeignKeyConstraint(
            ["agency_id", "cycle_id"], ["cycle.agency_id", "cycle.id"], name=op.f("fk_review_agency_id_cycle_id_cycle")
        ),
        sa.ForeignKeyConstraint(
            ["agency_id", "site_id"], ["site.agency_id", "site.id"], name=op.f("fk_review_agency_id_site_id_site")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_review_agency_id_agency")),
        sa.ForeignKeyConstraint(["drawn_by"], ["person.id"], name=op.f("fk_review_drawn_by_person")),
        sa.PrimaryKeyConstraint("agency_id", "id", name=op.f("pk_review")),
        sa.UniqueConstraint(
            "agency_id", "site_id", "cycle_id", "of", name=op.f("uq_review_agency_id_site_id_cycle_id_of")
        ),
    )
    op.create_table(
        "agreement",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("partner_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("our_lead", sa.String(), nullable=False),
        sa.Column("their_lead", sa.String(), nullable=False),
        sa.Column("signed", sa.Date(), nullable=True),
        sa.Column("expires", sa.Date(), nullable=True),
        sa.Column("last_used", sa.Date(), nullable=True),
        sa.Column("logged", sa.Boolean(), nullable=False),
        sa.Column("last_reviewed", sa.Date(), nullable=True),
        sa.Column("sharing_terms", sa.Text(), nullable=False),
        sa.Column("consent_terms", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('qsoa', 'mou', 'other')", name=op.f("ck_agreement_kind")),
        sa.CheckConstraint("expires IS NULL OR signed IS NULL OR expires >= signed", name=op.f("ck_agreement_order")),
        sa.ForeignKeyConstraint(
            ["agency_id", "partner_id"],
            ["partner.agency_id", "partner.id"],
            name=op.f("fk_agreement_agency_id_partner_id_partner"),
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_agreement_agency_id_agency")),
        sa.PrimaryKeyConstraint("agency_id", "id", name=op.f("pk_agreement")),
    )
    op.create_index(op.f("ix_agreement_partner_id"), "agreement", ["partner_id"])

    op.create_table(
        "record",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("review_id", sa.String(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("code_key", sa.String(), nullable=False),
        sa.Column("quarter", sa.String(), nullable=False),
        sa.Column("identified", sa.String(), nullable=False),
        sa.Column("began", sa.String(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=True),
        sa.Column("second", sa.Boolean(), nullable=False),
        sa.Column("put_aside", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("began IN ('', 'before-birth', 'after-birth', 'no-plan')", name=op.f("ck_record_began")),
        sa.CheckConstraint(
            "identified IN ('', 'in-pregnancy', 'at-birth', 'after-birth')", name=op.f("ck_record_identified")
        ),
        sa.CheckConstraint(
            "put_aside IN ('', 'not-found', 'not-eligible', 'not-readable')", name=op.f("ck_record_put_aside")
        ),
        sa.CheckConstraint("turn IS NOT NULL OR (put_aside = '' AND NOT second)", name=op.f("ck_record_drawn")),
        sa.ForeignKeyConstraint(
            ["agency_id", "review_id"],
            ["review.agency_id", "review.id"],
            name=op.f("fk_record_agency_id_review_id_review"),
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_record_agency_id_agency")),
        sa.PrimaryKeyConstraint("agency_id", "id", name=op.f("pk_record")),
        sa.UniqueConstraint("agency_id", "review_id", "code_key", name=op.f("uq_record_agency_id_review_id_code_key")),
    )
    op.create_table(
        "team_role",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("site_id", sa.String(), nullable=False),
        sa.Column("indicator_id", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("substitute", sa.String(), nullable=False),
        sa.Column("partner_id", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id", "partner_id"],
            ["partner.agency_id", "partner.id"],
            name=op.f("fk_team_role_agency_id_partner_id_partner"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id", "site_id"], ["site.agency_id", "site.id"], name=op.f("fk_team_role_agency_id_site_id_site")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_team_role_agency_id_agency")),
        sa.PrimaryKeyConstraint("agency_id", "site_id", "indicator_id", name=op.f("pk_team_role")),
    )
    op.create_table(
        "record_clock",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("record_id", sa.String(), nullable=False),
        sa.Column("clock", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("elapsed", sa.Integer(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_by", sa.String(), nullable=False),
        sa.CheckConstraint(
            "state IN ('met', 'not-met', 'not-applicable', 'cannot-judge')", name=op.f("ck_record_clock_state")
        ),
        sa.ForeignKeyConstraint(
            ["agency_id", "record_id"],
            ["record.agency_id", "record.id"],
            name=op.f("fk_record_clock_agency_id_record_id_record"),
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_record_clock_agency_id_agency")),
        sa.ForeignKeyConstraint(["given_by"], ["person.id"], name=op.f("fk_record_clock_given_by_person")),
        sa.PrimaryKeyConstraint("agency_id", "record_id", "clock", name=op.f("pk_record_clock")),
    )
    op.create_table(
        "record_rating",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("assessment_id", sa.String(), nullable=False),
        sa.Column("reader", sa.String(), nullable=False),
        sa.Column("record_id", sa.String(), nullable=False),
        sa.Column("indicator_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("clocked", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_by", sa.String(), nullable=False),
        sa.CheckConstraint("(state = 'level') = (level IS NOT NULL)", name=op.f("ck_record_rating_level_given")),
        sa.CheckConstraint("reader IN ('first', 'second', 'agreed')", name=op.f("ck_record_rating_reader")),
        sa.CheckConstraint(
            "state IN ('unrated', 'level', 'not-applicable', 'cannot-judge')", name=op.f("ck_record_rating_state")
        ),
        sa.CheckConstraint("level BETWEEN 0 AND 4", name=op.f("ck_record_rating_level")),
        sa.ForeignKeyConstraint(
            ["agency_id", "assessment_id"],
            ["assessment.agency_id", "assessment.id"],
            name=op.f("fk_record_rating_agency_id_assessment_id_assessment"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id", "record_id"],
            ["record.agency_id", "record.id"],
            name=op.f("fk_record_rating_agency_id_record_id_record"),
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_record_rating_agency_id_agency")),
        sa.ForeignKeyConstraint(["given_by"], ["person.id"], name=op.f("fk_record_rating_given_by_person")),
        sa.PrimaryKeyConstraint(
            "agency_id", "assessment_id", "reader", "record_id", "indicator_id", name=op.f("pk_record_rating")
        ),
    )
    op.create_index(
        "ix_record_rating_answers",
        "record_rating",
        ["agency_id", "assessment_id", "reader", "state", "level", "indicator_id", "record_id"],
    )
    op.create_table(
        "took_part",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("record_id", sa.String(), nullable=False),
        sa.Column("indicator_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("given_by", sa.String(), nullable=False),
        sa.CheckConstraint("state IN ('took-part', 'not-there', 'not-relevant')", name=op.f("ck_took_part_state")),
        sa.ForeignKeyConstraint(
            ["agency_id", "record_id"],
            ["record.agency_id", "record.id"],
            name=op.f("fk_took_part_agency_id_record_id_record"),
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_took_part_agency_id_agency")),
        sa.ForeignKeyConstraint(["given_by"], ["person.id"], name=op.f("fk_took_part_given_by_person")),
        sa.PrimaryKeyConstraint("agency_id", "record_id", "indicator_id", name=op.f("pk_took_part")),
    )
    op.create_index(
        "ix_competency_rating_levels",
        "competency_rating",
        ["agency_id", "checklist_id", "staff_id", "indicator_id", "kind", "on", "level"],
    )


def downgrade() -> None:
    op.drop_index("ix_competency_rating_levels", "competency_rating")
    op.drop_table("took_part")
    op.drop_table("record_rating")
    op.drop_table("record_clock")
    op.drop_table("team_role")
    op.drop_table("record")
    op.drop_index(op.f("ix_agreement_partner_id"), "agreement")

    op.drop_table("agreement")
    op.drop_table("review")
    op.drop_table("quarter_count")
    op.drop_table("partner")
    op.drop_table("agency_text")
