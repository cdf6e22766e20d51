from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from assessments.use_cases.plans import ActionDetails, ActionLine, Due
from assessments.use_cases.training_sessions import SessionDetails, SessionLine
from reports.calendar import calendar, of_session

NOW = datetime(2026, 11, 22, 15, 30, tzinfo=UTC)
DAY = date(2026, 12, 31)
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=300).filter(
    str.strip
)


def due(what: str = "Write the policy", owner: str = "Dana", day: date | None = DAY, version: int = 1) -> Due:
    return Due(ActionLine("a" * 32, version, ActionDetails(what, owner, due=day)), "b" * 32, "ORG-03", "Main Street")


def entries(content: bytes) -> list[dict[str, str]]:
    return [{key: str(value) for key, value in one.items()} for one in Calendar.from_ical(content).walk("VEVENT")]


def test_an_action_is_a_whole_day_that_is_not_taken() -> None:
    (one,) = Calendar.from_ical(calendar([due()], NOW)).walk("VEVENT")
    assert (one.decoded("dtstart"), one.decoded("dtend")) == (DAY, date(2027, 1, 1))
    assert (str(one["summary"]), one["transp"]) == ("Due: Write the policy", "TRANSPARENT")
    assert str(one["description"]) == "ORG-03, Main Street. Owner: Dana. Status: planned."


def test_what_was_revised_replaces_the_entry_before() -> None:
    (first,), (second,) = (entries(calendar([due(version=version)], NOW)) for version in (1, 2))
    assert first["UID"] == second["UID"]
    assert int(first["SEQUENCE"]) < int(second["SEQUENCE"])


def test_what_has_no_day_is_left_out() -> None:
    assert entries(calendar([due(day=None)], NOW)) == []


@given(TEXT, TEXT)
def test_nothing_that_is_typed_becomes_an_entry_of_its_own(what: str, owner: str) -> None:
    typed = f"{what}\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:x"
    found = entries(calendar([due(typed, owner), due(what, owner)], NOW))
    assert len(found) == 2
    assert found[1]["SUMMARY"] == f"Due: {what}"


def test_a_session_is_a_day_without_whoever_is_expected() -> None:
    planned = SessionDetails("d" * 32, DAY, "Room 2\nEND:VEVENT")
    line = SessionLine("c" * 32, 2, planned, "First talks", {"e": "expected"})
    (one,) = Calendar.from_ical(of_session(line, NOW)).walk("VEVENT")
    assert (one.decoded("dtstart"), str(one["summary"]), one["sequence"]) == (DAY, "First talks", 2)
    assert str(one["description"]) == "Room 2\nEND:VEVENT"
    assert "expected" not in of_session(line, NOW).decode()
