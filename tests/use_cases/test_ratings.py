"""A rating is given, explained and supported; who comes second is told."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from assessments.errors import AlreadySubmitted, BadInput, Conflict, LooksLikeClientData, NotFound
from assessments.rules.ratings import State
from assessments.use_cases import assessments, ratings, sheets, trail
from assessments.use_cases.evidence import add_evidence, remove_evidence, revise_evidence
from assessments.use_cases.sheets import UNRATED, Answer, EvidenceDetails
from tests.use_cases.cast import CANNOT_JUDGE, NOW, POLICY, House, counts, everything, joins, level, not_applicable

JUDGED = "ORG-01"
MAY_BE_NA = "ORG-04"
COUNTED = "ORG-11"
CLIENT = "Her SSN is 123-45-6789."


@pytest.mark.parametrize(
    ("indicator", "given", "stored"),
    [
        (JUDGED, level(0), level(0)),
        (JUDGED, level(4), level(4)),
        (MAY_BE_NA, not_applicable(" no  infants "), not_applicable("no infants")),
        (JUDGED, CANNOT_JUDGE, CANNOT_JUDGE),
        (COUNTED, counts(26, 37), replace(counts(26, 37), level=3)),
        (COUNTED, counts(0, 5, 50), replace(counts(0, 5, 50), level=0)),
        (COUNTED, replace(counts(37, 37), level=0), replace(counts(37, 37), level=4)),
        (JUDGED, Answer(State.LEVEL, 2, met=1, of=2, reason="more than it needs"), level(2)),
        (JUDGED, Answer(State.CANNOT_JUDGE, level=3), CANNOT_JUDGE),
    ],
)
def test_a_rating_is_stored_in_each_state(house: House, indicator: str, given: Answer, stored: Answer) -> None:
    returned = house.rate(indicator, given)
    assert returned == house.row(indicator)
    assert (returned.answer, returned.answer_version) == (stored, 1)
    assert (returned.answer_at, returned.answer_by) == (NOW, "Ann Able")


@pytest.mark.parametrize(
    ("indicator", "given", "says"),
    [
        (JUDGED, level(5), "no level 5"),
        (JUDGED, level(-1), "no level -1"),
        (JUDGED, level(True), "no level True"),
        (JUDGED, Answer(State.LEVEL), "no level None"),
        (JUDGED, Answer(State.LEVEL, 2.0), "no level 2.0"),  # type: ignore[arg-type]
        (JUDGED, not_applicable("it does not"), "applies to every site"),
        (MAY_BE_NA, not_applicable(" \u200b "), "reason"),
        (COUNTED, level(3), "two whole numbers"),
        (COUNTED, Answer(State.LEVEL, met=3), "two whole numbers"),
        (COUNTED, counts(0, 0), "nothing was looked at"),
        (COUNTED, counts(5, 4), "5 of 4"),
        (COUNTED, counts(-1, 4), "-1 of 4"),
        (COUNTED, counts(3, 4, 3), "only 3 in all"),
        (COUNTED, counts(1, 1_000_001), "1,000,000"),
        (COUNTED, counts(True, 1), "whole numbers"),
        (COUNTED, counts(1.5, 2), "whole numbers"),  # type: ignore[arg-type]
    ],
)
def test_what_cannot_be_a_rating_is_refused(house: House, indicator: str, given: Answer, says: str) -> None:
    before = everything(house.engine)
    with pytest.raises(BadInput, match=says):
        house.rate(indicator, given)
    assert everything(house.engine) == before


def test_an_unknown_indicator_is_refused(house: House) -> None:
    with pytest.raises(NotFound, match="ORG-99"):
        house.rate("ORG-99", 2)
    with pytest.raises(NotFound, match="ORG-99"):
        house.note("ORG-99", "text")
    with pytest.raises(NotFound, match="ORG-99"):
        house.write(add_evidence, house.assessment, "ORG-99", POLICY)


def test_the_second_editor_is_told_and_nothing_is_overwritten(house: House) -> None:
    cam = house.seen_by(joins(house.engine, house.actor.agency_id, "assessor"))
    house.rate(JUDGED, 1)
    assert cam.rate(JUDGED, 2, shown=1).answer_by == "Cam Cole"
    with pytest.raises(Conflict, match="ORG-01 was changed") as told:
        house.rate(JUDGED, 3, shown=1)
    assert told.value.field == "answer"
    assert house.row(JUDGED).answer == level(2)


@pytest.mark.parametrize("shown", [-1, 1, 7])
def test_a_version_that_never_was_is_a_conflict(house: House, shown: int) -> None:
    with pytest.raises(Conflict):
        house.rate(JUDGED, 3, shown=shown)
    assert house.row(JUDGED) == sheets.Row()


def test_note_and_answer_do_not_collide(house: House) -> None:
    house.rate(JUDGED, 1)
    row = house.note(JUDGED, "Seen on site.", shown=0)
    row = house.rate(JUDGED, 2, shown=1)
    assert (row.answer_version, row.note_version, row.note) == (2, 1, "Seen on site.")
    with pytest.raises(Conflict) as told:
        house.note(JUDGED, "Another.", shown=0)
    assert told.value.field == "note"


def test_the_same_again_changes_nothing_even_from_a_stale_view(house: House) -> None:
    house.rate(JUDGED, 3)
    house.note(JUDGED, "Seen.")
    before = everything(house.engine)
    assert house.rate(JUDGED, 3, shown=0).answer_version == 1
    assert house.note(JUDGED, " Seen. ", shown=0).note_version == 1
    assert house.rate("ORG-02", UNRATED) == sheets.Row()
    assert everything(house.engine) == before


def test_a_rating_can_be_taken_back_to_unrated(house: House) -> None:
    house.rate(JUDGED, 3)
    row = house.rate(JUDGED, UNRATED, shown=1)
    assert (row.answer, row.answer_version) == (UNRATED, 2)
    assert house.read(sheets.sheet, house.assessment).answered == frozenset()


def test_a_sheet_is_read_whole_or_in_part(house: House) -> None:
    house.rate("ORG-01", 3)
    house.rate("ORG-02", CANNOT_JUDGE)
    house.write(add_evidence, house.assessment, "PAR-01", POLICY)
    whole = house.read(sheets.sheet, house.assessment)
    part = house.read(sheets.sheet, house.assessment, ["ORG-02"])
    assert set(whole.rows) == {"ORG-01", "ORG-02", "PAR-01"}
    assert set(part.rows) == {"ORG-02"}
    assert set(house.read(sheets.sheet, house.assessment, []).rows) == set()
    assert whole.answered == part.answered == {"ORG-01", "ORG-02"}
    assert whole.row("PAR-01").rated.evidence == ("document",)


@pytest.mark.parametrize("given", [level(2), CANNOT_JUDGE, UNRATED])
def test_what_is_rated_and_read_at_once_is_what_is_read_afterwards(house: House, given: Answer) -> None:
    house.rate("ORG-01", 3)
    house.note("ORG-01", "Seen.")
    house.write(add_evidence, house.assessment, "ORG-02", POLICY)
    cam = house.seen_by(joins(house.engine, house.actor.agency_id, "assessor"))
    cam.rate("ORG-03", 1)
    at_once = house.write(
        ratings.rate_and_read, house.assessment, "ORG-01", given, 1, beside=["ORG-01", "ORG-02", "ORG-03", "ORG-05"]
    )
    afterwards = house.read(sheets.sheet, house.assessment, ["ORG-01", "ORG-02", "ORG-03", "ORG-05"])
    assert (at_once.rows, at_once.answered) == (afterwards.rows, afterwards.answered)
    assert at_once.row("ORG-01").answer == given


def test_what_comes_second_is_not_written_where_it_is_read_too(house: House) -> None:
    house.rate("ORG-01", 3)
    before = everything(house.engine)
    with pytest.raises(Conflict):
        house.write(ratings.rate_and_read, house.assessment, "ORG-01", level(2), 0, beside=["ORG-02"])
    assert everything(house.engine) == before


def test_evidence_is_added_revised_and_removed(house: House) -> None:
    line = house.write(add_evidence, house.assessment, JUDGED, POLICY)
    (stored,) = house.row(JUDGED).evidence
    assert (stored.id, stored.version, stored.details, stored.added_by) == (line, 1, POLICY, "Ann Able")

    revised = replace(POLICY, what="Admission policy, section 5", as_of=None)
    house.write(revise_evidence, house.assessment, line, revised, 1)
    house.write(revise_evidence, house.assessment, line, revised, 2)
    (stored,) = house.row(JUDGED).evidence
    assert (stored.version, stored.details) == (2, revised)

    house.write(remove_evidence, house.assessment, line, 2)
    assert house.row(JUDGED).evidence == ()
    acts = [entry.act for entry in house.read(trail.audit_trail).entries[:3]]
    assert acts == ["remove evidence", "revise evidence", "add evidence"]


def test_evidence_that_changed_meanwhile_is_a_conflict(house: House) -> None:
    line = house.write(add_evidence, house.assessment, JUDGED, POLICY)
    house.write(revise_evidence, house.assessment, line, replace(POLICY, what="New"), 1)
    with pytest.raises(Conflict):
        house.write(revise_evidence, house.assessment, line, POLICY, 1)
    with pytest.raises(Conflict):
        house.write(remove_evidence, house.assessment, line, 1)
    house.write(remove_evidence, house.assessment, line, 2)
    with pytest.raises(Conflict) as told:
        house.write(revise_evidence, house.assessment, line, POLICY, 2)
    assert told.value.field == "evidence"


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"kind": "rumor"}, "Kind of evidence"),
        ({"what": "  "}, "The description of the evidence"),
        ({"what": "x" * 301}, "at most 300"),
        ({"as_of": NOW.date() + timedelta(days=1)}, "still to come"),
        ({"link": "javascript:alert(1)"}, "http"),
        ({"link": "file:///etc/passwd"}, "http"),
        ({"link": "https://"}, "http"),
        ({"link": "http://[broken"}, "http"),
    ],
)
def test_evidence_that_cannot_be_is_refused(house: House, wrong: dict[str, Any], says: str) -> None:
    with pytest.raises(BadInput, match=says):
        house.write(add_evidence, house.assessment, JUDGED, replace(POLICY, **wrong))
    assert house.row(JUDGED).evidence == ()


def test_a_long_link_of_a_document_server_fits(house: House) -> None:
    long = EvidenceDetails("document", "Policy", date(2026, 1, 2), "https://files.example/" + "a" * 900)
    house.write(add_evidence, house.assessment, JUDGED, long)
    assert house.row(JUDGED).evidence[0].details == long


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a\x00b", "control character"),
        ("a\x1bb", "control character"),
        ("a\ud800b", "control character"),
        ("x" * 20_001, "20,001 characters"),
    ],
)
def test_a_note_that_a_store_would_refuse_is_refused(house: House, text: str, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        house.note(JUDGED, text)
    assert house.row(JUDGED).note == ""


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("one\r\ntwo\rthree\tfour", "one\ntwo\nthree\tfour"),
        ("Zoe\u0301 \U0001f37c \u05d0", "Zo\u00e9 \U0001f37c \u05d0"),
        ("x" * 20_000, "x" * 20_000),
        ("100% 'sure'; -- DROP TABLE \\ %s {0}", "100% 'sure'; -- DROP TABLE \\ %s {0}"),
    ],
)
def test_a_note_comes_back_as_it_was_cleaned(house: House, typed: str, stored: str) -> None:
    house.note(JUDGED, typed)
    assert house.row(JUDGED).note == stored


def test_what_looks_like_a_clients_data_stops_every_text(house: House) -> None:
    before = everything(house.engine)
    acts: list[Callable[[], object]] = [
        lambda: house.note(JUDGED, CLIENT),
        lambda: house.rate(MAY_BE_NA, not_applicable(CLIENT)),
        lambda: house.write(add_evidence, house.assessment, JUDGED, replace(POLICY, what=CLIENT)),
        lambda: house.write(assessments.write_cover, house.assessment, assessments.Cover(rests_on=CLIENT), shown=0),
    ]
    for act in acts:
        with pytest.raises(LooksLikeClientData, match="123-45-6789") as stopped:
            act()
        assert [kind for kind, _, _ in stopped.value.spans] == ["social security number"]
    assert everything(house.engine) == before


def test_a_reason_keeps_the_text_and_is_audited(house: House) -> None:
    with pytest.raises(LooksLikeClientData):
        house.note(JUDGED, CLIENT, keep_because="  ")
    house.note(JUDGED, CLIENT, keep_because="An invented number from the training.")
    assert house.row(JUDGED).note == CLIENT
    kept = house.read(trail.audit_trail, act="keep text").entries
    assert [(entry.field, entry.after) for entry in kept] == [
        ("social security number", "An invented number from the training.")
    ]
    assert house.note(JUDGED, CLIENT, shown=1).note_version == 1, "what is kept already needs no reason again"


def test_what_looks_like_a_name_only_warns(house: House) -> None:
    assert house.note(JUDGED, "Talked with Mary Smith about intake.").note_version == 1


@pytest.mark.parametrize("frozen_by", ["submitted", "archived"])
def test_a_frozen_assessment_changes_no_more(house: House, frozen_by: str) -> None:
    house.rate(JUDGED, 2)
    line = house.write(add_evidence, house.assessment, JUDGED, POLICY)
    if frozen_by == "submitted":
        house.submit()
    else:
        house.write(assessments.archive_assessment, house.assessment)
    before = everything(house.engine)
    acts: list[Callable[[], object]] = [
        lambda: house.rate(JUDGED, 3, shown=1),
        lambda: house.note(JUDGED, "late"),
        lambda: house.write(add_evidence, house.assessment, JUDGED, POLICY),
        lambda: house.write(revise_evidence, house.assessment, line, replace(POLICY, what="x"), 1),
        lambda: house.write(remove_evidence, house.assessment, line, 1),
        lambda: house.write(assessments.write_cover, house.assessment, assessments.Cover("Ann"), 0),
    ]
    for act in acts:
        with pytest.raises(AlreadySubmitted):
            act()
    assert everything(house.engine) == before
    assert house.row(JUDGED).answer == level(2)
