"""What is due, and a session of a course, as a calendar file: an all-day entry each, which a later file replaces."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event

from assessments.use_cases.plans import Due
from assessments.use_cases.training_sessions import SessionLine

MAKER = "-//Plumbline//Improvement plan//EN"


def calendar(due: Sequence[Due], now: datetime) -> bytes:
    """iCalendar (RFC 5545). The action's own id and version tell a calendar which entry is meant and which is newer."""
    return _written([_due(one, now) for one in due if one.action.details.due])


def of_session(line: SessionLine, now: datetime) -> bytes:
    """Without whoever is expected: a calendar is often shared."""
    entry = _day(line.id, line.version, line.details.on, now)
    entry.add("summary", line.course)
    if line.details.note:
        entry.add("description", line.details.note)
    return _written([entry])


def _written(entries: Sequence[Event]) -> bytes:
    made = Calendar()
    made.add("prodid", MAKER)
    made.add("version", "2.0")
    for entry in entries:
        made.add_component(entry)
    written: bytes = made.to_ical()
    return written


def _due(one: Due, now: datetime) -> Event:
    details, day = one.action.details, one.action.details.due
    assert day
    entry = _day(one.action.id, one.action.version, day, now)
    entry.add("summary", f"Due: {details.what}")
    entry.add("description", f"{one.indicator}, {one.site}. Owner: {details.owner}. Status: {details.status}.")
    return entry


def _day(thing_id: str, version: int, day: date, now: datetime) -> Event:
    entry = Event()
    entry.add("uid", f"{thing_id}@plumbline.invalid")
    entry.add("sequence", version)
    entry.add("dtstamp", now)
    entry.add("dtstart", day)
    entry.add("dtend", day + timedelta(days=1))
    entry.add("transp", "TRANSPARENT")  # a day with something due is not a day that is taken
    return entry
