"""What is due, as a calendar file: an all-day entry for each action, which a later file of the same plan replaces."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from icalendar import Calendar, Event

from assessments.use_cases.plans import Due

MAKER = "-//Plumbline//Improvement plan//EN"


def calendar(due: Sequence[Due], now: datetime) -> bytes:
    """iCalendar (RFC 5545). The action's own id and version tell a calendar which entry is meant and which is newer."""
    made = Calendar()
    made.add("prodid", MAKER)
    made.add("version", "2.0")
    for one in due:
        if one.action.details.due:
            made.add_component(_entry(one, now))
    written: bytes = made.to_ical()
    return written


def _entry(one: Due, now: datetime) -> Event:
    details, day = one.action.details, one.action.details.due
    assert day
    entry = Event()
    entry.add("uid", f"{one.action.id}@plumbline.invalid")
    entry.add("sequence", one.action.version)
    entry.add("dtstamp", now)
    entry.add("dtstart", day)
    entry.add("dtend", day + timedelta(days=1))
    entry.add("summary", f"Due: {details.what}")
    entry.add("description", f"{one.indicator}, {one.site}. Owner: {details.owner}. Status: {details.status}.")
    entry.add("transp", "TRANSPARENT")  # a day with something due is not a day that is taken
    return entry
