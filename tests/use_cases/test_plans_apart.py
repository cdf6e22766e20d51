"""Reviews, partners, the team, texts and counts of one agency: nothing of them reaches another, on any read or file."""

from typing import Any

import pytest

from assessments.errors import NotFound
from assessments.use_cases.agency_texts import agency_text
from assessments.use_cases.agreements import lapsing_agreements
from assessments.use_cases.assessments import assessments
from assessments.use_cases.partners import partners
from assessments.use_cases.proposals import proposed_levels
from assessments.use_cases.quarter_counts import quarter_counts
from assessments.use_cases.record_counts import count_records
from assessments.use_cases.records import records
from assessments.use_cases.review_results import review_results, unmet_cases
from assessments.use_cases.reviews import reviews
from assessments.use_cases.team import team
from assessments.use_cases.took_part import team_marks
from assessments.use_cases.trail import audit_trail, traces
from tests.store.full import counts_in, partners_in, records_in
from tests.use_cases.cast import NOW, House

TODAY = NOW.date()
MARKS = ("P-001", "County clinic", "Dr. Dee Drew", "Cleo Cole", "takes its place", "quoted")
"""What stands in the rows of the first agency."""


@pytest.fixture
def review(house: House) -> str:
    partners_in(house)
    counts_in(house)
    return records_in(house)


def told(house: House) -> str:
    """All that the wing reads without an id."""
    reads: list[tuple[Any, ...]] = [
        (reviews,),
        (partners,),
        (lapsing_agreements, TODAY),
        (quarter_counts, TODAY),
        (agency_text, "notification"),
        (team, TODAY, house.site),
        (proposed_levels, TODAY, house.site),
        (assessments,),
    ]
    return repr([house.read(*read) for read in reads])


def test_a_neighbor_sees_nothing_and_the_agency_itself_does(house: House, neighbor: House, review: str) -> None:
    assert [mark for mark in MARKS if mark not in told(house)] == ["P-001"], "control: a code stands on its list alone"
    assert "P-001" in repr(house.read(records, review)), "control"
    assert [mark for mark in MARKS if mark in told(neighbor)] == []
    assert neighbor.read(reviews) == neighbor.read(partners) == []
    assert not any(line.version or line.reviewed for line in neighbor.read(quarter_counts, TODAY))
    trail = repr(neighbor.read(audit_trail, most=500))
    assert [mark for mark in MARKS if mark in trail] == []


def test_what_is_asked_for_by_its_id_is_not_there_for_a_neighbor(house: House, neighbor: House, review: str) -> None:
    draft = house.read(reviews)[0].reads[0].assessment
    for read in (
        (records, review),
        (review_results, draft),
        (unmet_cases, draft),
        (team, TODAY, house.site),
        (team_marks, review, ()),
    ):
        with pytest.raises(NotFound):
            neighbor.read(*read)
    with pytest.raises(NotFound):
        neighbor.write(count_records, draft)


def test_a_search_for_words_finds_the_own_rows_alone(house: House, neighbor: House, review: str) -> None:
    assert house.read(traces, "Cleo Cole").numbers and neighbor.read(partners) == []
    assert "Cleo Cole" not in repr(neighbor.read(audit_trail, most=500))
