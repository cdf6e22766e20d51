"""A course, a session and a mark, in words."""

from collections.abc import Mapping
from datetime import date

from assessments.rules.competency import COMPETENT, SKILL
from assessments.rules.training import Holds, holds
from assessments.use_cases.attendance import Done
from assessments.use_cases.courses import CourseDetails, CourseLine, Format
from assessments.use_cases.training_sessions import FEWEST, AttendanceState, SessionLine
from pages.shared import house, words
from standards.model import Checklist

FORMATS: dict[Format, str] = {
    "in-person": "In person",
    "online-live": "Online, live",
    "self-paced": "At one's own pace",
    "coaching": "Coaching",
}
STATES: dict[AttendanceState, str] = {"expected": "Expected", "attended": "Attended", "absent": "Absent"}
HOLDS: dict[Holds, str] = {
    "lapsed": ":material/history:",
    "lapses soon": ":material/schedule:",
    "holds": ":material/check_circle:",
    "does not lapse": ":material/check_circle:",
}
STILL_WATCHED = (
    "A course can teach a skill up to level 3 or 4. Whoever took it is still watched before they are rated there."
)


def course(line: CourseLine) -> str:
    """Its name and what there is to know before one goes there."""
    details = line.details
    valid = f"holds for {words.count(details.valid_months, 'month')}" if details.valid_months else "does not lapse"
    parts = [hours(details), FORMATS[details.format], words.plain(details.provider), valid]
    archived = " (archived)" if line.archived else ""
    return f"**{words.plain(details.name)}**{archived} · {' · '.join(filter(None, parts))}"


def moves(line: CourseLine) -> str:
    """What a change of the months does, said before it is saved."""
    many = f"{line.people} people who have" if line.people else f"whoever has (fewer than {FEWEST} people)"
    return f"Other months move the last day on which it holds for {many} attended, back to the first session."


def hours(details: CourseDetails) -> str:
    return "1 hour" if details.hours == 1 else f"{details.hours:g} hours"


def topics(checklist: Checklist, details: CourseDetails) -> str:
    """In short: each topic with how many of its competencies."""
    found = by_topic(checklist, details)
    if not found:
        return "Teaches nothing of this checklist"
    return "Teaches " + ". ".join(f"{words.plain(topic)}: {_up_to(taught)}" for topic, taught in found.items())


def by_topic(checklist: Checklist, details: CourseDetails) -> dict[str, dict[str, int]]:
    """Title of a domain -> indicator -> level, in the order of the checklist."""
    found: dict[str, dict[str, int]] = {}
    for domain in checklist.domains:
        of_domain = checklist.by_domain[domain.id]
        taught = {one.id: details.teaches[one.id] for one in of_domain if one.id in details.teaches}
        if taught:
            found[words.in_terms(domain.title, house.agency())] = taught
    return found


def teaches_a_skill(checklist: Checklist, teaches: Mapping[str, int]) -> bool:
    """Up to a level that has to be watched."""
    return any(level >= COMPETENT and checklist.ladder_of[name].id == SKILL for name, level in teaches.items())


def session(line: SessionLine) -> str:
    """For a list to choose from, which reads no Markdown."""
    return f"{words.day(line.details.on)}, {line.course}"


def came(line: SessionLine, *, sees: bool) -> str:
    """Who is marked how, of those whom the actor sees; else how many came, from five on."""
    if not sees:
        if line.details.on > house.today():
            return "planned"
        return f"{line.attended} attended" if line.attended else f"fewer than {FEWEST} attended"
    found = [(sum(mark == state for mark in line.attendance.values()), name) for state, name in STATES.items()]
    return ", ".join(f"{number} {name.lower()}" for number, name in found if number) or "nobody marked yet"


def how_long(done: Done, today: date) -> str:
    said = words.holds(done.holds_until, today) if done.holds_until else "Does not lapse"
    return f"{HOLDS[holds(done.holds_until, today)]} {said}"


def _up_to(taught: Mapping[str, int]) -> str:
    """By level: "STF-08 up to 3; STF-09, STF-10 up to 2"."""
    by_level: dict[int, list[str]] = {}
    for name, level in taught.items():
        by_level.setdefault(level, []).append(words.plain(name))
    return "; ".join(f"{', '.join(names)} up to {level}" for level, names in by_level.items())
