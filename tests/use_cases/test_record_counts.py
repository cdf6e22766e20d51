"""Back into the agency's score: what a review of records comes to stands on the sheet of its assessment."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine

from assessments.errors import AlreadySubmitted, BadInput
from assessments.rules.ratings import State
from assessments.rules.rolled_up import NO_RECORD_NEEDS_IT
from assessments.use_cases.agencies import CycleDetails, revise_agency
from assessments.use_cases.evidence import add_evidence
from assessments.use_cases.gap_report import GapReport, gap_report
from assessments.use_cases.raters import begin_rating
from assessments.use_cases.ratings import rate
from assessments.use_cases.record_counts import NOT_ALL, NOT_JUDGED, NOT_READ, TOO_FEW, count_records
from assessments.use_cases.sheets import sheet
from assessments.use_cases.staff_counts import count_staff
from assessments.use_cases.submission import reopen, submit
from assessments.use_cases.trail import audit_trail, verify_trail
from tests.use_cases.cast import BASELINE, NOW, POLICY, RIVERBEND, counts
from tests.use_cases.crew import TODAY
from tests.use_cases.reviewed import PLANS, RULE, Reviewed, reviewed

LATER = NOW + timedelta(days=1)
CRITICAL = "POC-01"


@pytest.fixture
def plans(engine: Engine) -> Reviewed:
    return reviewed(engine)


def counted(of: Reviewed) -> GapReport:
    of.house.write(count_records, of.house.assessment)
    report: GapReport = of.house.read(gap_report, of.house.assessment)
    return report


def test_a_count_puts_counts_and_where_they_come_from_on_the_sheet(plans: Reviewed) -> None:
    records = plans.lists(12, drawn=10)
    plans.finds_all(records[:7])
    plans.finds_all(records[7:9], POC_01=0)
    plans.finds(records[9], {CRITICAL: "?"})
    assert plans.house.write(count_records, plans.house.assessment) == len(plans.checklist.indicators)
    row = plans.house.row(CRITICAL)
    assert row.answer == replace(counts(7, 9, 12), level=3)
    (line,) = row.evidence
    assert (line.details.kind, line.details.as_of) == ("record", TODAY)
    assert line.details.what == "9 of 10 records drawn; 1 in which it could not be judged"
    assert plans.house.row("POC-32").evidence[0].details.what.endswith("1 not read for it yet")


@pytest.mark.parametrize(("key", "but"), [(PLANS, {}), (RULE, {}), (RULE, {"ADD_W07": 0})])
def test_one_plan_of_six_gives_no_level_and_no_band(engine: Engine, key: tuple[str, str], but: dict[str, int]) -> None:
    of = reviewed(engine, key)
    of.house.write(revise_agency, replace(RIVERBEND, state="WY"))
    of.finds_all(of.lists(6)[:1], **but)
    report = counted(of)
    assert {row.answer.level for row in of.house.read(sheet, of.house.assessment).rows.values()} == {None}
    assert {one.band for one in (report.score.whole, *report.score.domains.values())} == {None}
    duties = {one.id for one in of.checklist.indicators if one.duty}
    assert {(duty, "unknown") for duty in duties} <= set(report.score.whole.caps)
    missed = ", and not met in 1" if but else ""
    note = of.house.row("ADD-W07" if but else min(duties)).note
    assert note == f"Judged in 1 of 6 records drawn to which it may apply{missed}. {TOO_FEW}"


def test_a_critical_element_is_not_met_while_any_record_is_unread(plans: Reviewed) -> None:
    records = plans.lists(10)
    plans.finds_all(records[:9])
    plans.house.write(count_records, plans.house.assessment)
    row, standard = plans.house.row(CRITICAL), plans.house.row("POC-32")
    assert (row.answer.state, row.note.endswith(NOT_ALL)) == (State.CANNOT_JUDGE, True)
    assert (standard.answer.level, standard.answer.of) == (4, 9)
    plans.finds_all(records[9:])
    plans.house.write(count_records, plans.house.assessment)
    assert plans.house.row(CRITICAL).answer.level == 4 and not plans.house.row(CRITICAL).note


def test_what_applies_to_none_is_told_apart_from_what_nobody_judged_or_read(plans: Reviewed) -> None:
    first, second = plans.lists(2)
    for record in (first, second):
        plans.finds(record, {"POC-32": "na", "POC-33": "?"})
    plans.finds(first, {"POC-34": "na"})
    plans.house.write(count_records, plans.house.assessment)
    rows = {name: plans.house.row(name) for name in ("POC-32", "POC-33", "POC-34", CRITICAL)}
    none = rows["POC-32"].answer
    assert (none.state, none.reason) == (State.NOT_APPLICABLE, NO_RECORD_NEEDS_IT)
    assert [(rows[name].answer.state, rows[name].note) for name in ("POC-33", "POC-34", CRITICAL)] == [
        (State.CANNOT_JUDGE, NOT_JUDGED),
        (State.CANNOT_JUDGE, NOT_READ),
        (State.CANNOT_JUDGE, NOT_READ),
    ]


def test_nine_of_ten_is_level_4_and_leaves_a_critical_gap(plans: Reviewed) -> None:
    records = plans.lists(10)
    plans.finds_all(records[:9])
    plans.finds_all(records[9:], POC_01=1)
    gap = next(one for one in counted(plans).gaps if one.indicator == CRITICAL)
    assert (gap.level, gap.gap, gap.kind, gap.unmet) == (4, 0, "single cases", 1)
    assert "1 of 10 records falls short" in gap.reason


def test_a_duty_is_met_in_every_record_or_not_at_all(engine: Engine) -> None:
    rule = reviewed(engine, RULE)
    rule.house.write(revise_agency, replace(RIVERBEND, state="WY"))
    duty = next(one.id for one in rule.checklist.indicators if one.duty)
    records = rule.lists(20)
    rule.finds_all(records[:19])
    rule.finds_all(records[19:], **{duty.replace("-", "_"): 0})
    report = counted(rule)
    gap = next(one for one in report.gaps if one.indicator == duty)
    assert (gap.kind, gap.level, gap.status) == ("failing duty", 4, "not met")
    assert "1 of 20 records falls short; it is met in every case" in gap.reason
    assert (duty, "not met") in report.score.whole.caps


def test_no_code_of_a_record_is_on_the_sheet_or_in_the_report(plans: Reviewed) -> None:
    records = plans.lists(6)
    plans.finds_all(records, POC_01=0)
    report = counted(plans)
    assert "P-00" not in repr(report), "single records stand on the results of the review, for those who read them"
    assert "count records" in {entry.act for entry in plans.house.read(audit_trail, most=500).entries}


def test_nothing_is_counted_before_anything_is_read(plans: Reviewed) -> None:
    plans.lists(6)
    with pytest.raises(BadInput, match="No record is read yet"):
        plans.house.write(count_records, plans.house.assessment)


def test_nobody_rates_it_by_hand_and_each_count_knows_its_own(plans: Reviewed) -> None:
    draft = plans.house.assessment
    for act in (
        (rate, draft, CRITICAL, counts(9, 9), 0),
        (add_evidence, draft, CRITICAL, POLICY),
        (begin_rating, draft, "peer", "Cam"),
    ):
        with pytest.raises(BadInput, match="records that were read"):
            plans.house.write(*act)
    with pytest.raises(BadInput, match="not rated on staff"):
        plans.house.write(count_staff, draft)


def test_what_is_rated_by_hand_has_no_records_to_count(plans: Reviewed) -> None:
    by_hand = plans.house.begin(CycleDetails("Next", BASELINE.starts)).assessment
    with pytest.raises(BadInput, match="not rated on records"):
        plans.house.write(count_records, by_hand)


def test_a_submitted_count_stays_and_a_reopened_one_is_counted_again(plans: Reviewed) -> None:
    records = plans.lists(6)
    plans.finds_all(records[:5])
    plans.house.write(count_records, plans.house.assessment)
    assert plans.house.write(count_records, plans.house.assessment) == 0
    printed = plans.house.write(submit, plans.house.assessment)
    plans.finds_all(records[5:])
    with pytest.raises(AlreadySubmitted):
        plans.house.write(count_records, plans.house.assessment)
    assert plans.house.read(gap_report, plans.house.assessment).receipt.short() == printed.short()
    assert plans.house.read(verify_trail) == []
    plans.house.write(reopen, plans.house.assessment, "One plan was read since")
    plans.house.write(count_records, plans.house.assessment, now=LATER)
    row = plans.house.row(CRITICAL)
    assert (row.answer.of, row.answer.out_of, len(row.evidence)) == (6, 6, 1)
