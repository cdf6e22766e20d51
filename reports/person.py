"""One staff member, as page and paper tell it: what they can build on first, then what comes next. No colleague is in
it, and nothing is ranked.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from assessments.rules.competency import COMPETENT, Given, Standing, State
from assessments.rules.holders import SOON
from assessments.rules.training import holds
from reports import words
from reports.competencies import CONFIDENTIAL, PURPOSE
from reports.paper import Block, Facts, Listing, Paper, Paragraph, Section, Table, Text, strong, text, typed
from reports.person_past import history_blocks, training
from reports.person_told import Told
from standards.model import Indicator, LevelKey

KIND = "One person"
OPEN: tuple[tuple[State, str], ...] = (
    ("lapsed", "Was there, to be shown again"),
    ("cannot judge", "Could not be judged: look again"),
    ("self-rated only", "Rated by themselves alone so far"),
    ("not rated", "Not rated yet"),
)
"""What a role needs and no rating says today, what is nearest to an answer first."""
NO_ROLE_NEEDS = "None of their roles needs a competency of this checklist."
NO_STRENGTH = "Nothing that was rated is at target and at 3 or above yet."
NO_STEP = "Nothing that was rated is below the target of their role."
NO_OPEN = "Everything that their role needs is rated."
OWN_VIEW = (
    "A self-rating is for reflection and counts nowhere. Where the two differ there is something to talk about, and "
    "nothing more. People rate themselves up to 2 in a skill."
)
NOTHING_SOON = f"Nothing in the next {SOON.days} days."


def paper(told: Told) -> Paper:
    facts = Facts(tuple(_facts(told)))
    history = Section("History", history_blocks(told))
    parts = (*sections(told), history)
    return Paper(KIND, text(typed(told.who)), PURPOSE, facts, parts, told.made, listed=False, foot=CONFIDENTIAL)


def sections(told: Told) -> tuple[Section, ...]:
    """All but the history, which a page folds away."""
    parts: tuple[tuple[str, Callable[[Told], Iterable[Block]]], ...] = (
        ("Strengths", _strengths),
        ("Next steps", _next_steps),
        ("To be rated", _open),
        ("Lapses soon", _lapsing),
        ("Self-rating beside the rating of record", _beside),
        ("Training", training),
    )
    return tuple(Section(title, tuple(blocks(told))) for title, blocks in parts)


def _facts(told: Told) -> Iterator[tuple[str, Text]]:
    member = told.person.member
    yield "Site", text(typed(member.site))
    yield "Roles", text(typed(", ".join(member.roles)))
    yield "Here since", text(words.day(member.details.starts))
    if member.details.ends:
        yield "Last day", text(words.day(member.details.ends))
    if member.supervisor:
        yield "Supervisor", text(typed(member.supervisor))
    yield "Checklist", (*told.say(told.person.checklist.title), *text(f", edition {told.person.checklist.edition}"))


def _strengths(told: Told) -> Iterator[Block]:
    found = [(one, now) for one, now in told.standings("at target") if (now.level or 0) >= COMPETENT]
    if not found:
        yield Paragraph(text(NO_STRENGTH if _needs_any(told) else NO_ROLE_NEEDS))
        return
    yield Paragraph(
        text("At the target of their role, at 3 or above: what they could show to a colleague."), small=True
    )
    yield Listing(tuple(_strength(told, one, now) for one, now in found))


def _strength(told: Told, indicator: Indicator, now: Standing) -> Text:
    until = now.record.holds_until if now.record else None
    said = f" Level {_named(told, indicator, now.level)}." + (
        f" {words.holds(until, told.person.today)}." if until else ""
    )
    return (*told.competency(indicator), *text(said))


def _next_steps(told: Told) -> Iterator[Block]:
    found = told.standings("below target")
    yield Listing(tuple(_step(told, one, now) for one, now in found)) if found else Paragraph(text(NO_STEP))


def _step(told: Told, indicator: Indicator, now: Standing) -> Text:
    level = now.level or 0
    above = told.person.checklist.ladder_of[indicator.id].level(level + 1)
    key: LevelKey = str(above.value)  # type: ignore[assignment]
    taught = " ".join(f"{one} teaches it." for one in _courses(told, indicator.id, level))
    return (
        *told.competency(indicator),
        *text(f" At {level}; the role needs {now.target}. ", strong(f"What would make it a {above.value}:"), " "),
        *told.say(f"{above.words} {indicator.cue.get(key, '')}".strip()),
        *text(" " if taught else "", typed(taught)),
    )


def _courses(told: Told, indicator: str, level: int) -> Iterator[str]:
    for course in told.person.courses:
        if course.details.teaches.get(indicator, 0) > level:
            yield f"“{course.details.name}” ({course.details.hours:g} h)"


def _open(told: Told) -> Iterator[Block]:
    rows = [
        ((*told.competency(one),), text(_why(heading, now)))
        for state, heading in OPEN
        for one, now in told.standings(state)
    ]
    if not rows:
        yield Paragraph(text(NO_OPEN))
        return
    yield Paragraph(
        text("Their role needs it, and no rating says today where they stand. It is no gap: rate it first."), small=True
    )
    yield Table("To be rated", ("Competency", "What is known"), (62, 38), tuple(rows), captioned=False)


def _why(heading: str, now: Standing) -> str:
    last = now.record or now.self_rated
    if last is None or last.level is None:
        return f"{heading}."
    return f"{heading}: {last.level} on {words.day(last.on)}."


def _lapsing(told: Told) -> Iterator[Block]:
    items = [*_ratings_ending(told), *_trainings_ending(told)]
    if not items:
        yield Paragraph(text(NOTHING_SOON))
        return
    yield Listing(tuple(item for _, item in sorted(items, key=lambda found: found[0])))


def _ratings_ending(told: Told) -> Iterator[tuple[date, Text]]:
    for indicator in told.person.checklist.indicators:
        now = told.person.standings[indicator.id]
        until = now.record.holds_until if now.record else None
        if now.target is not None and until and told.person.today <= until <= told.person.today + SOON:
            yield until, (*told.competency(indicator), *text(f" {words.holds(until, told.person.today)}."))


def _trainings_ending(told: Told) -> Iterator[tuple[date, Text]]:
    """The newest time of each course is what holds."""
    newest = {done.course_id: done for done in reversed(told.person.done)}
    for done in newest.values():
        until = done.holds_until
        if until and holds(until, told.person.today) == "lapses soon":
            yield until, text("Training ", typed(f"“{done.course}”"), f". {words.holds(until, told.person.today)}.")


def _beside(told: Told) -> Iterator[Block]:
    rows = [
        (told.competency(one), text(_said(now.self_rated)), text(_said(now.record)), text(_apart(now.apart)))
        for one in told.person.checklist.indicators
        if (now := told.person.standings[one.id]).self_rated
    ]
    yield Paragraph(text(OWN_VIEW), small=True)
    if not rows:
        yield Paragraph(text("They have not rated themselves yet."))
        return
    head = ("Competency", "Self-rating", "Of record", "Side by side")
    yield Table("Self-rating beside the rating of record", head, (46, 16, 16, 22), tuple(rows), captioned=False)


def _apart(apart: int | None) -> str:
    """In words that blame nobody."""
    if apart is None:
        return "One of the two is missing"
    if apart == 0:
        return "The same level"
    levels = words.count(abs(apart), "level")
    return f"The self-rating is {levels} {'higher' if apart > 0 else 'lower'}"


def _said(given: Given | None) -> str:
    if given is None:
        return "Not rated"
    return f"{'Cannot judge' if given.level is None else given.level}, {words.day(given.on)}"


def _needs_any(told: Told) -> bool:
    return any(now.target is not None for now in told.person.standings.values())


def _named(told: Told, indicator: Indicator, level: int | None) -> str:
    return f"{level}, {told.person.checklist.ladder_of[indicator.id].level(level or 0).name}"
