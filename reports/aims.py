"""What the team means to reach by when, beside the target of the standard, and how far it is."""

from collections.abc import Iterator

from assessments.rules.scoring import target_of
from assessments.rules.targets import Aim, Reach
from assessments.use_cases.targets import TargetLine, TargetReport
from reports import words
from reports.paper import Block, Paragraph, Section, Table, Text, strong, text, typed
from reports.telling import Told, named

WHOSE = (
    "Set by the team, each with its day. They stand beside the targets of the standard and change no score, no band "
    "and no gap."
)
STEP = " A step on the way: for a duty or a critical item the standard asks for more."
HEAD, WIDTHS = ("For", "Level", "By", "Where it stands", "Set by"), (30, 14, 16, 24, 16)


def aims(told: Told) -> Section:
    found = told.targets
    if found is None or not found.lines:
        return Section("Targets with a day", (Paragraph(text("The team has set no target with a day yet.")),))
    return Section("Targets with a day", tuple(_blocks(told, found)))


def next_aim(told: Told) -> tuple[Aim, Reach] | None:
    """The soonest that is not reached."""
    found = told.targets
    if found is None:
        return None
    reached = ((line.aim, found.reach[line.aim.about, line.aim.about_id]) for line in found.lines)
    return next(((aim, reach) for aim, reach in reached if not reach.all_there), None)


def far(told: Told, aim: Aim, reach: Reach) -> str:
    """How many are there; of one indicator, where it is."""
    if told.targets is None or not reach.of:
        return "nothing of it applies"
    if aim.about == "indicator":
        rated = told.targets.now.row(aim.about_id).rated
        now = words.STATES[rated.state].lower() if rated.level is None else f"level {rated.level}"
        return f"reached, at {now}" if reach.all_there else f"now {now}"
    return f"{reach.reached} of {words.count(reach.of, 'indicator')} {'is' if reach.reached == 1 else 'are'} there"


def _blocks(told: Told, found: TargetReport) -> Iterator[Block]:
    later = found.now.assessment.id != told.report.assessment.id
    where = (" Where they stand is as submitted in ", typed(found.now.listed.cycle), ".") if later else ()
    yield Paragraph(text(WHOSE, *where))
    rows = tuple(_line(told, line, found.reach[line.aim.about, line.aim.about_id]) for line in found.lines)
    yield Table("What the team means to reach.", HEAD, WIDTHS, rows, captioned=False)


def _line(told: Told, line: TargetLine, reach: Reach) -> tuple[Text, ...]:
    aim = line.aim
    past = ", which is past" if aim.by < told.today and not reach.all_there else ""
    step = STEP if reach.steps else ""
    return (
        _what(told, aim),
        text(_level(told, aim)),
        text(f"{words.day(aim.by)}{past}"),
        text(f"{words.capital(far(told, aim, reach))}.{step}"),
        text(typed(line.set_by), f", {told.day(line.set_at)}"),
    )


def _what(told: Told, aim: Aim) -> Text:
    if aim.about == "indicator":
        return named(told, aim.about_id)
    title = next(one.title for one in told.report.checklist.domains if one.id == aim.about_id)
    return text(strong(aim.about_id), f" {told.say(title)}: every indicator that applies")


def _level(told: Told, aim: Aim) -> str:
    if aim.about == "domain":
        return f"{aim.level} or above"
    checklist = told.report.checklist
    target = target_of(checklist.indicator[aim.about_id], checklist.ladder_of[aim.about_id], told.report.conditions)
    return f"{aim.level} (standard: {target})"
