"""The brief of an assessment for a board, on one page: every part of it is bounded, whatever people typed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from assessments.rules.bands import CONVENTION
from assessments.rules.effect import summary
from assessments.rules.gaps import Gap, Kind
from assessments.rules.ratings import strength
from assessments.rules.scoring import ENOUGH_RATED, Standing
from assessments.rules.targets import Aim
from assessments.use_cases.plans import OPEN, ActionDetails, Plan
from reports import frames, pictures, words
from reports.aims import far, next_aim
from reports.fitting import PAGE, clipped, height
from reports.paper import Block, Facts, Listing, Paper, Paragraph, Run, Section, Table, Text, strong, text, typed
from reports.rated_blind import self_rating
from reports.telling import NOT_SAID, Told, by_when, draft, edition, names, receipt_line, status, strengths
from standards.model import Class

KIND = "Brief for the board"
PRIORITIES = 3


@dataclass(frozen=True)
class Room:
    """How many of each, and for how many letters of usual breadth there is room in a `line` of a list, a `cell`, a
    `name`.
    """

    domains: int
    strengths: int
    gaps: int
    line: int
    cell: int
    name: int


ROOMS = (
    Room(5, 3, 4, 150, 110, 80),
    Room(5, 3, 4, 110, 80, 48),
    Room(4, 3, 3, 90, 60, 36),
    Room(3, 2, 3, 70, 45, 24),
)
"""The first in which the whole stands on its page is taken."""
Bars = Callable[[int], tuple[Block, ...]]
"""At most so many domains, drawn once however often the brief is told anew."""
NONE_CHOSEN = "Nothing is chosen to work on yet. The team chooses one to three gaps, with a reason for each."
KINDS: dict[Kind, str] = {
    "failing duty": "duty not met",
    "unknown duty": "a duty, evidence needed",
    "failing critical": "critical, not met",
    "unknown critical": "critical, evidence needed",
    "below target": "below target",
    "single cases": "critical, single cases fall short",
    "unrated": "nobody has rated it",
    "too few": "no share of staff to show",
}
CLASSES: tuple[Class, ...] = ("duty", "critical", "standard")


def brief(told: Told) -> Paper:
    bars: Bars = cache(lambda most: tuple(_bars(told, most)))
    papers = (_paper(told, room, bars) for room in ROOMS)
    return next((paper for paper in papers if height(paper) <= PAGE), _paper(told, ROOMS[-1], bars))


def _paper(told: Told, room: Room, bars: Bars) -> Paper:
    listed = told.report.listed
    return Paper(
        KIND,
        text(typed(clipped(listed.site, room.name)), ", ", typed(clipped(listed.cycle, room.name))),
        draft(told),
        _facts(told, room),
        tuple(_sections(told, room, bars)),
        told.made,
        short=True,
    )


def _facts(told: Told, room: Room) -> Facts:
    row = told.report.assessment
    who = row.raters or names(told)
    by = typed(clipped(who, 2 * room.name)) if who else NOT_SAID
    hours = "" if row.hours is None else f", in {row.hours:g} hours"
    return Facts(
        (
            ("Agency", text(typed(clipped(told.agency.name, 2 * room.name)))),
            ("Checklist", text(clipped(edition(told), 2 * room.name))),
            ("By, and when", text(by, f"{_agreed(told)}{hours}. {status(told)}.")),
        )
    )


def _agreed(told: Told) -> str:
    """Where several rated blind; of two, how far they were apart."""
    if told.compared is None:
        return ""
    first, *more = told.compared.pairs
    both = first.agreements.whole
    if more or not both.compared:
        return ", rated blind"
    return f", rated blind: the same level on {both.exact:,} of {both.compared:,}"


def _sections(told: Told, room: Room, bars: Bars) -> Iterator[Section]:
    yield Section("Where it stands", (_in_figures(told), *bars(room.domains)))
    yield Section("Strengths", (_strengths(told, room),))
    yield Section("Gaps, most pressing first", (_gaps(told, room),))
    yield Section("What the team works on", (_priorities(told, room), *_coming(told, room)))
    yield Section("What this cannot say", tuple(_limits(told)))


def _in_figures(told: Told) -> Block:
    whole = told.report.score.whole
    rated = f"Of {whole.applicable:,} indicators that apply, {whole.rated:,} are rated and "
    met = strong(f"{whole.at_target:,} {'is' if whole.at_target == 1 else 'are'} at target")
    return Paragraph(text("Score ", strong(f"{words.mean(whole.mean)}, of 4"), ". ", *_band(told), rated, met, "."))


def _bars(told: Told, most: int) -> Iterator[Block]:
    frame = frames.domains(told.report, told.say)
    if frame.empty:
        return
    below = frame["score"].astype(float) - frame["target"].astype(float)
    shown = frame.loc[below.sort_values(na_position="last").index[:most].sort_values()]
    yield pictures.domains(shown.assign(title=[clipped(title, 80) for title in shown["title"]]), pictures.FLAT)
    left = len(frame) - len(shown)
    more = f" The {left} domains that come closer to their targets are in the full report." if left else ""
    yield Paragraph(
        text(f"Bar: score of a domain. Upright mark: its target. Hollow: under 80 % rated.{more}"), small=True
    )


def _band(told: Told) -> Iterator[Run | str]:
    whole = told.report.score.whole
    caps = words.caps(told.report.checklist, whole, told.report.conditions)
    yield strong(f"Band: {whole.shown_band}. " if whole.shown_band else "No band yet. ")
    if not whole.shown_band:
        yield f"There is one when {words.percent(ENOUGH_RATED)} of every domain are rated. "
    if caps:
        yield f"It can be Partial at most: {caps}. "


def _strengths(told: Told, room: Room) -> Block:
    found = sorted((row for _, row in strengths(told)), key=_pride)
    if not found:
        return Paragraph(text("None yet: a strength is at its target and rests on more than what people said."))
    items = [_line(told, room, row.indicator.id, told.level(row.indicator.id)) for row in found[: room.strengths]]
    return Listing((*items, *_more(len(found) - room.strengths)))


def _pride(row: Standing) -> tuple[int, int, int]:
    """Smaller comes first: duties met, then what stands high, then what is well supported."""
    return CLASSES.index(row.class_), -(row.rated.level or 0), -strength(row.rated.evidence)


def _gaps(told: Told, room: Room) -> Block:
    gaps = told.report.gaps
    if not gaps:
        return Paragraph(text("None: everything that applies is at its target."))
    items = [_line(told, room, gap.indicator, _short_of(told, gap)) for gap in gaps[: room.gaps]]
    return Listing((*items, *_more(len(gaps) - room.gaps)))


def _short_of(told: Told, gap: Gap) -> str:
    return f"{KINDS[gap.kind]}: {_level(told, gap.indicator)}, target {gap.target}"


def _line(told: Told, room: Room, name: str, said: str) -> Text:
    return text(strong(clipped(told.indicator(name), room.line)), f" ({said})")


def _level(told: Told, name: str) -> str:
    rated = told.report.row(name).rated
    return words.STATES[rated.state].lower() if rated.level is None else f"level {rated.level}"


def _more(left: int) -> list[Text]:
    return [text(f"{left:,} more in the full report.")] if left > 0 else []


def _priorities(told: Told, room: Room) -> Block:
    if not told.live:
        return Paragraph(text(NONE_CHOSEN))
    rows = tuple(_priority(told, room, plan) for plan in told.live[:PRIORITIES])
    left = len(told.live) - PRIORITIES
    caption = "Chosen by the team, each with its reason." + (f" {left} more in the full report." if left > 0 else "")
    return Table(caption, ("Priority", "Why, and whose choice", "Next step"), (34, 34, 32), rows)


def _priority(told: Told, room: Room, plan: Plan) -> tuple[Text, ...]:
    one = plan.priority
    whose = (" (", typed(clipped(one.chosen_by, room.name)), f", {told.day(one.chosen_at)})")
    return (
        text(clipped(told.indicator(one.indicator), room.cell)),
        text(typed(clipped(one.because, room.cell)), *whose),
        _next(room, plan),
    )


def _next(room: Room, plan: Plan) -> Text:
    """The open action that is due first."""
    going = [line.details for line in plan.actions if line.details.status in OPEN]
    if not going:
        return text("No open action.")
    first = min(going, key=lambda action: (action.due is None, action.due or date.max))
    return text(
        typed(clipped(first.what, room.cell)), " (", typed(clipped(first.owner, room.name)), f"; {_due(first)})"
    )


def _due(action: ActionDetails) -> str:
    return f"due {by_when(action.due)}; {action.status}" if action.due else action.status


def _coming(told: Told, room: Room) -> Iterator[Block]:
    """The next day by which the team means to be somewhere, and whether its priorities moved."""
    if soonest := next_aim(told):
        aim, reach = soonest
        title = clipped(_aimed(told, aim).rstrip("."), room.cell)
        stands = f"level {aim.level}; {far(told, aim, reach)}"
        when = "Target that is past" if aim.by < told.today else "Next target"
        yield Paragraph(text(f"{when}, by {words.day(aim.by)}: {title}: {stands}."))
    if told.proof and told.live and len(told.proof.cycles) > 1:
        found = [effect for one in told.live for effect in told.proof.effects[one.priority.id]]
        yield Paragraph(text(f"Did it move? {summary(found)}"))


def _aimed(told: Told, aim: Aim) -> str:
    if aim.about == "indicator":
        return told.indicator(aim.about_id)
    return next(told.say(one.title) for one in told.report.checklist.domains if one.id == aim.about_id)


def _limits(told: Told) -> Iterator[Block]:
    whole = told.report.score.whole
    unknown = (
        f"{whole.unrated:,} not rated, {whole.cannot_judge:,} nobody could judge, {len(whole.unsupported):,} rated "
    )
    yield Paragraph(
        text(
            f"{self_rating(told)} {words.limits(told.report.checklist)} Not known: {unknown}without evidence behind "
            "them."
        ),
        small=True,
    )
    yield Paragraph(text(f"{CONVENTION} {receipt_line(told)}"), small=True)
