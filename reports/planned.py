"""What a team chose to work on and what it does about it, as sections of a report."""

from collections.abc import Iterator, Sequence

from assessments.rules.priorities import EFFORTS, HARMS
from assessments.use_cases.plans import MeasureLine, Plan, RoundDetails, RoundLine
from reports import effect, frames, pictures, signals, words
from reports.paper import Block, Facts, Heading, Listing, Paragraph, Section, Table, Text, strong, text, typed
from reports.telling import Told, by_when, gap_stands, named

NO_PRIORITY = "No priority is chosen yet. A team does best with one to three at a time."
WHOSE = (
    "The order of the gaps comes from rules; what is worked on is the choice of people, and each gives the reason. "
    "Likelihood of harm and effort are the team's own estimates."
)
TRIED = "Tests of change: something tried on a small scale, with what was expected written down first."
KEY = "Line: the values, day by day. Dashed: their median. Dotted, upright: a test of change begins."
BETTER = {"up": "more is better", "down": "less is better"}


def priorities(told: Told) -> Section:
    blocks: list[Block] = [Paragraph(text(WHOSE if told.plans else NO_PRIORITY))]
    if told.live:
        rows = tuple(_priority(told, plan) for plan in told.live)
        head = ("Priority", "Why, and whose choice", "Where it stands", "Harm and effort")
        blocks.append(Table("What the team works on.", head, (34, 32, 18, 16), rows))
    blocks += _dropped(told)
    return Section("Priorities", tuple(blocks))


def plan(told: Told) -> Section:
    blocks: list[Block] = [block for one in told.live for block in _plan(told, one)]
    if told.proof and told.live and len(told.proof.cycles) > 1:
        blocks.append(Paragraph(text(effect.LIMITS), small=True))
    return Section("Improvement plan", tuple(blocks) or (Paragraph(text("Nothing is planned yet.")),))


def chosen(told: Told, plan: Plan) -> Text:
    """Why, by whom, when."""
    one = plan.priority
    return text(typed(one.because), " Chosen by ", typed(one.chosen_by), f" on {told.day(one.chosen_at)}.")


def _priority(told: Told, plan: Plan) -> tuple[Text, ...]:
    name = plan.priority.indicator
    gap = next((gap for gap in told.report.gaps if gap.indicator == name), None)
    harm = HARMS.get(gap.harm or 0, "not set") if gap else "not set"
    effort = EFFORTS.get(gap.effort or 0, "not set") if gap else "not set"
    stands = gap_stands(told, gap) if gap else told.level(name)
    return named(told, name), chosen(told, plan), text(stands), text(f"Harm: {harm}. Effort: {effort}.")


def _dropped(told: Told) -> Iterator[Block]:
    found = [plan.priority for plan in told.plans if plan.priority.dropped]
    if found:
        yield Heading(text("Chosen once, and dropped"))
        yield Listing(
            tuple(text(*named(told, one.indicator), " Dropped because: ", typed(one.dropped_because)) for one in found)
        )


def _plan(told: Told, plan: Plan) -> Iterator[Block]:
    yield Heading(named(told, plan.priority.indicator))
    yield from _actions(plan)
    if plan.rounds:
        yield Paragraph(text(TRIED))
    for number, line in enumerate(plan.rounds, start=1):
        yield Facts(tuple(_round(number, line.details)))
    for measure in plan.measures:
        yield from _measure(measure, plan.rounds)
    if told.proof:
        first, *cautions = effect.told(told.proof, plan.priority.id)
        yield Paragraph(text("Did it move? ", *first))
        yield from (Paragraph(caution) for caution in cautions)


def _actions(plan: Plan) -> Iterator[Block]:
    if not plan.actions:
        yield Paragraph(text("No action is written down yet."))
        return
    rows = []
    for line in plan.actions:
        action = line.details
        done = f", {words.day(action.done_on)}" if action.done_on else ""
        seen = text(typed(action.evidence) if action.evidence else "none noted")
        status = text(words.capital(action.status), done)
        rows.append((text(typed(action.what)), text(typed(action.owner)), text(by_when(action.due)), status, seen))
    name = plan.priority.indicator
    head = ("Action", "Owner", "Due", "Status", "Evidence that it is done")
    yield Table(f"Actions for {name}.", head, (34, 16, 15, 15, 20), tuple(rows), captioned=False)


def _round(number: int, details: RoundDetails) -> Iterator[tuple[str, Text]]:
    until = f" to {words.day(details.ends)}" if details.ends else ", not ended"
    yield f"Test {number}", text(strong(f"{words.day(details.starts)}{until}"))
    yield "Change", text(typed(details.change))
    yield "Expected", text(typed(details.prediction))
    yield "Done", text(typed(details.did) if details.did else "not written yet")
    yield "Learned", text(typed(details.learned) if details.learned else "not written yet")
    yield "Decided", text(words.capital(details.decision) or "not yet")


def _measure(measure: MeasureLine, rounds: Sequence[RoundLine]) -> Iterator[Block]:
    details = measure.details
    unit = (" (", typed(details.unit), ")") if details.unit else ()
    yield Paragraph(text("Measure: ", typed(details.name), *unit, f"; {BETTER[details.better]}."))
    if not measure.values:
        yield Paragraph(text("No value is measured yet."))
        return
    if len(measure.values) > 1:
        yield pictures.measured(measure, rounds)
        yield Paragraph(text(KEY), small=True)
        yield from (Paragraph(said) for said in signals.told(measure, frames.course(measure)))
    rows = tuple(
        (text(words.day(value.on)), text(typed(frames.told(value, measure))), text(typed(value.note)))
        for value in measure.values
    )
    yield Table(f"Values of {details.name}, day by day.", ("Day", "Value", "Note"), (26, 24, 50), rows)
