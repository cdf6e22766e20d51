"""What the team means to reach by when: set, revised, taken out, and read against the latest ratings."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from assessments.errors import BadInput, Conflict, NotFound, ToolkitError
from assessments.rules.targets import About, Aim
from assessments.use_cases import assessments, deleting, targets
from assessments.use_cases.agencies import CycleDetails
from assessments.use_cases.gap_report import gap_report
from assessments.use_cases.targets import TargetReport
from assessments.use_cases.trail import audit_trail
from tests.use_cases.cast import NOW, PROGRAM, House, everything, not_applicable
from tests.use_cases.test_priorities import refused

DAY = NOW.date() + timedelta(days=40)
POLICY = Aim("indicator", "ORG-01", 3, DAY)
PARTNERS = Aim("domain", "PAR", 3, DAY)


def said(house: House) -> TargetReport:
    found: TargetReport = house.read(targets.target_report, house.assessment)
    return found


def version(house: House) -> int:
    shown: int = said(house).lines[0].version
    return shown


def test_a_target_is_set_revised_and_taken_out(house: House) -> None:
    house.write(targets.set_target, house.assessment, POLICY)
    (line,) = said(house).lines
    assert (line.aim, line.set_by, line.set_at) == (POLICY, "Ann Able", NOW)
    sooner = replace(POLICY, level=4, by=NOW.date())
    house.write(targets.set_target, house.assessment, sooner, line.version)
    refused(house, Conflict, targets.set_target, house.assessment, POLICY, line.version)
    assert [line.aim for line in said(house).lines] == [sooner]
    house.write(targets.take_out_target, house.assessment, sooner, version(house))
    assert said(house).lines == ()
    acts = [(entry.act, entry.before, entry.after) for entry in house.read(audit_trail, most=3).entries]
    assert acts == [
        ("take out target", f"level 4 by {NOW.date()}", ""),
        ("set target", f"level 3 by {DAY}", f"level 4 by {NOW.date()}"),
        ("set target", "", f"level 3 by {DAY}"),
    ]


def test_a_second_target_for_the_same_thing_is_a_conflict(house: House) -> None:
    house.write(targets.set_target, house.assessment, POLICY)
    shown = version(house)
    refused(house, Conflict, targets.set_target, house.assessment, replace(POLICY, level=4))
    house.write(targets.take_out_target, house.assessment, POLICY, shown)
    house.write(targets.set_target, house.assessment, POLICY)
    refused(house, Conflict, targets.take_out_target, house.assessment, POLICY, shown)
    refused(house, NotFound, targets.take_out_target, house.assessment, PARTNERS, 0)


def test_it_changes_no_score_no_band_and_no_gap(house: House) -> None:
    house.rate("ORG-01", 2)
    before = house.read(gap_report, house.assessment)
    house.write(targets.set_target, house.assessment, replace(POLICY, level=2))
    house.write(targets.set_target, house.assessment, PARTNERS)
    after = house.read(gap_report, house.assessment)
    assert (after.score, after.ranked, after.receipt) == (before.score, before.ranked, before.receipt)


def test_a_domain_says_how_many_of_its_indicators_are_there(house: House) -> None:
    for name, level in (("ORG-01", 3), ("ORG-02", 2), ("ORG-03", 4)):
        house.rate(name, level)
    house.rate("ORG-10", not_applicable("no infants stay on site"))
    house.write(targets.set_target, house.assessment, replace(PARTNERS, about_id="ORG"))
    found = said(house).reach["domain", "ORG"]
    scored = [one for one in said(house).now.checklist.by_domain["ORG"] if one.scored]
    assert (found.reached, found.of, found.all_there) == (2, len(scored) - 1, False)


def test_only_what_there_is_can_be_aimed_at(house: House) -> None:
    def says(error: type[ToolkitError], about: About, name: str, level: int) -> str:
        return refused(house, error, targets.set_target, house.assessment, Aim(about, name, level, DAY))

    assert "Choose one of these: 1, 2, 3, 4" in says(BadInput, "indicator", "ORG-01", 5)
    assert "no level 0" in says(BadInput, "indicator", "ORG-01", 0)
    nowhere: list[tuple[About, str]] = [("indicator", "ZZZ-99"), ("domain", "ZZZ"), ("domain", "ORG-01")]
    for about, name in nowhere:
        assert "not scored in this checklist" in says(NotFound, about, name, 3)


def test_a_day_that_is_past_is_refused_with_the_day(house: House) -> None:
    past = replace(POLICY, by=NOW.date() - timedelta(days=1))
    assert "November 21, 2026 is past" in refused(house, BadInput, targets.set_target, house.assessment, past)


def test_today_is_that_of_the_agency(house: House) -> None:
    late = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)  # still the 22nd in Denver
    house.write(targets.set_target, house.assessment, replace(POLICY, by=date(2026, 11, 22)), now=late)
    assert len(said(house).lines) == 1


def test_the_soonest_stands_first(house: House) -> None:
    house.write(targets.set_target, house.assessment, POLICY)
    house.write(targets.set_target, house.assessment, replace(PARTNERS, by=NOW.date()))
    assert [line.aim.about_id for line in house.read(targets.targets, house.assessment)] == ["PAR", "ORG-01"]


def test_how_far_it_is_comes_from_the_latest_that_was_submitted(house: House) -> None:
    house.rate("ORG-01", 1)
    house.submit()
    house.write(targets.set_target, house.assessment, POLICY)
    later = house.begin(CycleDetails("Follow-up 1", date(2027, 1, 1)))
    later.rate("ORG-01", 3)
    assert (said(house).now.assessment.id, said(house).reach["indicator", "ORG-01"].all_there) == (
        house.assessment,
        False,
    )
    later.submit()
    assert (said(house).now.assessment.id, said(house).reach["indicator", "ORG-01"].all_there) == (
        later.assessment,
        True,
    )
    assert said(later).now.assessment.id == later.assessment


def test_another_checklist_says_nothing_of_it(house: House) -> None:
    house.write(targets.set_target, house.assessment, POLICY)
    other = house.begin(CycleDetails("Follow-up 1", date(2027, 1, 1)), ("pulse", "1.0"))
    other.rate("ORG-03", 4)
    other.submit()
    assert PROGRAM[0] == said(house).now.checklist.id


def test_archived_it_is_left_as_it_is_and_with_the_assessment_it_goes(house: House, neighbor: House) -> None:
    house.write(targets.set_target, house.assessment, POLICY)
    shown = version(house)
    refused(neighbor, NotFound, targets.take_out_target, house.assessment, POLICY, shown)
    house.write(assessments.archive_assessment, house.assessment)
    refused(house, BadInput, targets.set_target, house.assessment, PARTNERS)
    refused(house, BadInput, targets.take_out_target, house.assessment, POLICY, shown)
    house.write(deleting.delete_assessment, house.assessment, "Care of pregnant and postpartum women: the program")
    assert everything(house.engine)["target"] == []
