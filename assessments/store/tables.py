"""The tables. Every row of an agency carries `agency_id`, and so does every key that points at it: the database
itself refuses to tie one agency's row to another's.

Table classes do not validate (SQLModel): what people type is checked in the use cases, and the constraints here are
the last wall. No column holds a name, date or identifier of a client.
"""

import secrets
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    DateTime,
    Dialect,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    MetaData,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import registry
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """An aware UTC datetime on both databases; SQLite has no time zones, so there it is stored without."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Table(SQLModel, registry=registry(metadata=MetaData(naming_convention=NAMES))):
    """Tables own their registry, or a hot reload finds them defined twice."""


def new_id() -> str:
    """128 random bits: it can stand in an address, says nothing and cannot be guessed."""
    return secrets.token_hex(16)


def of_agency(table: str, column: str, referred: str = "id") -> ForeignKeyConstraint:
    """A key to another table of the same agency."""
    return ForeignKeyConstraint(["agency_id", column], [f"{table}.agency_id", f"{table}.{referred}"])


def one_of(column: str, *values: str) -> CheckConstraint:
    listed = ", ".join(f"'{value}'" for value in values)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def in_collaborative() -> ForeignKeyConstraint:
    """That the agency is, or was, in the collaborative."""
    return ForeignKeyConstraint(
        ["collaborative_id", "agency_id"], ["collaborative_member.agency_id", "collaborative_member.member_id"]
    )


def of_shared_assessment(table: str) -> ForeignKeyConstraint:
    key = ["agency_id", "collaborative_id", "assessment_id"]
    return ForeignKeyConstraint(
        key, [f"shared_assessment.{name}" for name in key], name=f"fk_{table}_shared_assessment"
    )


EMPTY = {"server_default": text("''")}
"""For a column that came later: the rows that were there by then have it too."""
NO = {"server_default": false()}
ELEVEN = {"server_default": text("11")}


class Agency(Table, table=True):
    id: str = Field(default_factory=new_id, primary_key=True)
    name: str
    name_key: str
    state: str
    time_zone: str
    block_grant: bool
    part_2: bool
    plan_name: str
    child_welfare_name: str
    women: str
    names_for_trainers: bool = Field(default=False, sa_column_kwargs=NO)
    invented: bool = False
    created_at: datetime = Field(sa_type=UtcDateTime)
    archived_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


LOCAL = text("local")


class Person(Table, table=True):
    """Someone who uses the toolkit. `local` is the one person of one-machine mode."""

    __table_args__ = (Index("uq_person_local", "local", unique=True, sqlite_where=LOCAL, postgresql_where=LOCAL),)
    id: str = Field(default_factory=new_id, primary_key=True)
    name: str
    local: bool = False
    created_at: datetime = Field(sa_type=UtcDateTime)


class LaunchLink(Table, table=True):
    """The link that opens this installation in one browser, once. The token itself is never stored."""

    __tablename__ = "launch_link"
    token_hash: str = Field(primary_key=True)
    made_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class BrowserSession(Table, table=True):
    """A browser that was let in. `id` may be told to pages and logs; the token, in the cookie alone, may not. Where
    people sign in, it is one person's.
    """

    __tablename__ = "browser_session"
    id: str = Field(default_factory=new_id, primary_key=True)
    token_hash: str = Field(unique=True)
    person_id: str | None = Field(default=None, foreign_key="person.id", index=True)
    begun_at: datetime = Field(sa_type=UtcDateTime)
    seen_at: datetime = Field(sa_type=UtcDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    stands_in: str | None = None
    """The agency that was chosen last; a choice alone, and no right to it."""


class Membership(Table, table=True):
    agency_id: str = Field(primary_key=True, foreign_key="agency.id")
    person_id: str = Field(primary_key=True, foreign_key="person.id", index=True)
    role: str = Field(primary_key=True)


class Site(Table, table=True):
    __table_args__ = (
        UniqueConstraint("agency_id", "name_key"),
        one_of("setting", "residential", "outpatient", "opioid-treatment", "hospital", "home-visiting", "other"),
    )
    agency_id: str = Field(primary_key=True, foreign_key="agency.id")
    id: str = Field(default_factory=new_id, primary_key=True)
    name: str
    name_key: str
    setting: str
    infants_on_site: bool
    archived_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Cycle(Table, table=True):
    __table_args__ = (
        UniqueConstraint("agency_id", "name_key"),
        CheckConstraint("ends IS NULL OR ends >= starts", name="order"),
    )
    agency_id: str = Field(primary_key=True, foreign_key="agency.id")
    id: str = Field(default_factory=new_id, primary_key=True)
    name: str
    name_key: str
    starts: date
    ends: date | None = None
    archived_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ChosenPack(Table, table=True):
    """A further pack that the agency switched on."""

    __tablename__ = "chosen_pack"
    agency_id: str = Field(primary_key=True, foreign_key="agency.id")
    checklist_id: str = Field(primary_key=True)
    edition: str = Field(primary_key=True)


class OwnChecklist(Table, table=True):
    """A checklist that the agency loaded, kept as the text it came in."""

    __tablename__ = "own_checklist"
    agency_id: str = Field(primary_key=True, foreign_key="agency.id")
    checklist_id: str = Field(primary_key=True)
    edition: str = Field(primary_key=True)
    title: str
    content: str = Field(sa_type=Text)
    hash: str
    added_at: datetime = Field(sa_type=UtcDateTime)
    added_by: str = Field(foreign_key="person.id")


class Assessment(Table, table=True):
    """One checklist on one site in one cycle. The receipt columns are filled when it is submitted."""

    __table_args__ = (
        of_agency("site", "site_id"),
        of_agency("cycle", "cycle_id"),
        one_of("status", "draft", "submitted", "reopened"),
        CheckConstraint("hours IS NULL OR hours >= 0", name="hours"),
    )
    agency_id: str = Field(primary_key=True, foreign_key="agency.id")
    id: str = Field(default_factory=new_id, primary_key=True)
    name: str
    site_id: str
    cycle_id: str
    checklist_id: str
    edition: str
    edition_hash: str
    status: str = "draft"
    raters: str = ""
    hours: float | None = None
    rests_on: str = Field(default="", sa_type=Text)
    cover_version: int = 0
    created_at: datetime = Field(sa_type=UtcDateTime)
    created_by: str = Field(foreign_key="person.id")
    archived_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    submitted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    submitted_by: str | None = Field(default=None, foreign_key="person.id")
    conditions: str = ""
    ratings_hash: str = ""
    engine: str = ""
    audit_link: str = ""


class RatedSubject(Table, table=True):
    """What the checklist is rated on: the one site, or one of many staff members or records."""

    __tablename__ = "subject"
    __table_args__ = (
        of_agency("assessment", "assessment_id"),
        one_of("kind", "site", "staff", "record", "collaborative"),
    )
    agency_id: str = Field(primary_key=True, foreign_key="agency.id")
    id: str = Field(default_factory=new_id, primary_key=True)
    assessment_id: str
    kind: str


class Sheet(Table, table=True):
    """What ratings stand on: the team's shared sheet, one rater's blind one, or the consensus. An assessment has one
    sheet of record, shared or consensus. A blind one has a rater: on one machine several share a person. A client's
    rater is a number and never a name.
    """

    __table_args__ = (
        of_agency("assessment", "assessment_id"),
        one_of("kind", "shared", "blind", "consensus"),
        Index("uq_sheet_rater_key", "agency_id", "assessment_id", "rater_key", unique=True),
        CheckConstraint("(kind = 'blind') = (rater <> '')", name="rater"),
        CheckConstraint("(rater = '') = (rater_key = '')", name="rater_key"),
        CheckConstraint("(rater = '') = (rater_kind = '')", name="rater_kind_given"),
    )
    agency_id: str = Field(primary_key=True, foreign_key="agency.id")
    id: str = Field(default_factory=new_id, primary_key=True)
    assessment_id: str
    kind: str = "shared"
    person_id: str | None = Field(default=None, foreign_key="person.id")
    rater: str = Field(default="", sa_column_kwargs=EMPTY)
    rater_key: str = Field(default="", sa_column_kwargs=EMPTY)
    rater_kind: str = Field(default="", sa_column_kwargs=EMPTY)
    begun_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    submitted_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Rating(Table, table=True):
    """One indicator of one subject on one sheet. Answer and note have versions of their own, so that two people who
    work on different parts of one indicator never collide. `because` is the line of reason of a consensus.
    """

    __table_args__ = (
        of_agency("sheet", "sheet_id"),
        of_agency("subject", "subject_id"),
        one_of("state", "unrated", "level", "not-applicable", "cannot-judge"),
        CheckConstraint("(state = 'level') = (level IS NOT NULL)", name="level_given"),
        CheckConstraint("level BETWEEN 0 AND 4", name="level"),
        CheckConstraint("state <> 'not-applicable' OR reason <> ''", name="reason"),
        CheckConstraint('(met IS NULL AND "of" IS NULL) OR (met >= 0 AND met <= "of" AND "of" > 0)', name="counts"),
        CheckConstraint('out_of IS NULL OR out_of >= "of"', name="out_of"),
    )
    agency_id: str = Field(primary_key=True, foreign_key="agency.id")
    sheet_id: str = Field(primary_key=True)
    subject_id: str = Field(primary_key=True)
    indicator_id: str = Field(primary_key=True)
    state: str = "unrated"
    level: int | None = None
    met: int | None = None
    of: int | None = None
    out_of: int | None = None
    reason: str = ""
    because: str = Field(default="", sa_column_kwargs=EMPTY)
    answer_version: int = 0
    answer_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    answer_by: str | None = Field(default=None, foreign_key="person.id")
    note: str = Field(default="", sa_type=Text)
    note_version: int = 0
    note_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    note_by: str | None = Field(default=None, foreign_key="person.id")


class Evidence(Table, table=True):
    """One thing that a rating rests on. It hangs on the indicator, so it may come before the rating."""

    __table_args__ = (of_agency("sheet", "sheet_id"), of_agency("subject", "subject_id"))
    agency_id: str = Field(primary_key=True, foreign_key="agency.id")
    id: str = Field(default_factory=new_id, primary_key=True)
    sheet_id: str = Field(index=True)
    subject_id: str
    indicator_id: str
    kind: str
    what: str = Field(sa_type=Text)
    as_of: date | None = None
    review_months: int | None = None
    link: str = ""
    version: int = 1
    added_at: datetime = Field(sa_type=UtcDateTime)
    added_by: str = Field(foreign_key="person.id")


class EvidenceFile(Table, table=True):
    """The file of one line of evidence, kept beside the database under the name `stored_as`, by its SHA-256 `digest`.
    Who added it stated that it holds no client data.
    """

    __tablename__ = "evidence_file"
    __table_args__ = (of_agency("evidence", "evidence_id"), CheckConstraint("size > 0", name="size"))
    agency_id: str = Field(primary_key=True, foreign_key="agency.id")
    evidence_id: str = Field(primary_key=True)
    stored_as: str = Field(unique=True)
    file_name: str
    media_type: str
    size: int
    digest: str
    added_at: datetime = Field(sa_type=UtcDateTime)
    added_by: str = Field(foreign_key="person.id")


class SummaryScore(Table, table=True):
    """The figures of a submitted assessment, a row per domain and one for the whole (domain_id ''), so that
    comparison reads rows and never ratings. Means are exact fractions, numerator over denominator.
    """

    __tablename__ = "summary_score"
    __table_args__ = (of_agency("assessment", "assessment_id"),)
    agency_id: str = Field(primary_key=True, foreign_key="agency.id")
    assessment_id: str = Field(primary_key=True)
    domain_id: str = Field(primary_key=True)
    mean_over: int | None = None
    mean_under: int | None = None
    low_over: int | None = None
    low_under: int | None = None
    high_over: int | None = None
    high_under: int | None = None
    total: int
    applicable: int
    rated: int
    not_applicable: int
    cannot_judge: int
    at_target: int
    caps: int
    band: str = ""
    shown_band: str = ""


class Delivery(Table, table=True):
    """A file on its way to one person's browser: handed out once, to the session that asked, soon or never. What was
    handed out or has expired is emptied.
    """

    __tablename__ = "delivery"
    agency_id: str = Field(primary_key=True, foreign_key="agency.id")
    id: str = Field(default_factory=new_id, primary_key=True)
    token_hash: str = Field(unique=True)
    person_id: str = Field(foreign_key="person.id")
    session_id: str
    right: str
    file_name: str
    media_type: str
    content: bytes = Field(sa_type=LargeBinary)
    made_at: datetime = Field(sa_type=UtcDateTime)
    expires_at: datetime = Field(sa_type=UtcDateTime, index=True)
    taken_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Intake(Table, table=True):
    """A workbook that was taken into an assessment, by the SHA-256 of its bytes: the same file is taken in once."""

    __table_args__ = (of_agency("assessment", "assessment_id"),)
    agency_id: str = Field(primary_key=True, foreign_key="agency.id")
    assessment_id: str = Field(primary_key=True)
    digest: str = Field(primary_key=True)
    changes: int
    taken_at: datetime = Field(sa_type=UtcDateTime)
    taken_by: str = Field(foreign_key="person.id")


class LastPlace(Table, table=True):
    """Where a person last worked, for "continue where I left off"."""

    __tablename__ = "last_place"
    __table_args__ = (of_agency("assessment", "assessment_id"),)
    agency_id: str = Field(primary_key=True, foreign_key="agency.id")
    person_id: str = Field(primary_key=True, foreign_key="person.id")
    assessment_id: str
    part: str
    at: datetime = Field(sa_type=UtcDateTime)


class AuditEntry(Table, table=True):
    """A link of an agency's chain. It holds keyed hashes of the values; the values stand in `audit_value`, which can
    be purged without breaking the chain.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_person", "agency_id", "person_id"),)
    agency_id: str = Field(primary_key=True, foreign_key="agency.id")
    seq: int = Field(primary_key=True)
    at: datetime = Field(sa_type=UtcDateTime)
    person_id: str = Field(foreign_key="person.id")
    act: str
    thing: str
    thing_id: str
    field: str
    before_hash: str
    after_hash: str
    previous: str
    link: str


class AuditValue(Table, table=True):
    __tablename__ = "audit_value"
    __table_args__ = (of_agency("audit_entry", "seq", "seq"),)
    agency_id: str = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    before: str = Field(sa_type=Text)
    after: str = Field(sa_type=Text)


class AuditHead(Table, table=True):
    """The newest link of an agency's chain; writers of an agency queue up on this row."""

    __tablename__ = "audit_head"
    agency_id: str = Field(primary_key=True, foreign_key="agency.id")
    seq: int
    link: str


class Weighing(Table, table=True):
    """What the team says of a gap: how likely harm is (1 low to 3 high), how far it reaches, and what closing it takes
    (1 little to 3 much).
    """

    __table_args__ = (
        of_agency("assessment", "assessment_id"),
        CheckConstraint("harm BETWEEN 1 AND 3", name="harm"),
        CheckConstraint("effort BETWEEN 1 AND 3", name="effort"),
        one_of("scope", "", "limited", "pattern", "widespread"),
    )
    agency_id: str = Field(primary_key=True, foreign_key="agency.id")
    assessment_id: str = Field(primary_key=True)
    indicator_id: str = Field(primary_key=True)
    harm: int | None = None
    effort: int | None = None
    scope: str = Field(default="", sa_column_kwargs=EMPTY)
    version: int = 1
    set_at: datetime = Field(sa_type=UtcDateTime)
    set_by: str = Field(foreign_key="person.id")


class Target(Table, table=True):
    """What the team means to reach by when, for one indicator or for all of a domain. It stands beside the target of
    the standard, and changes no score and no gap.
    """

    __table_args__ = (
        of_agency("assessment", "assessment_id"),
        one_of("about", "indicator", "domain"),
        CheckConstraint("level BETWEEN 1 AND 4", name="level"),
    )
    agency_id: str = Field(primary_key=True, foreign_key="agency.id")
    assessment_id: str = Field(primary_key=True)
    about: str = Field(primary_key=True)
    about_id: str = Field(primary_key=True)
    level: int
    by: date
    version: int = 1
    set_at: datetime = Field(sa_type=UtcDateTime)
    set_by: str = Field(foreign_key="person.id")


class Move(Table, table=True):
    """A gap that the team put at another place of the ranked list than the rule, and why."""

    __table_args__ = (of_agency("assessment", "assessment_id"), CheckConstraint('"rank" >= 1', name="rank"))
    agency_id: str = Field(primary_key=True, foreign_key="agency.id")
    assessment_id: str = Field(primary_key=True)
    indicator_id: str = Field(primary_key=True)
    rank: int
    because: str
    version: int = 1
    moved_at: datetime = Field(sa_type=UtcDateTime)
    moved_by: str = Field(foreign_key="person.id")


class Priority(Table, table=True):
    """A gap that the team works on in this cycle, and why this one."""

    __table_args__ = (of_agency("assessment", "assessment_id"),)
    agency_id: str = Field(primary_key=True, foreign_key="agency.id")
    id: str = Field(default_factory=new_id, primary_key=True)
    assessment_id: str = Field(index=True)
    indicator_id: str
    because: str
    version: int = 1
    chosen_at: datetime = Field(sa_type=UtcDateTime)
    chosen_by: str = Field(foreign_key="person.id")
    dropped_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    dropped_because: str = ""


class Action(Table, table=True):
    """What somebody does about a priority by when."""

    __table_args__ = (
        of_agency("priority", "priority_id"),
        one_of("status", "planned", "under way", "done", "dropped"),
        CheckConstraint("due IS NULL OR starts IS NULL OR due >= starts", name="order"),
        CheckConstraint("(status = 'done') = (done_on IS NOT NULL)", name="done"),
    )
    agency_id: str = Field(primary_key=True, foreign_key="agency.id")
    id: str = Field(default_factory=new_id, primary_key=True)
    priority_id: str = Field(index=True)
    what: str
    owner: str
    starts: date | None = None
    due: date | None = None
    status: str = "planned"
    done_on: date | None = None
    evidence: str = Field(default="", sa_type=Text)
    version: int = 1
    added_at: datetime = Field(sa_type=UtcDateTime)
    added_by: str = Field(foreign_key="person.id")


class Round(Table, table=True):
    """A test of change: plan with a prediction, do, study, act."""

    __table_args__ = (
        of_agency("priority", "priority_id"),
        one_of("decision", "", "adopt", "adapt", "abandon"),
        CheckConstraint("ends IS NULL OR ends >= starts", name="order"),
    )
    agency_id: str = Field(primary_key=True, foreign_key="agency.id")
    id: str = Field(default_factory=new_id, primary_key=True)
    priority_id: str = Field(index=True)
    change: str
    prediction: str = Field(sa_type=Text)
    starts: date
    ends: date | None = None
    did: str = Field(default="", sa_type=Text)
    learned: str = Field(default="", sa_type=Text)
    decision: str = ""
    version: int = 1
    added_at: datetime = Field(sa_type=UtcDateTime)
    added_by: str = Field(foreign_key="person.id")


class Measure(Table, table=True):
    """What is counted or timed to see whether a priority moves."""

    __table_args__ = (of_agency("priority", "priority_id"), one_of("better", "up", "down"))
    agency_id: str = Field(primary_key=True, foreign_key="agency.id")
    id: str = Field(default_factory=new_id, primary_key=True)
    priority_id: str = Field(index=True)
    name: str
    unit: str = ""
    better: str = "up"
    version: int = 1
    added_at: datetime = Field(sa_type=UtcDateTime)
    added_by: str = Field(foreign_key="person.id")


class MeasuredValue(Table, table=True):
    """One value of a measure on one day; `of` where it is a count out of so many."""

    __tablename__ = "measured_value"
    __table_args__ = (
        of_agency("measure", "measure_id"),
        CheckConstraint('"of" IS NULL OR ("of" > 0 AND value >= 0 AND value <= "of")', name="counts"),
    )
    agency_id: str = Field(primary_key=True, foreign_key="agency.id")
    measure_id: str = Field(primary_key=True)
    on: date = Field(primary_key=True)
    value: float
    of: int | None = None
    note: str = ""
    version: int = 1
    added_at: datetime = Field(sa_type=UtcDateTime)
    added_by: str = Field(foreign_key="person.id")


class Trial(Table, table=True):
    """A rating of an invented program, given before the first real use."""

    __table_args__ = (CheckConstraint("level BETWEEN 0 AND 4", name="level"),)
    agency_id: str = Field(primary_key=True, foreign_key="agency.id")
    rater_key: str = Field(primary_key=True)
    checklist_id: str = Field(primary_key=True)
    edition: str = Field(primary_key=True)
    vignette_id: str = Field(primary_key=True)
    indicator_id: str = Field(primary_key=True)
    rater: str
    level: int
    version: int = 1
    given_at: datetime = Field(sa_type=UtcDateTime)
    given_by: str = Field(foreign_key="person.id")


class StaffMember(Table, table=True):
    """Someone whose competencies are rated, known by a code; the name stays inside the agency, and may be empty."""

    __tablename__ = "staff_member"
    __table_args__ = (
        of_agency("site", "site_id"),
        UniqueConstraint("agency_id", "code_key"),
        UniqueConstraint("agency_id", "person_id"),
        CheckConstraint("ends IS NULL OR ends >= starts", name="order"),
    )
    agency_id: str = Field(primary_key=True, foreign_key="agency.id")
    id: str = Field(default_factory=new_id, primary_key=True)
    site_id: str
    code: str
    code_key: str
    name: str = ""
    starts: date
    ends: date | None = None
    person_id: str | None = Field(default=None, foreign_key="person.id")
    version: int = 1
    added_at: datetime = Field(sa_type=UtcDateTime)
    added_by: str = Field(foreign_key="person.id")


class Supervision(Table, table=True):
    """Who supervises whom. A table of its own: a copy can put the members there in any order."""

    __table_args__ = (of_agency("staff_member", "staff_id"), of_agency("staff_member", "supervisor_id"))
    agency_id: str = Field(primary_key=True, foreign_key="agency.id")
    staff_id: str = Field(primary_key=True)
    supervisor_id: str = Field(index=True)


class JobRole(Table, table=True):
    """What somebody is employed as. Not a `Membership.role`, which says what a person may do here."""

    __tablename__ = "job_role"
    __table_args__ = (UniqueConstraint("agency_id", "name_key"),)
    agency_id: str = Field(primary_key=True, foreign_key="agency.id")
    id: str = Field(default_factory=new_id, primary_key=True)
    name: str
    name_key: str
    version: int = 1
    archived_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class RoleNeed(Table, table=True):
    """The level of a competency that a role needs; without a row the role does not need it."""

    __tablename__ = "role_need"
    __table_args__ = (of_agency("job_role", "role_id"), CheckConstraint("level BETWEEN 1 AND 4", name="level"))
    agency_id: str = Field(primary_key=True, foreign_key="agency.id")
    role_id: str = Field(primary_key=True)
    checklist_id: str = Field(primary_key=True)
    indicator_id: str = Field(primary_key=True)
    level: int


class StaffRole(Table, table=True):
    __tablename__ = "staff_role"
    __table_args__ = (of_agency("staff_member", "staff_id"), of_agency("job_role", "role_id"))
    agency_id: str = Field(primary_key=True, foreign_key="agency.id")
    staff_id: str = Field(primary_key=True)
    role_id: str = Field(primary_key=True)


class CompetencyRating(Table, table=True):
    """What one kind of rater said of one competency of one staff member on one day. Days stand beside one another, so
    the history stays; a second word on the same day takes the place of the first. Without a level it could not be
    judged. `correct` of `asked` is given with a knowledge check alone.
    """

    __tablename__ = "competency_rating"
    __table_args__ = (
        of_agency("staff_member", "staff_id"),
        one_of("kind", "self", "supervisor", "observer", "knowledge-check"),
        one_of("shown_in", "", "live", "recording", "role-play", "case-discussion", "note", "session"),
        CheckConstraint("level BETWEEN 0 AND 4", name="level"),
        CheckConstraint(
            "(kind = 'knowledge-check') = (asked IS NOT NULL AND correct IS NOT NULL)",
            name="checked",
        ),
        CheckConstraint("asked > 0 AND correct >= 0 AND correct <= asked", name="counts"),
        # All that the training plan reads of a rating: it takes a third less time than over the table.
        Index(
            "ix_competency_rating_levels",
            "agency_id",
            "checklist_id",
            "staff_id",
            "indicator_id",
            "kind",
            "on",
            "level",
        ),
    )
    agency_id: str = Field(primary_key=True, foreign_key="agency.id")
    staff_id: str = Field(primary_key=True)
    checklist_id: str = Field(primary_key=True)
    indicator_id: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    on: date = Field(primary_key=True)
    edition: str
    level: int | None = None
    shown_in: str = ""
    correct: int | None = None
    asked: int | None = None
    note: str = Field(default="", sa_type=Text)
    version: int = 1
    given_at: datetime = Field(sa_type=UtcDateTime)
    given_by: str = Field(foreign_key="person.id")


class Course(Table, table=True):
    """Training that staff can take; `valid_months` after a session it lapses, or never."""

    __table_args__ = (
        UniqueConstraint("agency_id", "name_key"),
        one_of("format", "in-person", "online-live", "self-paced", "coaching"),
        CheckConstraint("hours > 0", name="hours"),
        CheckConstraint("valid_months > 0", name="valid"),
    )
    agency_id: str = Field(primary_key=True, foreign_key="agency.id")
    id: str = Field(default_factory=new_id, primary_key=True)
    name: str
    name_key: str
    hours: float
    format: str
    provider: str = ""
    valid_months: int | None = None
    version: int = 1
    archived_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    added_at: datetime = Field(sa_type=UtcDateTime)
    added_by: str = Field(foreign_key="person.id")


class CourseCompetency(Table, table=True):
    """What a course teaches, and up to which level."""

    __tablename__ = "course_competency"
    __table_args__ = (of_agency("course", "course_id"), CheckConstraint("level BETWEEN 1 AND 4", name="level"))
    agency_id: str = Field(primary_key=True, foreign_key="agency.id")
    course_id: str = Field(primary_key=True)
    checklist_id: str = Field(primary_key=True)
    indicator_id: str = Field(primary_key=True)
    level: int


class TrainingSession(Table, table=True):
    """One time that a course is held."""

    __tablename__ = "training_session"
    __table_args__ = (of_agency("course", "course_id"),)
    agency_id: str = Field(primary_key=True, foreign_key="agency.id")
    id: str = Field(default_factory=new_id, primary_key=True)
    course_id: str = Field(index=True)
    on: date
    note: str = ""
    version: int = 1
    added_at: datetime = Field(sa_type=UtcDateTime)
    added_by: str = Field(foreign_key="person.id")


class Attendance(Table, table=True):
    __table_args__ = (
        of_agency("training_session", "session_id"),
        of_agency("staff_member", "staff_id"),
        one_of("state", "expected", "attended", "absent"),
    )
    agency_id: str = Field(primary_key=True, foreign_key="agency.id")
    session_id: str = Field(primary_key=True)
    staff_id: str = Field(primary_key=True)
    state: str = "expected"


class Review(Table, table=True):
    """The records of one kind at one site in one cycle that are read: how they are drawn, and the rules written before
    anybody looked. Several checklists can be rated on the same records. `size` is how many were drawn, 0 before.
    """

    __table_args__ = (
        of_agency("site", "site_id"),
        of_agency("cycle", "cycle_id"),
        UniqueConstraint("agency_id", "site_id", "cycle_id", "of"),
        one_of("stratify", "", "quarter", "began", "identified"),
        CheckConstraint("margin IN (0, 10, 15)", name="margin"),
        CheckConstraint("(drawn_at IS NULL) = (seed = '') AND (drawn_at IS NULL) = (size = 0)", name="drawn"),
        CheckConstraint("start_days > 0 AND service_days > 0", name="days"),
    )
    agency_id: str = Field(primary_key=True, foreign_key="agency.id")
    id: str = Field(default_factory=new_id, primary_key=True)
    site_id: str
    cycle_id: str
    of: str
    replacement: str = Field(default="", sa_type=Text)
    stratify: str = ""
    margin: int = 0
    start_days: int | None = None
    service_days: int | None = None
    seed: str = ""
    size: int = 0
    drawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    drawn_by: str | None = Field(default=None, foreign_key="person.id")
    compared_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = 1


class Record(Table, table=True):
    """One record on the list of a review, by a code that says nothing of a client. Its dates are never stored: the
    quarter alone, as "2026-Q1", and what the clocks came to. `place` is its place on the list, in order of time;
    `turn` its place in the draw.
    """

    __table_args__ = (
        of_agency("review", "review_id"),
        UniqueConstraint("agency_id", "review_id", "code_key"),
        one_of("identified", "", "in-pregnancy", "at-birth", "after-birth"),
        one_of("began", "", "before-birth", "after-birth", "no-plan"),
        one_of("put_aside", "", "not-found", "not-eligible", "not-readable"),
        CheckConstraint("turn IS NOT NULL OR (put_aside = '' AND NOT second)", name="drawn"),
    )
    agency_id: str = Field(primary_key=True, foreign_key="agency.id")
    id: str = Field(default_factory=new_id, primary_key=True)
    review_id: str
    place: int
    code: str
    code_key: str
    quarter: str
    identified: str = ""
    began: str = ""
    turn: int | None = None
    second: bool = False
    put_aside: str = ""
    version: int = 1


class RecordClock(Table, table=True):
    """What one clock of one record came to: elapsed days, or minutes where the rule counts hours; never a date."""

    __tablename__ = "record_clock"
    __table_args__ = (
        of_agency("record", "record_id"),
        one_of("state", "met", "not-met", "not-applicable", "cannot-judge"),
    )
    agency_id: str = Field(primary_key=True, foreign_key="agency.id")
    record_id: str = Field(primary_key=True)
    clock: str = Field(primary_key=True)
    state: str
    elapsed: int | None = None
    given_at: datetime = Field(sa_type=UtcDateTime)
    given_by: str = Field(foreign_key="person.id")


class RecordRating(Table, table=True):
    """What one reader found in one record: the first, the second where two read, and what the two agreed on. `clocked`
    where it follows from the clocks.
    """

    __tablename__ = "record_rating"
    __table_args__ = (
        of_agency("assessment", "assessment_id"),
        of_agency("record", "record_id"),
        one_of("reader", "first", "second", "agreed"),
        one_of("state", "unrated", "level", "not-applicable", "cannot-judge"),
        CheckConstraint("(state = 'level') = (level IS NOT NULL)", name="level_given"),
        CheckConstraint("level BETWEEN 0 AND 4", name="level"),
        Index(
            "ix_record_rating_answers",
            "agency_id",
            "assessment_id",
            "reader",
            "state",
            "level",
            "indicator_id",
            "record_id",
        ),
    )
    agency_id: str = Field(primary_key=True, foreign_key="agency.id")
    assessment_id: str = Field(primary_key=True)
    reader: str = Field(primary_key=True)
    record_id: str = Field(primary_key=True)
    indicator_id: str = Field(primary_key=True)
    state: str
    level: int | None = None
    clocked: bool = False
    version: int = 1
    given_at: datetime = Field(sa_type=UtcDateTime)
    given_by: str = Field(foreign_key="person.id")


class TookPart(Table, table=True):
    """Whether a role of the team took part in one plan."""

    __tablename__ = "took_part"
    __table_args__ = (of_agency("record", "record_id"), one_of("state", "took-part", "not-there", "not-relevant"))
    agency_id: str = Field(primary_key=True, foreign_key="agency.id")
    record_id: str = Field(primary_key=True)
    indicator_id: str = Field(primary_key=True)
    state: str
    given_at: datetime = Field(sa_type=UtcDateTime)
    given_by: str = Field(foreign_key="person.id")


class Partner(Table, table=True):
    """An organization that the agency works with. `site_id` is None where it is a partner of all sites."""

    __table_args__ = (
        of_agency("site", "site_id"),
        UniqueConstraint("agency_id", "name_key"),
        one_of(
            "kind",
            "prenatal-care",
            "pediatric",
            "early-intervention",
            "early-childhood",
            "parenting",
            "family",
            "child-welfare",
            "recovery-coaching",
            "case-management",
            "recovery-center",
            "other",
        ),
    )
    agency_id: str = Field(primary_key=True, foreign_key="agency.id")
    id: str = Field(default_factory=new_id, primary_key=True)
    site_id: str | None = None
    name: str
    name_key: str
    kind: str
    contact: str = ""
    refers: bool = False
    version: int = 1
    archived_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Agreement(Table, table=True):
    """What was signed with a partner. It is never a client's consent."""

    __table_args__ = (
        of_agency("partner", "partner_id"),
        one_of("kind", "qsoa", "mou", "other"),
        CheckConstraint("expires IS NULL OR signed IS NULL OR expires >= signed", name="order"),
    )
    agency_id: str = Field(primary_key=True, foreign_key="agency.id")
    id: str = Field(default_factory=new_id, primary_key=True)
    partner_id: str = Field(index=True)
    kind: str
    scope: str = Field(default="", sa_type=Text)
    our_lead: str = ""
    their_lead: str = ""
    signed: date | None = None
    expires: date | None = None
    last_used: date | None = None
    logged: bool = False
    last_reviewed: date | None = None
    sharing_terms: str = Field(default="", sa_type=Text)
    consent_terms: str = Field(default="", sa_type=Text)
    version: int = 1
    archived_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class TeamRole(Table, table=True):
    """Who fills one role of the team that makes the plans at a site; `indicator_id` is the role's in `posc-team`."""

    __tablename__ = "team_role"
    __table_args__ = (of_agency("site", "site_id"), of_agency("partner", "partner_id"))
    agency_id: str = Field(primary_key=True, foreign_key="agency.id")
    site_id: str = Field(primary_key=True)
    indicator_id: str = Field(primary_key=True)
    holder: str = ""
    substitute: str = ""
    partner_id: str | None = None
    version: int = 1


class AgencyText(Table, table=True):
    """A text of the agency's own that goes into its templates."""

    __tablename__ = "agency_text"
    __table_args__ = (one_of("key", "notification"),)
    agency_id: str = Field(primary_key=True, foreign_key="agency.id")
    key: str = Field(primary_key=True)
    body: str = Field(sa_type=Text)
    version: int = 1
    written_at: datetime = Field(sa_type=UtcDateTime)
    written_by: str = Field(foreign_key="person.id")


class QuarterCount(Table, table=True):
    """What a state asks for, of one site in one quarter, as "2026-Q1"; None is not counted, and not zero. `given_to` is
    the collaborative to which it was given, after which it is given to no other: two sums with a small count in both
    would tell what else is in them. It stays when the agency is in there no more.
    """

    __tablename__ = "quarter_count"
    __table_args__ = (
        of_agency("site", "site_id"),
        CheckConstraint(
            "with_plan <= identified AND with_referral <= identified AND received <= identified", name="of_identified"
        ),
        CheckConstraint(
            "identified >= 0 AND with_plan >= 0 AND with_referral >= 0 AND caregivers_referred >= 0 AND received >= 0",
            name="counts",
        ),
    )
    agency_id: str = Field(primary_key=True, foreign_key="agency.id")
    site_id: str = Field(primary_key=True)
    quarter: str = Field(primary_key=True)
    identified: int | None = None
    with_plan: int | None = None
    with_referral: int | None = None
    caregivers_referred: int | None = None
    received: int | None = None
    given_to: str | None = None
    version: int = 1
    counted_at: datetime = Field(sa_type=UtcDateTime)
    counted_by: str = Field(foreign_key="person.id")


class Collaborative(Table, table=True):
    """Agencies that compare and learn together. It is itself the agency of this id, in which those who lead it and
    those who rate its capacity have their roles. Counts below `fewest` are hidden in it; fewer than eleven takes an
    agreement that allows it, named in `allowed_by`.
    """

    __table_args__ = (
        CheckConstraint("fewest BETWEEN 5 AND 100", name="fewest"),
        CheckConstraint("fewest >= 11 OR allowed_by <> ''", name="allowed"),
    )
    agency_id: str = Field(primary_key=True, foreign_key="agency.id")
    fewest: int = 11
    allowed_by: str = ""
    version: int = 1


class CollaborativeMember(Table, table=True):
    """An agency in a collaborative (`agency_id`). A guest has no person of its own: the lead keeps its site."""

    __tablename__ = "collaborative_member"
    __table_args__ = (
        ForeignKeyConstraint(["agency_id"], ["collaborative.agency_id"]),
        CheckConstraint("agency_id <> member_id", name="apart"),
    )
    agency_id: str = Field(primary_key=True)
    member_id: str = Field(primary_key=True, foreign_key="agency.id", index=True)
    guest: bool = False
    joined_at: datetime = Field(sa_type=UtcDateTime)
    joined_by: str = Field(foreign_key="person.id")
    left_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = 1


class Share(Table, table=True):
    """What an agency lets a collaborative see of one checklist in one cycle; no row where it lets it see nothing."""

    __table_args__ = (
        of_agency("cycle", "cycle_id"),
        in_collaborative(),
        one_of("how", "aggregate", "blinded", "named"),
    )
    agency_id: str = Field(primary_key=True, foreign_key="agency.id")
    collaborative_id: str = Field(primary_key=True, index=True)
    checklist_id: str = Field(primary_key=True)
    cycle_id: str = Field(primary_key=True)
    how: str
    shared_at: datetime = Field(sa_type=UtcDateTime)
    shared_by: str = Field(foreign_key="person.id")
    version: int = 1


class SiteLetters(Table, table=True):
    """The letters that stand for a site where it is blinded: drawn, and never another's in this collaborative. They go
    with the agency, and change where what it shares by letters or by name goes another way.
    """

    __tablename__ = "site_letters"
    __table_args__ = (
        of_agency("site", "site_id"),
        in_collaborative(),
        UniqueConstraint("collaborative_id", "letters"),
    )
    agency_id: str = Field(primary_key=True, foreign_key="agency.id")
    collaborative_id: str = Field(primary_key=True)
    site_id: str = Field(primary_key=True)
    letters: str


QUESTION = ("collaborative_id", "edition_hash", "form")
"""What can be compared."""
WHEN = ("last_day", "first_day")
COUNTED = (*WHEN, "agency_id", "letters", "stamp", "how", "guest", "weight", "submission")
"""What tells who counts, so that an index alone answers for thousands of sites."""


def only_where(condition: str) -> dict[str, Any]:
    """Of an index, on both stores."""
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


def new_stamp() -> int:
    return secrets.randbits(31)


class SharedAssessment(Table, table=True):
    """A submitted assessment as its agency shares it now: with `shared_score` and `shared_stand` all of its ratings
    that others' pages are made from. Written and taken away by `use_cases/publishing.py` alone. `submission` changes
    with the figures; the days of what is not shared by name are widened to whole quarters. The names stand here only
    where it is shared by name. `weight` is the number of staff where levels count staff; `incomplete` are the domains
    of which too little is rated. `stamp` is drawn for each row: the sum of them tells whether any row has come, gone or
    changed.
    """

    __tablename__ = "shared_assessment"
    __table_args__ = (
        of_agency("assessment", "assessment_id"),
        ForeignKeyConstraint(
            ["agency_id", "collaborative_id", "checklist_id", "cycle_id"],
            ["share.agency_id", "share.collaborative_id", "share.checklist_id", "share.cycle_id"],
            name="fk_shared_assessment_share",
        ),
        ForeignKeyConstraint(
            ["agency_id", "collaborative_id", "site_id"],
            ["site_letters.agency_id", "site_letters.collaborative_id", "site_letters.site_id"],
            name="fk_shared_assessment_site_letters",
        ),
        one_of("how", "aggregate", "blinded", "named"),
        Index("ix_shared_assessment_question", *QUESTION, *COUNTED),
        Index("ix_shared_assessment_incomplete", *QUESTION, *WHEN, "how", **only_where("incomplete <> ''")),
    )
    agency_id: str = Field(primary_key=True, foreign_key="agency.id")
    collaborative_id: str = Field(primary_key=True)
    assessment_id: str = Field(primary_key=True)
    site_id: str
    cycle_id: str
    checklist_id: str
    edition: str
    edition_hash: str
    form: str
    first_day: date
    last_day: date
    submission: str
    how: str
    guest: bool
    site_name: str = ""
    agency_name: str = ""
    letters: str
    weight: int = 1
    incomplete: str = ""
    shared_at: datetime = Field(sa_type=UtcDateTime)
    stamp: int = Field(default_factory=new_stamp)


class SharedScore(Table, table=True):
    """Of one domain; exact fractions as in `summary_score`. `mean` is the same for SQL, NULL where the domain is not
    complete.
    """

    __tablename__ = "shared_score"
    __table_args__ = (
        of_shared_assessment("shared_score"),
        # All that medians of thousands ask, agency_id for the wall: PostgreSQL then reads no row of the table.
        Index("ix_shared_score_question", *QUESTION, "last_day", "first_day", "how", "domain_id", "mean", "agency_id"),
    )
    agency_id: str = Field(primary_key=True, foreign_key="agency.id")
    collaborative_id: str = Field(primary_key=True)
    assessment_id: str = Field(primary_key=True)
    domain_id: str = Field(primary_key=True)
    edition_hash: str
    form: str
    first_day: date
    last_day: date
    how: str
    mean_over: int | None = None
    mean_under: int | None = None
    low_over: int | None = None
    low_under: int | None = None
    high_over: int | None = None
    high_under: int | None = None
    rated: int
    applicable: int
    capped: bool
    mean: float | None = None


class SharedStand(Table, table=True):
    """Of one indicator: whether it has a level, and which. Reasons, notes, counts and evidence are not shared."""

    __tablename__ = "shared_stand"
    __table_args__ = (
        of_shared_assessment("shared_stand"),
        CheckConstraint("(state = 'level') = (level IS NOT NULL)", name="level"),
    )
    agency_id: str = Field(primary_key=True, foreign_key="agency.id")
    collaborative_id: str = Field(primary_key=True)
    assessment_id: str = Field(primary_key=True)
    indicator_id: str = Field(primary_key=True)
    state: str
    level: int | None = None


class Cohort(Table, table=True):
    """Assessments shared in the aggregate that a collaborative counts together, for good (`rules/cohorts.py`)."""

    agency_id: str = Field(primary_key=True, foreign_key="collaborative.agency_id")
    id: str = Field(default_factory=new_id, primary_key=True)
    checklist_id: str
    edition_hash: str
    form: str
    made_at: datetime = Field(sa_type=UtcDateTime)
    made_by: str = Field(foreign_key="person.id")


class CohortMember(Table, table=True):
    """`known_to` is whoever knows what it has: its agency, and the collaborative for a guest. The submission may be
    gone by now, and then the cohort does not count.
    """

    __tablename__ = "cohort_member"
    __table_args__ = (of_agency("cohort", "cohort_id"), UniqueConstraint("agency_id", "submission"))
    agency_id: str = Field(primary_key=True, foreign_key="collaborative.agency_id")
    cohort_id: str = Field(primary_key=True)
    submission: str = Field(primary_key=True)
    known_to: str = Field(foreign_key="agency.id")


class SharedCount(Table, table=True):
    """That an agency gives the quarterly counts of a site to a collaborative, with a copy of them: they wait until they
    are released, and what is released is seen while this row is here. Small numbers, so nothing of it is shown but by
    `rules/releases.py`. `fewest` is the least that was shown there when it was given.
    """

    __tablename__ = "shared_count"
    __table_args__ = (
        ForeignKeyConstraint(
            ["agency_id", "site_id", "quarter"],
            ["quarter_count.agency_id", "quarter_count.site_id", "quarter_count.quarter"],
        ),
        in_collaborative(),
    )
    agency_id: str = Field(primary_key=True, foreign_key="agency.id")
    collaborative_id: str = Field(primary_key=True, index=True)
    site_id: str = Field(primary_key=True)
    quarter: str = Field(primary_key=True)
    letters: str
    fewest: int = Field(sa_column_kwargs=ELEVEN)
    identified: int | None = None
    with_plan: int | None = None
    with_referral: int | None = None
    caregivers_referred: int | None = None
    received: int | None = None
    shared_at: datetime = Field(sa_type=UtcDateTime)
    shared_by: str = Field(foreign_key="person.id")


class Release(Table, table=True):
    """Counts of people that were let out together, as they were that day (`rules/releases.py`). Nothing in it changes.
    `measure` is one count of one quarter.
    """

    __tablename__ = "count_release"
    __table_args__ = (CheckConstraint("fewest >= 5", name="fewest"),)
    agency_id: str = Field(primary_key=True, foreign_key="collaborative.agency_id")
    id: str = Field(default_factory=new_id, primary_key=True)
    measure: str
    quarter: str
    fewest: int
    hidden: str = Field(sa_type=Text)
    made_at: datetime = Field(sa_type=UtcDateTime)
    made_by: str = Field(foreign_key="person.id")


class ReleasedCount(Table, table=True):
    """One count in a release. `site_id` is a site of `known_to`, or for a guest's of the collaborative's own; it stays
    when the site is gone.
    """

    __tablename__ = "released_count"
    __table_args__ = (of_agency("count_release", "release_id"),)
    agency_id: str = Field(primary_key=True, foreign_key="collaborative.agency_id")
    release_id: str = Field(primary_key=True)
    site_id: str = Field(primary_key=True)
    part: str = Field(primary_key=True)
    known_to: str = Field(foreign_key="agency.id")
    count: int
    least: int | None = None
    most: int | None = None


class PeerOffer(Table, table=True):
    """A site that is strong on an indicator offers to help with it, within one collaborative."""

    __tablename__ = "peer_offer"
    __table_args__ = (
        of_agency("site", "site_id"),
        in_collaborative(),
        UniqueConstraint(
            "agency_id", "collaborative_id", "site_id", "checklist_id", "indicator_id", name="uq_peer_offer_once"
        ),
    )
    agency_id: str = Field(primary_key=True, foreign_key="agency.id")
    id: str = Field(default_factory=new_id, primary_key=True)
    collaborative_id: str = Field(index=True)
    site_id: str
    checklist_id: str
    indicator_id: str
    what: str = Field(sa_type=Text)
    offered_at: datetime = Field(sa_type=UtcDateTime)
    offered_by: str = Field(foreign_key="person.id")
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    version: int = 1


class PeerAsk(Table, table=True):
    """One agency asks for the help that another offers. The lead passes it on; either is named to the other only when
    both have agreed. It hangs on the collaborative (`agency_id`), for neither agency may see the other's rows; so each
    writes its own name and contact here. `word` is what the lead, or who offers, has to say to it; `word_by` is ""
    where there is none, or none that anybody typed.
    """

    __tablename__ = "peer_ask"
    __table_args__ = (
        ForeignKeyConstraint(
            ["agency_id", "asked_by_agency"], ["collaborative_member.agency_id", "collaborative_member.member_id"]
        ),
        ForeignKeyConstraint(
            ["agency_id", "offered_by_agency"], ["collaborative_member.agency_id", "collaborative_member.member_id"]
        ),
        ForeignKeyConstraint(["offered_by_agency", "offer_id"], ["peer_offer.agency_id", "peer_offer.id"]),
        one_of("state", "asked", "passed-on", "agreed", "declined", "withdrawn"),
        one_of("word_by", "", "lead", "offerer"),
        CheckConstraint("asked_by_agency <> offered_by_agency", name="apart"),
    )
    agency_id: str = Field(primary_key=True, foreign_key="collaborative.agency_id")
    id: str = Field(default_factory=new_id, primary_key=True)
    asked_by_agency: str
    offered_by_agency: str
    offer_id: str
    says: str = Field(sa_type=Text)
    asker_name: str
    asker_contact: str = Field(sa_type=Text)
    offerer_name: str = ""
    offerer_contact: str = Field(default="", sa_type=Text)
    word: str = Field(default="", sa_type=Text)
    word_by: str = Field(default="", sa_column_kwargs=EMPTY)
    state: str
    asked_at: datetime = Field(sa_type=UtcDateTime)
    asked_by: str = Field(foreign_key="person.id")
    changed_at: datetime = Field(sa_type=UtcDateTime)
    version: int = 1


class Identity(Table, table=True):
    """Who a person is for a provider of sign-in. Never matched by e-mail."""

    issuer: str = Field(primary_key=True)
    subject: str = Field(primary_key=True)
    person_id: str = Field(foreign_key="person.id", index=True)
    bound_at: datetime = Field(sa_type=UtcDateTime)
    disabled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class Invitation(Table, table=True):
    """A link that binds the identity which first opens it, once, to a person with these roles in this agency. The token
    itself is never stored.
    """

    agency_id: str = Field(primary_key=True, foreign_key="agency.id")
    id: str = Field(default_factory=new_id, primary_key=True)
    token_hash: str = Field(unique=True)
    name: str
    roles: str
    made_at: datetime = Field(sa_type=UtcDateTime)
    made_by: str = Field(foreign_key="person.id")
    ends_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    used_by: str | None = Field(default=None, foreign_key="person.id")
    withdrawn_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class SignIn(Table, table=True):
    """A sign-in under way: in the database, for its callback may come to another process. Used once."""

    __tablename__ = "sign_in"
    state_hash: str = Field(primary_key=True)
    provider: str
    browser_hash: str
    nonce: str
    verifier: str
    invitation_hash: str = ""
    begun_at: datetime = Field(sa_type=UtcDateTime)
    used_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class HostRole(Table, table=True):
    """A role that is held over the installation, not in one agency: it opens no agency's content."""

    __tablename__ = "host_role"
    __table_args__ = (one_of("role", "host-administrator"),)
    person_id: str = Field(primary_key=True, foreign_key="person.id")
    role: str = Field(primary_key=True)
    given_at: datetime = Field(sa_type=UtcDateTime)
