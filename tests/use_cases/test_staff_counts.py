"""Back into the agency's score: the ratings of staff are counted onto a sheet, and stand beside the program."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from assessments.errors import AlreadySubmitted, BadInput
from assessments.rules.competency import Given
from assessments.rules.ratings import State
from assessments.rules.rolled_up import NOBODY_NEEDS_IT, Share
from assessments.use_cases.assessments import archive_assessment, assessment_summary, start_assessment
from assessments.use_cases.competencies import rate_competency
from assessments.use_cases.evidence import add_evidence
from assessments.use_cases.gap_report import gap_report
from assessments.use_cases.intake import Returned, preview
from assessments.use_cases.raters import begin_rating
from assessments.use_cases.ratings import rate
from assessments.use_cases.staff_beside import StaffBeside, staff_beside
from assessments.use_cases.staff_counts import NONE_RATED, TOO_FEW, TOO_FEW_RATED, count_staff, staff_shares
from assessments.use_cases.submission import reopen, submit
from assessments.use_cases.trail import audit_trail, verify_trail
from tests.use_cases import cast
from tests.use_cases.cast import BASELINE, NOW, STAFF, House, counts
from tests.use_cases.crew import NEEDED, TODAY, crew

LATER = NOW + timedelta(days=1)


@pytest.fixture
def counted(house: House) -> House:
    """The same site and cycle, on the staff checklist."""
    return replace(house, assessment=house.write(start_assessment, house.site, house.cycle, *STAFF))


def shares(house: House, today: date = TODAY) -> Share:
    found: dict[str, Share] = house.read(staff_shares, today, house.site, STAFF)
    return found[NEEDED]


def beside(house: House) -> StaffBeside:
    (found,) = house.read(staff_beside, TODAY, house.assessment)
    assert isinstance(found, StaffBeside)
    return found


def test_a_count_puts_a_share_a_reason_and_what_does_not_apply_on_the_sheet(counted: House) -> None:
    crew(counted, [3] * 7 + [1] * 3)
    crew(counted, [3] * 4, "STF-02", prefix="D")
    crew(counted, [3] * 4 + [None], "STF-03", prefix="E")
    crew(counted, [None] * 5, "STF-05", prefix="F")
    assert counted.write(count_staff, counted.assessment) == 31
    row = counted.row(NEEDED)
    assert (row.answer.level, row.answer.met, row.answer.of, row.answer.out_of) == (3, 7, 10, 10)
    assert "median level is 3.0" in row.evidence[0].details.what and row.evidence[0].details.as_of == TODAY
    assert (counted.row("STF-02").answer.state, counted.row("STF-02").note) == (State.CANNOT_JUDGE, TOO_FEW)
    assert (counted.row("STF-03").answer.state, counted.row("STF-03").note) == (State.CANNOT_JUDGE, TOO_FEW_RATED)
    assert (counted.row("STF-05").answer.state, counted.row("STF-05").note) == (State.CANNOT_JUDGE, NONE_RATED)
    none = counted.row("STF-04").answer
    assert (none.state, none.reason) == (State.NOT_APPLICABLE, NOBODY_NEEDS_IT)
    assert counted.read(assessment_summary, counted.assessment).counted


def test_the_count_says_that_some_are_not_rated_and_no_number_of_a_small_group(counted: House) -> None:
    crew(counted, [3] * 7 + [1] * 4 + [None] * 2)
    counted.write(count_staff, counted.assessment)
    row = counted.row(NEEDED)
    assert (row.answer.met, row.answer.of) == (7, 13)
    said = row.evidence[0].details.what
    assert said.startswith("Ratings of most of 13 staff") and "some are not rated yet" in said and "11" not in said


def test_twenty_six_of_thirty_seven_are_level_3(counted: House) -> None:
    crew(counted, [2] * 26 + [1] * 11)
    counted.write(count_staff, counted.assessment)
    assert counted.row(NEEDED).answer == replace(counts(26, 37, 37), level=3)


def test_a_second_count_says_what_changed_and_takes_a_reason_away(counted: House) -> None:
    people = crew(counted, [3] * 4 + [None])
    counted.write(count_staff, counted.assessment)
    assert counted.row(NEEDED).note == TOO_FEW_RATED
    assert counted.write(count_staff, counted.assessment) == 0
    counted.write(rate_competency, people[-1], STAFF, NEEDED, Given("supervisor", TODAY, 1), None)
    assert counted.write(count_staff, counted.assessment, now=LATER) == 1
    row = counted.row(NEEDED)
    assert (row.answer.met, row.answer.of, row.note, len(row.evidence)) == (4, 5, "", 1)


def test_somebody_who_left_yesterday_is_out_and_one_who_leaves_today_is_in(counted: House) -> None:
    crew(counted, [3] * 5)
    crew(counted, [3], ends=TODAY - timedelta(days=1), on=TODAY - timedelta(days=9), prefix="D")
    assert shares(counted).needed == 5
    crew(counted, [3], ends=TODAY, prefix="E")
    assert shares(counted).needed == 6


def test_a_rating_that_lapsed_counts_as_not_rated(counted: House) -> None:
    crew(counted, [3] * 5, target=3)
    crew(counted, [3], on=date(2025, 11, 21), prefix="D", target=3)
    assert (shares(counted).at_target, shares(counted).rated, shares(counted).needed) == (5, 5, 6)
    assert shares(counted, date(2027, 11, 23)) == Share("none rated")


def test_the_staff_of_another_site_or_agency_are_not_counted(counted: House, neighbor: House) -> None:
    crew(counted, [3] * 5)
    crew(neighbor, [3] * 6)
    assert (shares(counted).needed, shares(neighbor).needed) == (5, 6)


def test_nothing_of_a_small_group_is_in_the_trail_or_the_report(counted: House) -> None:
    crew(counted, [3, 3, 1, 1])
    counted.write(count_staff, counted.assessment)
    said = [entry.after for entry in counted.read(audit_trail, most=500).entries]
    assert "cannot judge" in said
    assert not [one for one in said if " of 4" in one or "2 of" in one]
    row = counted.read(gap_report, counted.assessment).row(NEEDED)
    assert (row.answer.met, row.answer.of, row.answer.out_of, row.evidence) == (None, None, None, ())


def test_nobody_rates_a_counted_assessment_by_hand(counted: House) -> None:
    returned = Returned(counted.assessment, *STAFF, "", ())
    with pytest.raises(BadInput):
        counted.write(rate, counted.assessment, NEEDED, counts(9, 9), 0)
    with pytest.raises(BadInput):
        counted.write(add_evidence, counted.assessment, NEEDED, cast.POLICY)
    with pytest.raises(BadInput):
        counted.write(begin_rating, counted.assessment, "peer", "Cam")
    with pytest.raises(BadInput):
        counted.read(preview, counted.assessment, returned, "0", "")


def test_what_is_rated_by_hand_is_not_counted(house: House) -> None:
    with pytest.raises(BadInput, match="not rated on staff"):
        house.write(count_staff, house.assessment)


def test_a_submitted_count_stays_and_a_reopened_one_is_counted_again(counted: House) -> None:
    people = crew(counted, [3] * 4 + [1])
    counted.write(count_staff, counted.assessment)
    printed = counted.write(submit, counted.assessment)
    counted.write(rate_competency, people[-1], STAFF, NEEDED, Given("observer", TODAY, 3, "session"), None)
    with pytest.raises(AlreadySubmitted):
        counted.write(count_staff, counted.assessment)
    report = counted.read(gap_report, counted.assessment)
    assert (report.row(NEEDED).answer.met, report.receipt.short()) == (4, printed.short())
    assert counted.read(verify_trail) == []
    counted.write(reopen, counted.assessment, "One was watched since")
    counted.write(count_staff, counted.assessment, now=LATER)
    assert counted.row(NEEDED).answer.met == 5


def test_beside_the_program_stand_todays_shares_until_there_is_a_count(house: House, counted: House) -> None:
    assert not beside(house).shown
    people = crew(house, [3] * 7 + [1] * 3)
    found = beside(house)
    assert (found.counted, found.on, found.assessment_id) == (False, TODAY, counted.assessment)
    first = found.competencies[0]
    assert (first.indicator, first.standard, first.level, first.target, first.gap) == (NEEDED, "SM-S2", 3, 3, 0)
    counted.write(count_staff, counted.assessment)
    for member in people[7:]:
        house.write(rate_competency, member, STAFF, NEEDED, Given("observer", TODAY, 3, "session"), None)
    kept = beside(house)
    assert (kept.counted, kept.frozen, kept.competencies[0].share.at_target) == (True, False, 7)
    assert kept.competencies[0].share.median == Fraction(3)
    counted.submit()
    assert beside(house).frozen
    counted.write(archive_assessment, counted.assessment, True)
    assert (beside(house).counted, beside(house).competencies[0].share.at_target) == (False, 10)


def test_a_count_of_another_cycle_is_not_taken_for_this_one(house: House) -> None:
    crew(house, [3] * 5)
    further = house.begin(replace(BASELINE, name="Follow-up", starts=date(2027, 1, 1), ends=date(2027, 3, 31)), STAFF)
    further.write(count_staff, further.assessment)
    assert not beside(house).counted


def test_the_gap_is_against_the_target_and_a_small_group_has_none(house: House) -> None:
    crew(house, [3] * 7 + [1] * 3, "STF-31")
    crew(house, [3] * 4, "STF-02", prefix="D")
    found = {one.indicator: one for one in beside(house).competencies}
    assert (found["STF-31"].level, found["STF-31"].target, found["STF-31"].gap) == (3, 4, 1)
    assert (found["STF-02"].share, found["STF-02"].gap) == (Share("too few"), None)


def test_the_score_of_the_program_knows_nothing_of_staff(house: House) -> None:
    house.rate("ORG-01", 3)
    alone = house.read(gap_report, house.assessment).score
    crew(house, [0] * 6)
    assert house.read(gap_report, house.assessment).score == alone


def test_beside_a_checklist_of_another_seed_or_a_count_stands_nothing(house: House, counted: House) -> None:
    other = house.write(start_assessment, house.site, house.cycle, "posc-team", "1.0")
    assert house.read(staff_beside, TODAY, other) == ()
    assert house.read(staff_beside, TODAY, counted.assessment) == ()
