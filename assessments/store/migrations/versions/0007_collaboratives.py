"""Collaboratives, what agencies share in them, help among peers, and sign-in by identities of providers."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("agency", schema=None) as batch_op:
        # That a name is taken would tell one agency of another.
        batch_op.drop_constraint(batch_op.f("uq_agency_name_key"), type_="unique")
    with op.batch_alter_table("browser_session", schema=None) as batch_op:
        batch_op.add_column(sa.Column("person_id", sa.String(), nullable=True))
        batch_op.create_index(batch_op.f("ix_browser_session_person_id"), ["person_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_browser_session_person_id_person"), "person", ["person_id"], ["id"])
    op.create_table(
        "sign_in",
        sa.Column("state_hash", sa.String(), nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("browser_hash", sa.String(), nullable=False),
        sa.Column("nonce", sa.String(), nullable=False),
        sa.Column("verifier", sa.String(), nullable=False),
        sa.Column("invitation_hash", sa.String(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("state_hash", name=op.f("pk_sign_in")),
    )
    op.create_table(
        "collaborative",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("fewest", sa.Integer(), nullable=False),
        sa.Column("allowed_by", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("fewest >= 11 OR allowed_by <> ''", name=op.f("ck_collaborative_allowed")),
        sa.CheckConstraint("fewest BETWEEN 5 AND 100", name=op.f("ck_collaborative_fewest")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_collaborative_agency_id_agency")),
        sa.PrimaryKeyConstraint("agency_id", name=op.f("pk_collaborative")),
    )
    op.create_table(
        "host_role",
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("role IN ('host-administrator')", name=op.f("ck_host_role_role")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_host_role_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", "role", name=op.f("pk_host_role")),
    )
    op.create_table(
        "identity",
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("bound_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_identity_person_id_person")),
        sa.PrimaryKeyConstraint("issuer", "subject", name=op.f("pk_identity")),
    )
    op.create_index(op.f("ix_identity_person_id"), "identity", ["person_id"], unique=False)
    op.create_table(
        "invitation",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("roles", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("used_by", sa.String(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_invitation_agency_id_agency")),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_invitation_made_by_person")),
        sa.ForeignKeyConstraint(["used_by"], ["person.id"], name=op.f("fk_invitation_used_by_person")),
        sa.PrimaryKeyConstraint("agency_id", "id", name=op.f("pk_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitation_token_hash")),
    )
    op.create_table(
        "collaborative_member",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("member_id", sa.String(), nullable=False),
        sa.Column("guest", sa.Boolean(), nullable=False),
        sa.Column("joined_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("joined_by", sa.String(), nullable=False),
        sa.Column("left_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("agency_id <> member_id", name=op.f("ck_collaborative_member_apart")),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["collaborative.agency_id"], name=op.f("fk_collaborative_member_agency_id_collaborative")
        ),
        sa.ForeignKeyConstraint(["joined_by"], ["person.id"], name=op.f("fk_collaborative_member_joined_by_person")),
        sa.ForeignKeyConstraint(["member_id"], ["agency.id"], name=op.f("fk_collaborative_member_member_id_agency")),
        sa.PrimaryKeyConstraint("agency_id", "member_id", name=op.f("pk_collaborative_member")),
    )
    op.create_index(op.f("ix_collaborative_member_member_id"), "collaborative_member", ["member_id"], unique=False)
    op.create_table(
        "peer_offer",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("collaborative_id", sa.String(), nullable=False),
        sa.Column("site_id", sa.String(), nullable=False),
        sa.Column("checklist_id", sa.String(), nullable=False),
        sa.Column("indicator_id", sa.String(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("offered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("offered_by", sa.String(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id", "site_id"], ["site.agency_id", "site.id"], name=op.f("fk_peer_offer_agency_id_site_id_site")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_peer_offer_agency_id_agency")),
        sa.ForeignKeyConstraint(
            ["collaborative_id", "agency_id"],
            ["collaborative_member.agency_id", "collaborative_member.member_id"],
            name=op.f("fk_peer_offer_collaborative_id_agency_id_collaborative_member"),
        ),
        sa.ForeignKeyConstraint(["offered_by"], ["person.id"], name=op.f("fk_peer_offer_offered_by_person")),
        sa.PrimaryKeyConstraint("agency_id", "id", name=op.f("pk_peer_offer")),
        sa.UniqueConstraint(
            "agency_id",
            "collaborative_id",
            "site_id",
            "checklist_id",
            "indicator_id",
            name="uq_peer_offer_once",
        ),
    )
    op.create_index(op.f("ix_peer_offer_collaborative_id"), "peer_offer", ["collaborative_id"], unique=False)
    op.create_table(
        "share",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("collaborative_id", sa.String(), nullable=False),
        sa.Column("checklist_id", sa.String(), nullable=False),
        sa.Column("cycle_id", sa.String(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shared_by", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("how IN ('aggregate', 'blinded', 'named')", name=op.f("ck_share_how")),
        sa.ForeignKeyConstraint(
            ["agency_id", "cycle_id"], ["cycle.agency_id", "cycle.id"], name=op.f("fk_share_agency_id_cycle_id_cycle")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_share_agency_id_agency")),
        sa.ForeignKeyConstraint(
            ["collaborative_id", "agency_id"],
            ["collaborative_member.agency_id", "collaborative_member.member_id"],
            name=op.f("fk_share_collaborative_id_agency_id_collaborative_member"),
        ),
        sa.ForeignKeyConstraint(["shared_by"], ["person.id"], name=op.f("fk_share_shared_by_person")),
        sa.PrimaryKeyConstraint("agency_id", "collaborative_id", "checklist_id", "cycle_id", name=op.f("pk_share")),
    )
    op.create_index(op.f("ix_share_collaborative_id"), "share", ["collaborative_id"], unique=False)
    op.create_table(
        "peer_ask",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("asked_by_agency", sa.String(), nullable=False),
        sa.Column("offered_by_agency", sa.String(), nullable=False),
        sa.Column("offer_id", sa.String(), nullable=False),
        sa.Column("says", sa.Text(), nullable=False),
        sa.Column("asker_name", sa.String(), nullable=False),
        sa.Column("asker_contact", sa.Text(), nullable=False),
        sa.Column("offerer_name", sa.String(), nullable=False),
        sa.Column("offerer_contact", sa.Text(), nullable=False),
        sa.Column("word", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('asked', 'passed-on', 'agreed', 'declined', 'withdrawn')", name=op.f("ck_peer_ask_state")
        ),
        sa.CheckConstraint("asked_by_agency <> offered_by_agency", name=op.f("ck_peer_ask_apart")),
        sa.ForeignKeyConstraint(
            ["agency_id", "asked_by_agency"],
            ["collaborative_member.agency_id", "collaborative_member.member_id"],
            name=op.f("fk_peer_ask_agency_id_asked_by_agency_collaborative_member"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id", "offered_by_agency"],
            ["collaborative_member.agency_id", "collaborative_member.member_id"],
            name=op.f("fk_peer_ask_agency_id_offered_by_agency_collaborative_member"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["collaborative.agency_id"], name=op.f("fk_peer_ask_agency_id_collaborative")
        ),
        sa.ForeignKeyConstraint(["asked_by"], ["person.id"], name=op.f("fk_peer_ask_asked_by_person")),
        sa.ForeignKeyConstraint(
            ["offered_by_agency", "offer_id"],
            ["peer_offer.agency_id", "peer_offer.id"],
            name=op.f("fk_peer_ask_offered_by_agency_offer_id_peer_offer"),
        ),
        sa.PrimaryKeyConstraint("agency_id", "id", name=op.f("pk_peer_ask")),
    )
    op.create_table(
        "cohort",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("checklist_id", sa.String(), nullable=False),
        sa.Column("edition_hash", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["collaborative.agency_id"], name=op.f("fk_cohort_agency_id_collaborative")
        ),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_cohort_made_by_person")),
        sa.PrimaryKeyConstraint("agency_id", "id", name=op.f("pk_cohort")),
    )
    op.create_table(
        "count_release",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("quarter", sa.String(), nullable=False),
        sa.Column("fewest", sa.Integer(), nullable=False),
        sa.Column("hidden", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.CheckConstraint("fewest >= 5", name=op.f("ck_count_release_fewest")),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["collaborative.agency_id"], name=op.f("fk_count_release_agency_id_collaborative")
        ),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_count_release_made_by_person")),
        sa.PrimaryKeyConstraint("agency_id", "id", name=op.f("pk_count_release")),
    )
    op.create_table(
        "cohort_member",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("cohort_id", sa.String(), nullable=False),
        sa.Column("submission", sa.String(), nullable=False),
        sa.Column("known_to", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id", "cohort_id"],
            ["cohort.agency_id", "cohort.id"],
            name=op.f("fk_cohort_member_agency_id_cohort_id_cohort"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["collaborative.agency_id"], name=op.f("fk_cohort_member_agency_id_collaborative")
        ),
        sa.ForeignKeyConstraint(["known_to"], ["agency.id"], name=op.f("fk_cohort_member_known_to_agency")),
        sa.PrimaryKeyConstraint("agency_id", "cohort_id", "submission", name=op.f("pk_cohort_member")),
        sa.UniqueConstraint("agency_id", "submission", name=op.f("uq_cohort_member_agency_id_submission")),
    )
    op.create_table(
        "released_count",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("release_id", sa.String(), nullable=False),
        sa.Column("site_id", sa.String(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("known_to", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("least", sa.Integer(), nullable=True),
        sa.Column("most", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agency_id", "release_id"],
            ["count_release.agency_id", "count_release.id"],
            name=op.f("fk_released_count_agency_id_release_id_count_release"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id"], ["collaborative.agency_id"], name=op.f("fk_released_count_agency_id_collaborative")
        ),
        sa.ForeignKeyConstraint(["known_to"], ["agency.id"], name=op.f("fk_released_count_known_to_agency")),
        sa.PrimaryKeyConstraint("agency_id", "release_id", "site_id", "part", name=op.f("pk_released_count")),
    )
    op.create_table(
        "shared_count",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("collaborative_id", sa.String(), nullable=False),
        sa.Column("site_id", sa.String(), nullable=False),
        sa.Column("quarter", sa.String(), nullable=False),
        sa.Column("letters", sa.String(), nullable=False),
        sa.Column("identified", sa.Integer(), nullable=True),
        sa.Column("with_plan", sa.Integer(), nullable=True),
        sa.Column("with_referral", sa.Integer(), nullable=True),
        sa.Column("caregivers_referred", sa.Integer(), nullable=True),
        sa.Column("received", sa.Integer(), nullable=True),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("shared_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id", "site_id", "quarter"],
            ["quarter_count.agency_id", "quarter_count.site_id", "quarter_count.quarter"],
            name=op.f("fk_shared_count_agency_id_site_id_quarter_quarter_count"),
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_shared_count_agency_id_agency")),
        sa.ForeignKeyConstraint(
            ["collaborative_id", "agency_id"],
            ["collaborative_member.agency_id", "collaborative_member.member_id"],
            name=op.f("fk_shared_count_collaborative_id_agency_id_collaborative_member"),
        ),
        sa.ForeignKeyConstraint(["shared_by"], ["person.id"], name=op.f("fk_shared_count_shared_by_person")),
        sa.PrimaryKeyConstraint("agency_id", "collaborative_id", "site_id", "quarter", name=op.f("pk_shared_count")),
    )
    op.create_index(op.f("ix_shared_count_collaborative_id"), "shared_count", ["collaborative_id"], unique=False)

    op.create_table(
        "site_letters",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("collaborative_id", sa.String(), nullable=False),
        sa.Column("site_id", sa.String(), nullable=False),
        sa.Column("letters", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_id", "site_id"], ["site.agency_id", "site.id"], name=op.f("fk_site_letters_agency_id_site_id_site")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_site_letters_agency_id_agency")),
        sa.ForeignKeyConstraint(
            ["collaborative_id", "agency_id"],
            ["collaborative_member.agency_id", "collaborative_member.member_id"],
            name=op.f("fk_site_letters_collaborative_id_agency_id_collaborative_member"),
        ),
        sa.PrimaryKeyConstraint("agency_id", "collaborative_id", "site_id", name=op.f("pk_site_letters")),
        sa.UniqueConstraint("collaborative_id", "letters", name=op.f("uq_site_letters_collaborative_id_letters")),
    )
    op.create_table(
        "shared_assessment",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("collaborative_id", sa.String(), nullable=False),
        sa.Column("assessment_id", sa.String(), nullable=False),
        sa.Column("site_id", sa.String(), nullable=False),
        sa.Column("cycle_id", sa.String(), nullable=False),
        sa.Column("checklist_id", sa.String(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.Column("edition_hash", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("submission", sa.String(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("guest", sa.Boolean(), nullable=False),
        sa.Column("site_name", sa.String(), nullable=False),
        sa.Column("agency_name", sa.String(), nullable=False),
        sa.Column("letters", sa.String(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("incomplete", sa.String(), nullable=False),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("stamp", sa.Integer(), nullable=False),
        sa.CheckConstraint("how IN ('aggregate', 'blinded', 'named')", name=op.f("ck_shared_assessment_how")),
        sa.ForeignKeyConstraint(
            ["agency_id", "assessment_id"],
            ["assessment.agency_id", "assessment.id"],
            name=op.f("fk_shared_assessment_agency_id_assessment_id_assessment"),
        ),
        sa.ForeignKeyConstraint(
            ["agency_id", "collaborative_id", "checklist_id", "cycle_id"],
            ["share.agency_id", "share.collaborative_id", "share.checklist_id", "share.cycle_id"],
            name="fk_shared_assessment_share",
        ),
        sa.ForeignKeyConstraint(
            ["agency_id", "collaborative_id", "site_id"],
            ["site_letters.agency_id", "site_letters.collaborative_id", "site_letters.site_id"],
            name="fk_shared_assessment_site_letters",
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_shared_assessment_agency_id_agency")),
        sa.PrimaryKeyConstraint("agency_id", "collaborative_id", "assessment_id", name=op.f("pk_shared_assessment")),
    )
    op.create_index(
        "ix_shared_assessment_question",
        "shared_assessment",
        ["collaborative_id", "edition_hash", "form", "last_day", "first_day", "agency_id", "letters", "stamp"],
        unique=False,
    )

    op.create_table(
        "shared_score",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("collaborative_id", sa.String(), nullable=False),
        sa.Column("assessment_id", sa.String(), nullable=False),
        sa.Column("domain_id", sa.String(), nullable=False),
        sa.Column("edition_hash", sa.String(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("how", sa.String(), nullable=False),
        sa.Column("mean_over", sa.Integer(), nullable=True),
        sa.Column("mean_under", sa.Integer(), nullable=True),
        sa.Column("low_over", sa.Integer(), nullable=True),
        sa.Column("low_under", sa.Integer(), nullable=True),
        sa.Column("high_over", sa.Integer(), nullable=True),
        sa.Column("high_under", sa.Integer(), nullable=True),
        sa.Column("rated", sa.Integer(), nullable=False),
        sa.Column("applicable", sa.Integer(), nullable=False),
        sa.Column("capped", sa.Boolean(), nullable=False),
        sa.Column("mean", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(
            ["agency_id", "collaborative_id", "assessment_id"],
            ["shared_assessment.agency_id", "shared_assessment.collaborative_id", "shared_assessment.assessment_id"],
            name="fk_shared_score_shared_assessment",
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_shared_score_agency_id_agency")),
        sa.PrimaryKeyConstraint(
            "agency_id", "collaborative_id", "assessment_id", "domain_id", name=op.f("pk_shared_score")
        ),
    )
    op.create_index(
        "ix_shared_score_question",
        "shared_score",
        [
            "collaborative_id",
            "edition_hash",
            "form",
            "last_day",
            "first_day",
            "how",
            "domain_id",
            "mean",
            "agency_id",
        ],
        unique=False,
    )

    op.create_table(
        "shared_stand",
        sa.Column("agency_id", sa.String(), nullable=False),
        sa.Column("collaborative_id", sa.String(), nullable=False),
        sa.Column("assessment_id", sa.String(), nullable=False),
        sa.Column("indicator_id", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.CheckConstraint("(state = 'level') = (level IS NOT NULL)", name=op.f("ck_shared_stand_level")),
        sa.ForeignKeyConstraint(
            ["agency_id", "collaborative_id", "assessment_id"],
            ["shared_assessment.agency_id", "shared_assessment.collaborative_id", "shared_assessment.assessment_id"],
            name="fk_shared_stand_shared_assessment",
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_shared_stand_agency_id_agency")),
        sa.PrimaryKeyConstraint(
            "agency_id", "collaborative_id", "assessment_id", "indicator_id", name=op.f("pk_shared_stand")
        ),
    )


def downgrade() -> None:
    op.drop_table("shared_stand")
    op.drop_index("ix_shared_score_question", table_name="shared_score")
    op.drop_table("shared_score")
    op.drop_index("ix_shared_assessment_question", table_name="shared_assessment")
    op.drop_table("shared_assessment")
    op.drop_table("site_letters")
    op.drop_index(op.f("ix_shared_count_collaborative_id"), table_name="shared_count")
    op.drop_table("shared_count")
    op.drop_table("released_count")
    op.drop_table("cohort_member")
    op.drop_table("count_release")
    op.drop_table("cohort")
    op.drop_table("peer_ask")
    op.drop_index(op.f("ix_share_collaborative_id"), table_name="share")
    op.drop_table("share")
    op.drop_index(op.f("ix_peer_offer_collaborative_id"), table_name="peer_offer")
    op.drop_table("peer_offer")
    op.drop_index(op.f("ix_collaborative_member_member_id"), table_name="collaborative_member")
    op.drop_table("collaborative_member")
    op.drop_table("invitation")
    op.drop_index(op.f("ix_identity_person_id"), table_name="identity")
    op.drop_table("identity")
    op.drop_table("host_role")
    op.drop_table("collaborative")
    op.drop_table("sign_in")
    op.execute("DELETE FROM browser_session WHERE person_id IS NOT NULL")
    with op.batch_alter_table("browser_session", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_browser_session_person_id_person"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_browser_session_person_id"))
        batch_op.drop_column("person_id")
    with op.batch_alter_table("agency", schema=None) as batch_op:
        batch_op.create_unique_constraint(batch_op.f("uq_agency_name_key"), ["name_key"])
