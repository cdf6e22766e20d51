"""Collaboratives, what agencies share in them, help among peers, and sign-in by identities of providers."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
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
        sa.Column("letter", sa.String(), nullable=False),
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
        sa.UniqueConstraint("agency_id", "letter", name=op.f("uq_collaborative_member_agency_id_letter")),
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


def downgrade() -> None:
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
