"""Staff competencies beside the gaps of a program, in words: where the figures come from, and each one of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from assessments.rules.rolled_up import FEWEST, NOBODY_NEEDS_IT, Share, Shown
from assessments.use_cases.staff_beside import Competency, StaffBeside
from reports import words
from reports.competencies import PURPOSE
from reports.counted import at_target, small
from reports.paper import Block, Heading, Paragraph, Section, Table, Text, strong, text
from reports.telling import Told

HEADING = "Staff competencies"
HEAD = ("Competency", "At target", "Median", "Level, target", "Gap")
WIDTHS = (46, 20, 9, 17, 8)
NOT_SHOWN: Mapping[Shown, str] = {
    "too few": f"Fewer than {FEWEST} need it",
    "none rated": "Nobody is rated yet",
    "too few rated": f"Fewer than {FEWEST} are rated",
    "part rated": "Fewer than four in five are rated",
}
"""Why there is no share."""


@dataclass(frozen=True)
class Line:
    """Of one competency, as it is read; the texts are the checklist's own, in no agency's terms yet."""

    indicator: str
    text: str
    standard: str
    critical: bool
    share: str
    median: str
    level: str
    gap: str

    @property
    def cells(self) -> tuple[str, str, str, str]:
        return self.share, self.median, self.level, self.gap


def about(found: StaffBeside) -> str:
    """Why they stand beside the score and not in it."""
    names = list(dict.fromkeys(one.standard for one in found.competencies))
    span = f"Standards {min(names)} to {max(names)}" if len(names) > 1 else f"Standard {names[0]}"
    return (
        f"{span} of the same guidance {'are' if len(names) > 1 else 'is'} about what staff know and can do. They are "
        "rated person by person and counted for the site. They stand beside the score of the program and are never "
        f"averaged into it, as no two checklists of a site are. {small()}"
    )


def since(found: StaffBeside) -> str:
    """What the figures hold for, or how to come by some."""
    day = words.day(found.on)
    if found.counted:
        kept = " That count is submitted, so it does not change." if found.frozen else ""
        return f"As counted on {day}, for this site in this cycle.{kept}"
    if found.shown:
        return (
            f"As of today, {day}: they change with every rating of staff. To keep those of one day, count them for "
            "this cycle."
        )
    return (
        "No share can be shown yet. Put the staff of this site on the roster with their roles, have them rated, and "
        "have the ratings counted for this cycle."
    )


def lines(found: StaffBeside) -> list[Line]:
    """In the order of the checklist."""
    return [_line(found, one) for one in found.competencies]


def below(found: StaffBeside) -> list[Line]:
    """Under their target, the critical first, then the larger gap."""
    ids = {one.indicator: one.gap for one in found.competencies if one.gap}
    here = [line for line in lines(found) if line.indicator in ids]
    return sorted(here, key=lambda line: (not line.critical, -(ids[line.indicator] or 0)))


def summed(found: StaffBeside) -> str:
    shown, short = sum(one.level is not None for one in found.competencies), len(below(found))
    of = f"Of {words.count(shown, 'competency', 'competencies')} shown"
    hidden = len(found.competencies) - shown
    rest = f" {hidden} more cannot be shown, or no role needs them." if hidden else ""
    return f"{of}, {short} {'lies' if short == 1 else 'lie'} below target.{rest}"


def by_standard(found: StaffBeside) -> Iterator[tuple[str, list[Line]]]:
    ordered = sorted(lines(found), key=lambda line: line.standard)
    yield from ((name, list(here)) for name, here in groupby(ordered, key=lambda line: line.standard))


def sections(told: Told) -> Iterator[Section]:
    for found in told.staff:
        yield Section(HEADING, tuple(_blocks(told, found)))


def _blocks(told: Told, found: StaffBeside) -> Iterator[Block]:
    yield Paragraph(text(PURPOSE))
    yield Paragraph(text(about(found)))
    yield Paragraph(text(since(found)))
    if not found.shown:
        return
    yield Paragraph(text(summed(found)))
    for name, here in by_standard(found):
        yield Heading(text(f"{name} {told.say(found.checklist.standard[name].text)}"))
        rows = tuple((_named(told, line), *map(text, line.cells)) for line in here)
        yield Table(f"{name}: staff at the target of their role.", HEAD, WIDTHS, rows, captioned=False)


def _named(told: Told, line: Line) -> Text:
    return text(strong(line.indicator), f" {told.say(line.text)}{' (critical)' if line.critical else ''}")


def _line(found: StaffBeside, one: Competency) -> Line:
    indicator, ladder = found.checklist.indicator[one.indicator], found.checklist.ladder_of[one.indicator]
    shown = one.level is not None
    return Line(
        one.indicator,
        indicator.text,
        one.standard,
        indicator.class_ == "critical",
        share(one.share),
        words.mean(one.share.median) if one.share.median is not None else "",
        f"{one.level} {ladder.level(one.level).name}, target {one.target}" if one.level is not None else "",
        str(one.gap) if shown else "",
    )


def share(found: Share) -> str:
    if found.shown == "shown":
        return at_target(found)
    return f"{words.capital(NOBODY_NEEDS_IT)}." if found.shown == "nobody" else NOT_SHOWN[found.shown]
