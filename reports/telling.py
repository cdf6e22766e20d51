"""An assessment and the agency in whose words and time zone it is told: the pieces that every document is made of."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from assessments.rules.gaps import Gap
from assessments.rules.priorities import Ranked
from assessments.rules.ratings import Rated, State, strength
from assessments.rules.scoring import Standing, standings
from assessments.store.tables import Agency
from assessments.use_cases.consensus import Comparison
from assessments.use_cases.effects import Proof
from assessments.use_cases.gap_report import GapReport
from assessments.use_cases.plans import Plan
from assessments.use_cases.plans_beside import PlansBeside
from assessments.use_cases.raters import Rater
from assessments.use_cases.sheets import EvidenceLine
from assessments.use_cases.staff_beside import StaffBeside
from assessments.use_cases.targets import TargetReport
from reports import words
from reports.confidence import due
from reports.counted import staff_share
from reports.paper import Facts, Text, strong, text, typed

NOT_SAID = "not said"
WEAKEST = 2
"""The strength of evidence from which a level that reaches its target is called a strength."""


@dataclass(frozen=True)
class Told:
    """`made` is the moment in the agency's own time zone. What was not asked for is not told of: `targets`, `proof` of
    the plan's effect, the `raters` where several rated blind, and what they gave, once that is open, `staff`
    and `records` beside it.
    """

    report: GapReport
    plans: tuple[Plan, ...]
    agency: Agency
    made: datetime
    targets: TargetReport | None = None
    proof: Proof | None = None
    raters: tuple[Rater, ...] = ()
    compared: Comparison | None = None
    staff: tuple[StaffBeside, ...] = ()
    records: tuple[PlansBeside, ...] = ()

    def say(self, written: str) -> str:
        return words.in_terms(written, self.agency)

    def moment(self, at: datetime) -> str:
        here = at.astimezone(self.made.tzinfo)
        return f"{words.day(here.date())} at {here:%H:%M}"

    def day(self, at: datetime) -> str:
        return words.day(at.astimezone(self.made.tzinfo).date())

    @property
    def draft(self) -> bool:
        return self.report.assessment.status != "submitted"

    @property
    def today(self) -> date:
        return self.made.date()

    @property
    def blind(self) -> tuple[Rater, ...]:
        """Who rated without seeing the others, and is compared with them."""
        return tuple(one for one in self.raters if one.submitted_at and not one.is_voice)

    @property
    def live(self) -> tuple[Plan, ...]:
        """The priorities that are worked on, in the order in which they were chosen."""
        return tuple(plan for plan in self.plans if not plan.priority.dropped)

    def indicator(self, name: str) -> str:
        return self.say(self.report.checklist.indicator[name].text)

    def level(self, name: str) -> str:
        """The level with its name, or the state; where cases were counted, with what the counts leave possible."""
        row = self.report.row(name)
        return self.rated(name, row.rated, staff_share(row) if self.report.listed.counted == "staff" else "")

    def rated(self, name: str, rated: Rated, counted: str = "") -> str:
        """`counted`: what the counts come to, where another than they themselves knows."""
        ladder = self.report.checklist.ladder_of[name]
        if rated.level is None:
            return words.STATES[rated.state]
        said = f"Level {rated.level}, {self.say(ladder.level(rated.level).name)}"
        if rated.met is None or rated.of is None:
            return said
        counts = self.report.checklist.indicator[name].counts
        what = f"{self.say(counts.of)}: " if counts else ""
        return f"{said} ({what}{counted or words.share(rated.met, rated.of, rated.out_of)})"

    def rests_on(self, name: str) -> str:
        return words.STRENGTHS[strength(self.report.row(name).rated.evidence)].lower()


def draft(told: Told) -> str:
    """ "" of what is submitted."""
    said = f"Draft, not submitted. Every figure changes with {words.changes_with(told.report.checklist)}."
    return said if told.draft else ""


def cover(told: Told) -> Facts:
    """What was assessed, by whom, when, on what."""
    listed, row = told.report.listed, told.report.assessment
    hours = "" if row.hours is None else f", in {row.hours:g} hours"
    return Facts(
        (
            ("Agency", text(typed(told.agency.name))),
            ("Site and cycle", text(typed(listed.site), ", ", typed(listed.cycle))),
            ("Assessment", text(typed(row.name))),
            ("Checklist", text(edition(told))),
            ("Status", text(status(told))),
            *_rated_by(told, hours),
            ("Rests on", text(typed(row.rests_on) if row.rests_on else NOT_SAID)),
            ("This document", text(f"made on {told.moment(told.made)}")),
        )
    )


def _rated_by(told: Told, hours: str) -> Iterator[tuple[str, Text]]:
    raters = told.report.assessment.raters
    if raters or not told.blind:
        yield "Rated by", text(typed(raters) if raters else NOT_SAID, hours)
    if told.blind:
        subject = told.report.checklist.subject
        kinds = ", ".join(dict.fromkeys(words.rater(one.kind, subject).lower() for one in told.blind))
        by = text(typed(names(told)), f" ({kinds}), each without seeing the others' ratings", "" if raters else hours)
        yield "Rated blind", text(*by, ". What the team agreed on counts.")


def names(told: Told) -> str:
    """Of those who rated blind."""
    return ", ".join(one.name for one in told.blind)


def edition(told: Told) -> str:
    checklist = told.report.checklist
    return f"{told.say(checklist.title)}, edition {checklist.edition}"


def status(told: Told) -> str:
    row = told.report.assessment
    said = words.STATUSES[row.status]
    return f"{said} on {told.moment(row.submitted_at)}" if row.submitted_at else said


def strengths(told: Told) -> Iterator[tuple[str, Standing]]:
    """Domain and where its indicator stands, in the order of the checklist: at target, and on more than words."""
    report = told.report
    for domain, rows in standings(report.checklist, report.ratings, report.conditions).items():
        yield from ((domain, row) for row in rows if row.at_target and strength(row.rated.evidence) >= WEAKEST)


def without_level(told: Told, state: State) -> list[str]:
    """The scored indicators in one of the states that are no level."""
    report = told.report
    return [i.id for i in report.checklist.indicators if i.scored and report.row(i.id).answer.state is state]


def named(told: Told, name: str) -> Text:
    """An indicator: its id and its text."""
    return text(strong(name), f" {told.indicator(name)}")


def gap_stands(told: Told, gap: Gap) -> str:
    return f"{told.level(gap.indicator)}; target {gap.target}"


def evidence(told: Told, line: EvidenceLine) -> Text:
    """Kind, what, as of when, to be looked at again by when, where it lies, and the name of its file."""
    details = line.details
    as_of = f", as of {words.day(details.as_of)}" if details.as_of else ", no date given"
    again = due(details, told.today)
    where = (", ", typed(details.link)) if details.link else ()
    file = (", file ", typed(line.file_name)) if line.file_name else ()
    return text(
        f"{words.EVIDENCE[details.kind]}: ", typed(details.what), as_of, f", {again}" if again else "", *where, *file
    )


def receipt_line(told: Told) -> str:
    found, row = told.report.receipt, told.report.assessment
    link = f"newest audit link {row.audit_link[:12]}" if row.audit_link else "not submitted, so it can still change"
    return (
        f"Receipt {found.short()}: checklist {found.checklist} {found.edition}, {found.edition_hash[:12]}; ratings "
        f"{found.ratings_hash[:12]}; rules version {found.engine}; {link}."
    )


def by_when(on: date | None) -> str:
    return words.day(on) if on else "no date"


def why_there(one: Ranked) -> Text:
    """Why a gap stands in its place of the list."""
    return marked(one.reason, *((one.moved.who, one.moved.why.rstrip(".")) if one.moved else ()))


def marked(said: str, *by_people: str) -> Text:
    """A sentence with what people gave for it, in this order, told apart as typed."""
    after: Text = ()
    for given in reversed(by_people):
        before, found, rest = said.rpartition(given) if given else (said, "", "")
        if found:
            said, after = before, text(typed(found), rest, *after)
    return text(said, *after)
