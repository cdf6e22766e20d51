"""What a report rests on: what is not known, what its words mean, where the guidance stands, and its receipt."""

from collections.abc import Iterator

from assessments.rules.bands import BANDS, CONVENTION
from assessments.rules.priorities import SCOPE_ANCHORS
from assessments.rules.ratings import State
from reports import words
from reports.document import ladders
from reports.paper import Block, Facts, Heading, Listing, Paragraph, Section, Table, Text, strong, text, typed
from reports.rated_blind import self_rating
from reports.telling import Told, named, without_level
from standards.model import Ladder, Level

THREE_THINGS = "Not rated, not judged and not applicable are three different things, and none of them is level 0."
MEANINGS: tuple[tuple[str, str], ...] = (
    ("Indicator", "One part of the guidance that can be true or false by itself. It is what gets rated."),
    ("Level", "A step from 0 to 4. Each is put in words, below."),
    ("Score", "The mean of the levels of a domain; for the whole, the mean of the domains."),
    ("Range", "The worst and the best that a score can become, with what is not known at 0 or at its highest level."),
    ("Target", "The level aimed at: 3, and 4 for a duty and for a critical indicator that is counted."),
    ("Gap", "How far a level lies below its target."),
    ("Duty", "An official text requires it, under conditions that hold for this agency."),
    ("Critical", "Safety or rights hang on it."),
    (
        "Met",
        "A duty or a critical indicator is met from level 3 on. Counted, a duty is met in every case or not at all.",
    ),
    ("Capped", "While a duty or a critical indicator is not met, or nobody knows, the band is Partial at most."),
    ("Not rated yet", "Nobody has rated it."),
    ("Cannot judge", words.CANNOT_JUDGE),
    ("Not applicable", "There is nothing to which it could apply, with the reason. It stands outside the score."),
    ("Unsupported", "A level that rests on nothing, or only on what people said."),
    (
        "Confidence",
        "The strength of the evidence, one step less where it leans on what was not looked at again in time.",
    ),
    ("Strength", "An indicator at its target that rests on more than what people said."),
)
CONVENTIONS = (
    "A convention is a choice of this toolkit that could have been made otherwise. These are conventions: the bands "
    "and their cut points, the targets, the shares at which a counted level begins, the 80 % that a band asks for, the "
    "order of the gaps, the words for how far a gap reaches, the confidence in a rating, how much agreement of two "
    "raters is enough, and where the signals of a line of values begin."
)
VERIFY = (
    "Sources differ in how well they were verified. Where it says so, check the official text before you rely on it."
)
RECEIPT = (
    "Whoever has the same ratings and the same edition gets the same hashes and the same score. The newest link, given "
    "to the page “Audit trail”, must be in the chain; if it is not, entries were cut off after this was made."
)


def not_known(told: Told) -> Section:
    return Section("What is not known", tuple(_not_known(told)))


def definitions(told: Told) -> Section:
    return Section("What the words mean", tuple(_definitions(told)))


def sources(told: Told) -> Section:
    """Of the standards that are rated, in the order of the checklist."""
    found = told.report.checklist
    used = dict.fromkeys(standard.source for standard in found.standards)
    cited = tuple(_source(told, name) for name in used)
    standards = tuple(
        (
            text(strong(one.id)),
            text(told.say(one.text)),
            text(told.say(one.cites)),
            text(words.VERIFICATIONS[found.verification(one)]),
        )
        for one in found.standards
    )
    return Section(
        "Where the guidance stands",
        (
            Paragraph(text(VERIFY)),
            Table("Sources.", ("Source", "How well verified", "Last checked"), (54, 28, 18), cited),
            Table(
                "Standards.",
                ("Standard", "In our words", "Place in its source", "How well verified"),
                STANDARDS,
                standards,
            ),
        ),
    )


STANDARDS = (12, 44, 22, 22)


def receipt(told: Told) -> Section:
    found, row = told.report.receipt, told.report.assessment
    rows = (
        ("Receipt", found.short()),
        ("Edition", f"{found.checklist} {found.edition}"),
        ("Hash of the edition", found.edition_hash),
        ("Hash of the ratings", found.ratings_hash),
        ("Rules", f"version {found.engine}"),
        ("Score, as a fraction", found.mean or "none yet"),
        ("Rated", f"{found.rated} of {found.applicable} that apply"),
        ("Newest audit link", row.audit_link or "not submitted, so it can still change"),
    )
    return Section("Receipt", (Paragraph(text(RECEIPT)), Facts(tuple((name, text(said)) for name, said in rows))))


def _not_known(told: Told) -> Iterator[Block]:
    yield Paragraph(text(self_rating(told)))
    yield Paragraph(text(words.limits(told.report.checklist)))
    yield Paragraph(text(THREE_THINGS))
    yield from _ids(
        told, "Not rated yet", without_level(told, State.UNRATED), "Nobody has rated these yet. They widen the range."
    )
    open_ones = without_level(told, State.CANNOT_JUDGE)
    yield from _ids(told, "Cannot judge", open_ones, f"{words.unjudged(told.report.checklist)} They widen the range.")
    yield from _not_applicable(told)
    unsupported = list(told.report.score.whole.unsupported)
    yield from _ids(
        told, "Unsupported by evidence", unsupported, "Their level rests on nothing, or only on what people said."
    )


def _ids(told: Told, heading: str, names: list[str], said: str) -> Iterator[Block]:
    yield Heading(text(f"{heading} ({len(names)})"))
    yield Paragraph(text(said if names else "None."))
    if names:
        yield Listing(tuple(named(told, name) for name in names))


def _not_applicable(told: Told) -> Iterator[Block]:
    names = without_level(told, State.NOT_APPLICABLE)
    yield Heading(text(f"Not applicable ({len(names)})"))
    if not names:
        yield Paragraph(text("None."))
        return
    reasons = {name: told.report.row(name).answer.reason for name in names}
    yield Listing(tuple(text(*named(told, name), " Reason given: ", typed(reasons[name])) for name in names))


def _definitions(told: Told) -> Iterator[Block]:
    yield Facts(tuple((word, text(meaning)) for word, meaning in MEANINGS))
    yield Heading(text("Bands"))
    yield Paragraph(text(CONVENTION))
    yield Table("Bands of a mean.", ("Band", "Mean"), (40, 60), tuple(_bands()), captioned=False)
    yield Heading(text("How strong evidence is"))
    rows = tuple((text(str(value)), text(said)) for value, said in enumerate(words.STRENGTHS))
    yield Table("Strength of evidence.", ("Strength", "The rating rests on"), (20, 80), rows, captioned=False)
    yield Heading(text("How far a gap reaches"))
    yield Listing(tuple(text(strong(words.capital(name)), f": {said}") for name, said in SCOPE_ANCHORS.items()))
    yield Heading(text("Conventions"))
    yield Paragraph(text(CONVENTIONS))
    for ladder in ladders(told.report.checklist):
        yield from _ladder(told, ladder)


def _bands() -> Iterator[tuple[Text, ...]]:
    ends = ["4", *(f"under {float(at):g}" for at, _ in BANDS)]
    for (at, name), end in zip(BANDS, ends, strict=False):
        yield text(name), text(f"{float(at):g} to {end}")


def _ladder(told: Told, ladder: Ladder) -> Iterator[Block]:
    title = told.say(ladder.title)
    yield Heading(text(f"Levels: {title}"))
    how = "Computed from what was counted." if ladder.kind == "counts" else "Judged by whoever rates."
    rows = tuple(
        (text(str(level.value)), text(told.say(level.name)), text(told.say(level.words), _share(ladder, level)))
        for level in ladder.levels
    )
    yield Table(f"{title}. {how}", ("Level", "Name", "What it means"), (12, 26, 62), rows)


def _share(ladder: Ladder, level: Level) -> str:
    if ladder.kind != "counts" or level.at_least is None or level.below is None:
        return ""
    return f" ({level.at_least} % {'to 100' if level.below > 100 else f'to under {level.below}'} %)"


def _source(told: Told, name: str) -> tuple[Text, ...]:
    source = told.report.checklist.source[name]
    checked = text(words.day(source.checked))
    return text(told.say(source.citation)), text(words.VERIFICATIONS[source.verification]), checked
