"""Who rated without seeing the others, how far they agreed, and what the team agreed on and why."""

from collections.abc import Iterator

from assessments.rules.agreement import CAUTION, CONVENTION
from assessments.rules.blindness import ON_ITSELF
from assessments.rules.rolled_up import counted_of
from assessments.rules.spread import Row
from assessments.use_cases.consensus import ALIKE, LOWER, Comparison
from reports import words
from reports.agreement import COLUMNS, MEANING, NOT_GIVEN, cells, sentence, without_kappa
from reports.paper import Block, Heading, Paragraph, Section, Table, Text, text, typed
from reports.telling import Told, named

SELF_RATING = (
    "This is a self-rating: people of the agency rated their own program. Programs that rate themselves tend to come "
    "out higher than when somebody from outside rates them."
)
OF_STAFF = (
    "This is not a self-rating: it is counted from what supervisors, observers and knowledge checks say of staff, and "
    "what staff say of themselves is left out. Most who rate are of the agency all the same, and may see it as better "
    "than somebody from outside would."
)
OF_RECORDS = (
    "This is not a self-rating: it is counted from what readers found written in single records. Who reads the records "
    "of their own agency may all the same see more in them than somebody from outside would; whether two readers found "
    "the same is told with the results of the review."
)
OF_ITSELF = (
    "This is a self-rating: those who are in the collaborative rated how it works. Groups that rate themselves tend to "
    "come out higher than when somebody from outside rates them."
)
OUTSIDE_TOO = (
    "This is not a self-rating alone: {} of {} raters came from outside of the agency. What the team agreed on counts, "
    "and programs tend to see themselves higher than somebody from outside sees them."
)
OUTSIDE = "All raters came from outside of the agency. What was agreed on afterwards, with the team, counts."
CLOSED = (
    "Each rated on a sheet that stayed closed to the others until all had submitted. Then the team met over the "
    "differences, and what it agreed on is what this report tells. What each rater gave is kept."
)
VOICES = "Also heard, as groups that are shown only where they are large enough, and not part of any score: {}."
WIDTHS = (26, 14, 12, 13, 12, 13, 10)


def self_rating(told: Told) -> str:
    """What kind of rating this is, by who took part."""
    if counted := counted_of(told.report.checklist):
        return OF_STAFF if counted == "staff" else OF_RECORDS
    outside = [one for one in told.blind if one.kind == "external"]
    if not outside:
        return OF_ITSELF if told.report.checklist.subject in ON_ITSELF else SELF_RATING
    return OUTSIDE if len(outside) == len(told.blind) else OUTSIDE_TOO.format(len(outside), len(told.blind))


def rated_blind(told: Told) -> Iterator[Section]:
    """None where the team rated together."""
    if told.compared:
        yield Section("How the raters agreed", tuple(_blocks(told, told.compared)))


def _blocks(told: Told, compared: Comparison) -> Iterator[Block]:
    yield Paragraph(text(CLOSED))
    subject = told.report.checklist.subject
    rows = tuple(
        (text(typed(one.name)), text(words.rater(one.kind, subject)), text(told.day(one.submitted_at)))
        for one in told.blind
        if one.submitted_at
    )
    yield Table("Raters.", ("Rater", "Kind of rater", "Submitted on"), (40, 32, 28), rows, captioned=False)
    voices = dict.fromkeys(words.RATERS[one.kind].lower() for one in told.raters if one.is_voice and one.submitted_at)
    if voices:
        yield Paragraph(text(VOICES.format("; ".join(voices))))
    yield from _agreement(told, compared)
    yield from _consensus(told, compared)


def _agreement(told: Told, compared: Comparison) -> Iterator[Block]:
    """Of two raters by domain; of more, a row for each two of them."""
    pairs = compared.pairs
    every = [pair.agreements.whole for pair in pairs]
    yield from (Paragraph(sentence(pair)) for pair in pairs)
    if not any(one.compared for one in every):
        return
    if len(pairs) == 1:
        titles = {one.id: told.say(one.title) for one in compared.checklist.domains}
        parts = {name: one for name, one in pairs[0].agreements.domains.items() if one.compared}
        every += parts.values()
        rows = [(text("Over all"), every[0]), *((text(titles[name]), one) for name, one in parts.items())]
    else:
        rows = [(text(typed(pair.first), ", ", typed(pair.second)), pair.agreements.whole) for pair in pairs]
    told_in = tuple((name, *map(text, cells(one))) for name, one in rows)
    yield Table("How far two raters agree.", ("Of what", *COLUMNS), WIDTHS, told_in)
    why_not = without_kappa(pairs[0]) if len(pairs) == 1 else NOT_GIVEN if any(one.why_not for one in every) else ""
    lopsided = CAUTION if any(one.chance and one.chance.lopsided for one in every) else ""
    said = " ".join(filter(None, (why_not, lopsided, MEANING, CONVENTION)))
    yield Paragraph(text(said), small=True)


def _consensus(told: Told, compared: Comparison) -> Iterator[Block]:
    reasons = {row.indicator: told.report.row(row.indicator).because for row in compared.rows}
    alike, lower = (sum(because == one for because in reasons.values()) for one in (ALIKE, LOWER))
    over = [row for row in compared.rows if reasons[row.indicator] not in ("", ALIKE, LOWER)]
    left = sum(row.rated and not reasons[row.indicator] for row in compared.rows)
    yield Heading(text("What was agreed on"))
    yield Paragraph(
        text(
            f"{words.count(alike, 'rating')} taken over because all gave the same, {lower:,} because the raters were "
            f"one level apart and the lower one was taken, {len(over):,} agreed on with a reason of the team's own, "
            f"{left:,} not agreed on yet."
        )
    )
    if over:
        rows = tuple(_agreed(told, compared, row) for row in over)
        head = ("Indicator", "What each gave", "Agreed on", "Reason")
        yield Table("Agreed on after talking it over.", head, (30, 26, 16, 28), rows)


def _agreed(told: Told, compared: Comparison, row: Row) -> tuple[Text, ...]:
    given = [
        run
        for number, (name, rated) in enumerate(zip(compared.names, row.given, strict=True))
        for run in (("; " if number else ""), typed(name), f": {told.rated(row.indicator, rated)}")
    ]
    because = text(typed(told.report.row(row.indicator).because))
    return named(told, row.indicator), text(*given), text(told.level(row.indicator)), because
