"""What a state asks for: counted by quarter, checked against the reviews, never silently overwritten."""

from dataclasses import replace

import pytest
from sqlalchemy import Engine

from assessments.errors import BadInput, Conflict, LooksLikeClientData, NotFound
from assessments.rules.state_counts import StateCounts
from assessments.use_cases.agencies import archive_site
from assessments.use_cases.agency_texts import OwnText, agency_text, write_agency_text
from assessments.use_cases.assessments import archive_assessment
from assessments.use_cases.quarter_counts import OFFERED, CountLine, Reviewed, quarter_counts, write_quarter_count
from assessments.use_cases.trail import audit_trail
from reports.state_counts import differences, in_short
from tests.use_cases.cast import NOW, House, everything
from tests.use_cases.reviewed import reviewed

NOW_QUARTER, PAST = "2026-Q4", "2026-Q1"
COUNTS = StateCounts(12, 10, 9, None, 0)


def line(house: House, quarter: str = NOW_QUARTER) -> CountLine:
    found: list[CountLine] = house.read(quarter_counts, NOW.date())
    return next(one for one in found if one.quarter == quarter)


def test_what_was_counted_comes_back_and_what_was_not_is_no_zero(house: House) -> None:
    assert house.write(write_quarter_count, house.site, NOW_QUARTER, COUNTS, 0) == 1
    assert line(house).counts == COUNTS
    assert line(house).counts.caregivers_referred is None
    assert line(house).counts.received == 0
    assert "Caregivers referred: not counted · Families that received services: 0" in in_short(line(house))


def test_every_quarter_of_the_last_two_years_is_asked_for(house: House) -> None:
    found = house.read(quarter_counts, NOW.date())
    assert [one.quarter for one in found][:2] == ["2026-Q4", "2026-Q3"]
    assert len(found) == OFFERED
    assert {one.version for one in found} == {0}


def test_of_an_archived_site_what_was_counted_stays(house: House) -> None:
    house.write(write_quarter_count, house.site, "2020-Q1", COUNTS, 0)
    house.write(archive_site, house.site)
    assert [one.quarter for one in house.read(quarter_counts, NOW.date())] == ["2020-Q1"]


@pytest.mark.parametrize(
    ("quarter", "counts", "said"),
    [
        (NOW_QUARTER, StateCounts(3, 4), "Infants with a plan: 4 are more than the 3 identified"),
        (NOW_QUARTER, StateCounts(3, 3, 5), "Infants with a referral: 5 are more than the 3 identified"),
        (NOW_QUARTER, StateCounts(12, received=40), "Families that received services: 40 are more than the 12"),
        (NOW_QUARTER, StateCounts(-1), "whole number from 0"),
        (NOW_QUARTER, StateCounts(received=100_001), "whole number from 0"),
        ("2027-Q1", StateCounts(3), "has begun"),
        ("2026-13", StateCounts(3), "has begun"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_written(
    house: House, quarter: str, counts: StateCounts, said: str
) -> None:
    before = everything(house.engine)
    with pytest.raises(BadInput, match=said):
        house.write(write_quarter_count, house.site, quarter, counts, 0)
    assert everything(house.engine) == before


def test_two_who_count_are_told(house: House) -> None:
    house.write(write_quarter_count, house.site, NOW_QUARTER, COUNTS, 0)
    with pytest.raises(Conflict):
        house.write(write_quarter_count, house.site, NOW_QUARTER, StateCounts(1), 0)
    assert house.write(write_quarter_count, house.site, NOW_QUARTER, replace(COUNTS, received=3), 1) == 2
    assert line(house).version == 2


def test_a_site_of_another_agency_is_not_found(house: House, neighbor: House) -> None:
    with pytest.raises(NotFound):
        neighbor.write(write_quarter_count, house.site, NOW_QUARTER, COUNTS, 0)


def test_the_trail_has_the_counts_in_words(house: House) -> None:
    house.write(write_quarter_count, house.site, NOW_QUARTER, COUNTS, 0)
    entry = house.read(audit_trail).entries[0]
    assert (entry.thing, entry.thing_id) == ("quarterly count", f"{house.site}/{NOW_QUARTER}")
    assert entry.after.startswith("infants identified 12, infants with a plan 10")


def test_the_review_is_laid_beside_the_counts(engine: Engine) -> None:
    """Of six records two are of the first quarter; what the readers agreed on stands for what the first one found."""
    there = reviewed(engine)
    first, _, _, _, fifth, _ = there.lists(6, began="before-birth")
    there.finds(first, {"POC-02": 3})
    there.finds(fifth, {"POC-02": 1})
    there.finds(fifth, {"POC-02": 4}, "agreed")
    assert line(there.house, PAST).reviewed == Reviewed("Baseline", 2, 2, 2, 2)
    there.house.write(write_quarter_count, there.house.site, PAST, StateCounts(1, 1, 1), 0)
    said = list(differences(line(there.house, PAST)))
    assert said == [
        "1 infant identified, but the review (Baseline) drew 2 records.",
        "1 infant with a plan, but the review (Baseline) drew 2 plans.",
        "1 infant with a referral, but in 2 of 2 plans read each service that is not in place has one (POC-02).",
    ]
    there.house.write(write_quarter_count, there.house.site, PAST, StateCounts(3, 2, 2), 1)
    assert list(differences(line(there.house, PAST))) == []


def test_a_record_that_is_no_plan_counts_for_none(engine: Engine) -> None:
    there = reviewed(engine)
    there.lists(1, began="no-plan")
    there.lists(4, put_aside="not-eligible")
    assert line(there.house, PAST).reviewed == Reviewed("Baseline", 1, 0, 0, 0)


def test_only_what_was_drawn_and_stands_is_laid_beside_the_counts(engine: Engine) -> None:
    """A quarter has a record put aside, one not drawn, one of which no plan is said, one that nobody could judge."""
    there = reviewed(engine)
    aside = there.lists(1, put_aside="not-found", quarter=PAST, began="after-birth")
    drawn = there.lists(2, drawn=1, quarter=PAST, began="after-birth")
    unsaid = there.lists(1, quarter=PAST)
    for record in (*aside, *drawn, *unsaid):
        there.finds(record, {"POC-02": 4})
    there.finds(unsaid[0], {"POC-02": "?"}, "agreed")
    assert line(there.house, PAST).reviewed == Reviewed("Baseline", 2, 1, 1, 1)
    there.house.write(archive_assessment, there.house.assessment)
    assert line(there.house, PAST).reviewed == Reviewed("Baseline", 2, 1, 0, 0)


def test_a_text_is_kept_with_its_version_and_taken_out_again(house: House) -> None:
    assert house.read(agency_text, "notification") == OwnText()
    assert house.write(write_agency_text, "notification", " The nurse calls.\r\n", 0) == 1
    found = house.read(agency_text, "notification")
    assert (found.body, found.version, found.at, found.by) == ("The nurse calls.", 1, NOW, "Ann Able")
    with pytest.raises(Conflict):
        house.write(write_agency_text, "notification", "Another", 0)
    assert house.write(write_agency_text, "notification", "", 1) == 2
    with pytest.raises(BadInput, match="No template"):
        house.write(write_agency_text, "poem", "x", 0)


def test_a_text_with_a_clients_data_is_stopped(house: House) -> None:
    with pytest.raises(LooksLikeClientData):
        house.write(write_agency_text, "notification", "Call about Jane, born 03/14/1998.", 0)
    assert house.read(agency_text, "notification").version == 0
    kept = "It is an example"
    house.write(write_agency_text, "notification", "Call about Jane, born 03/14/1998.", 0, kept)
    assert house.read(agency_text, "notification").version == 1
