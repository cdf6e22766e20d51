"""What a review of records comes to, in words: for the page, the document and the workbook alike."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from assessments.rules.plan_results import (
    SMALL_COUNT,
    ElementResult,
    Together,
    critical,
    is_critical,
)
from assessments.rules.proportions import FEWEST_FOR_A_LEVEL, Interval
from assessments.rules.rolled_up import rolled_up
from assessments.use_cases.readers import FirstStands
from assessments.use_cases.review_results import Results, Unmet
from reports import words
from reports.paper import Text, strong, text
from reports.read_twice import what_counts
from standards.model import Domain, Indicator

Say = Callable[[str], str]
CONFIDENTIAL = "Confidential: from records of care, for the agency that they belong to"
PURPOSE = (
    "This says what was found in the records that were read, and nothing of how the families fare. Where an offer and "
    "the answer to it are recorded, declining counts as met. Nobody is rated by it."
)
LEVELS = (
    "A level is computed from the share that met it: under 10, 40, 70 and 90 in 100 it is 0, 1, 2 and 3, from there on "
    "4. There is one where 80 in 100 of the records drawn to which it may apply were judged; a critical element counts "
    "as met only where all of them were. These bounds are a convention."
)
CRITICAL = (
    "All or none: a record counts as met only where every critical element that applies is met. One that is known not "
    "to be met is enough against it; where that is not known of any, and some could not be judged or are not read "
    "yet, nothing is said of the record."
)
ADDRESSED = (
    "A heading is addressed where at least one of its topics that apply is met. That is a convention: it says that a "
    "plan did not pass over a heading, not that everything under it is there."
)
SMALL = (
    f"Some numbers here are under {SMALL_COUNT}. In a small county so few can be enough to tell which family it was. "
    "These are your agency's own results, so they are whole; think of it before you pass them on."
)
STRATA = {"quarter": "by quarter", "began": "by when the plan began", "identified": "by when use became known"}
NOTHING = "–"
LIKELY, ALL_JUDGED = "Likely in the whole list", "All were judged"
ALL_KNOWN = "Known of each record"
CUT = "Percentages are cut to whole numbers and not rounded, so that 99.9 never reads as 100."
NOBODY_TWICE = FirstStands()


@dataclass(frozen=True)
class Told:
    """Results on their way out. `where` names site and cycle; `made` is a moment in the agency's own time zone;
    `unmet` is None where codes were not asked for.
    """

    results: Results
    agency: str
    where: str
    made: datetime
    say: Say
    unmet: Sequence[Unmet] | None = None
    stands: FirstStands = NOBODY_TWICE

    @property
    def plan(self) -> str:
        return self.say(self.results.checklist.one_record)


def known(told: Told) -> Iterator[Text]:
    """How many were on the list, drawn and read, and what that means."""
    results, read = told.results, told.results.read
    if not results.is_drawn:
        yield text(strong(f"{_records(read.listed)} on the list, and none drawn yet."))
        return
    partly, open_ = read.begun - read.read, read.drawn - read.begun
    yield text(
        strong(f"{_records(read.listed)} on the list, {read.drawn:,} to be read, {read.read:,} read in full"),
        f"{f', {partly:,} in part' if partly else ''}{f', {open_:,} not yet' if open_ else ''}.",
    )
    if read.put_aside:
        yield text(_put_aside(results))
    if results.stratified:
        yield text(
            f"The draw was divided {STRATA[results.stratified]}, and from each part as many were drawn as its share of "
            "the list, to whole records. So what is shown is the plain share of all that were drawn."
        )
    if read.no_plan:
        yield text(_without_plan(told))
    if twice := what_counts(told.stands):
        yield text(twice)
    if partly or open_:
        yield text(strong("Not final."), " What is not read yet is counted nowhere, neither as met nor as not met.")


def _without_plan(told: Told) -> str:
    found = told.results.read.no_plan
    return (
        f"In {_records(found)} of these the list says that there is no plan. Such a record stays in the numbers: what "
        "a plan would hold is not met there."
    )


def _put_aside(results: Results) -> str:
    read = results.read
    why = ((read.not_found, "not found"), (read.not_readable, "not readable"), (read.not_eligible, "not eligible"))
    said = ", ".join(f"{number:,} {reason}" for number, reason in why if number)
    least = f" What is said of the list is said of {read.belonging:,}" if read.belonging != read.listed else ""
    return (
        f"{words.count(read.put_aside, 'record was', 'records were')} put aside ({said}).{f'{least}.' if least else ''}"
    )


def _records(number: int) -> str:
    return words.count(number, "record")


def counted(met: int, of: int) -> str:
    """No share stands alone, and of fewer than five there is none."""
    if not of:
        return NOTHING
    share = "" if of < FEWEST_FOR_A_LEVEL else f" ({100 * met // of} %)"
    return f"{met:,} of {of:,}{share}"


def likely(one: Together) -> str:
    """Of the critical elements, as a sentence. One miss decides of a record, whatever else could not be judged there;
    "" where no record is known.
    """
    if one.interval is None:
        return ""
    if one.interval.kind != "all":
        return f"{LIKELY}: {possible(one.interval)}."
    known_to = ("meet them all",) * bool(one.met) + ("miss at least one",) * bool(one.not_met)
    which = "Each record to which they apply" if one.not_applicable else "Each record on the list"
    return f"{which} is known to {' or to '.join(known_to)}, so this holds for the whole list."


def possible_together(one: Together) -> str:
    """All or none is known of a record also where something in it was not judged."""
    return ALL_KNOWN if one.interval and one.interval.kind == "all" else possible(one.interval)


def possible(found: Interval | None) -> str:
    """What that leaves possible for the whole list."""
    if found is None:
        return NOTHING
    if found.kind == "all":
        return ALL_JUDGED
    if found.kind == "exact" and found.out_of:
        low, high = int(found.low * found.out_of), int(found.high * found.out_of)
        return f"{low:,} to {high:,} of {found.out_of:,}" if low != high else f"{low:,} of {found.out_of:,}"
    return f"{words.percent(found.low)} to {words.percent(found.high)}"


def intervals(results: Results) -> str:
    """What the column says, for the kinds that occur."""
    found_of = (*(one.interval for one in results.elements.values()), results.critical.interval)
    kinds = {one.kind for one in found_of if one}
    said = {
        "all": f"“{ALL_JUDGED}”: every record to which it applies was judged, so nothing has to be estimated.",
        "exact": "“8 to 10 of 12”: of the records of the list, so many can be expected to meet it, with 95 in 100 "
        "certainty.",
        "wilson": "“58 % to 92 %”: the share of all that can be expected to meet it, with 95 in 100 certainty.",
    }
    found = [words_ for kind, words_ in said.items() if kind in kinds]
    if kinds - {"all"}:
        found.append("This holds where the records read are a random draw.")
    return " ".join(found)


def level(results: Results, one: ElementResult) -> str:
    if one.level is None:
        return _why_none(one)
    name = rolled_up(results.checklist).ladder_of[one.indicator].level(one.level).name
    return f"{one.level}, provisional" if one.provisional else f"{one.level} {name}"


def _why_none(one: ElementResult) -> str:
    if not one.of or one.is_covered:
        return "Not known of all" if one.of else NOTHING
    return "Too few read yet" if one.unread else "Too few could be judged"


def not_counted(one: ElementResult) -> str:
    found = ((one.not_applicable, "not applicable"), (one.cannot_judge, "cannot judge"), (one.unread, "not read yet"))
    return ", ".join(f"{number:,} {why}" for number, why in found if number) or NOTHING


def left_over(one: Together) -> str:
    found = ((one.not_applicable, "do not apply"), (one.not_known, "not known"))
    return ", ".join(f"{number:,} {why}" for number, why in found if number) or NOTHING


def provisional(results: Results) -> str:
    """ "" where everything rests on five and more."""
    few = sum(0 < one.of < FEWEST_FOR_A_LEVEL for one in results.elements.values())
    if not few:
        return ""
    rest = "rests" if few == 1 else "rest"
    return (
        f"{words.count(few, 'element')} {rest} on fewer than {FEWEST_FOR_A_LEVEL} records: counts alone are shown, the "
        "level is provisional, and nothing is drawn over time."
    )


def is_small(results: Results) -> bool:
    """Whether any count of records, or of those that missed something, could tell of a single family."""
    numbers = {number for one in results.elements.values() for number in (one.met, one.unmet, one.of)}
    return any(0 < number < SMALL_COUNT for number in (*numbers, results.read.read))


def by_domain(results: Results) -> Iterator[tuple[Domain, list[tuple[Indicator, ElementResult]]]]:
    for domain in results.checklist.domains:
        found = [(one, results.elements[one.id]) for one in results.checklist.by_domain[domain.id]]
        if found:
            yield domain, found


def in_short(found: Sequence[tuple[Indicator, ElementResult]]) -> str:
    """Of one domain: how many of its elements every record meets that was judged."""
    judged = [one for _, one in found if one.of]
    everywhere, left = sum(not one.unmet for one in judged), len(found) - len(judged)
    met = "none" if not everywhere else "all" if everywhere == len(judged) else f"{everywhere:,}"
    said = f"{words.count(len(judged), 'element')} judged, {met} met by every record" if judged else ""
    rest = f"{words.count(left, 'element')} not judged yet" if left else ""
    return "; ".join(filter(None, (said, rest)))


def of_critical(results: Results) -> list[tuple[Indicator, ElementResult]]:
    return [(results.checklist.indicator[name], results.elements[name]) for name in critical(results.checklist)]


def headings(results: Results, say: Say) -> list[tuple[str, Together]]:
    """By title, the six together last."""
    titles = {domain.id: say(domain.title) for domain in results.checklist.domains}
    found = [(titles[name], one) for name, one in results.headings.items()]
    return [*found, ("All six", results.all_headings)] if results.all_headings else found


def classed(indicator: Indicator) -> str:
    return "Critical" if is_critical(indicator) else ""


def all_met(one: Together) -> str:
    """Of the critical elements, in one sentence."""
    if not one.of:
        return "It is not known of any record yet whether it meets every critical element."
    rest = f" Of {one.not_known:,} it is not known." if one.not_known else ""
    few = f" Provisional: fewer than {FEWEST_FOR_A_LEVEL} records." if one.provisional else ""
    return f"{counted(one.met, one.of)} meet every critical element that applies.{rest}{few}"
