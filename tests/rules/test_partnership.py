"""Which level the register of partners comes to, step by step of the ladder."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.rules.partnership import (
    INDICATORS,
    AgreementDetails,
    Known,
    PartnerDetails,
    is_current,
    lapse,
    proposed,
)
from standards import catalogue

TODAY = date(2026, 11, 22)
NOBODY = PartnerDetails("County clinic", "prenatal-care")
CONTACT = replace(NOBODY, contact="Cleo")
REFERS = replace(CONTACT, refers=True)
BARE = AgreementDetails("qsoa", signed=date(2026, 1, 5))
NAMED = replace(BARE, scope="Prenatal care", our_lead="Ann", their_lead="Cleo", sharing_terms="By fax")
USED = replace(NAMED, last_used=date(2026, 8, 22), logged=True, last_reviewed=date(2025, 11, 22))


def level(partner: PartnerDetails, *agreements: AgreementDetails, indicator: str = "PAR-01") -> int:
    return proposed(indicator, [Known(partner, agreements)], TODAY).level


@pytest.mark.parametrize(
    ("partner", "agreements", "found"),
    [
        (NOBODY, (), 1),
        (CONTACT, (), 1),
        (replace(NOBODY, refers=True), (), 1),
        (REFERS, (), 2),
        (REFERS, (BARE,), 2),
        (NOBODY, (BARE,), 1),
        (NOBODY, (NAMED,), 3),
        (REFERS, (NAMED,), 3),
        (REFERS, (replace(NAMED, kind="mou"),), 3),
        (REFERS, (replace(NAMED, kind="other"),), 2),
        (REFERS, (replace(NAMED, our_lead=""),), 2),
        (REFERS, (replace(NAMED, their_lead=""),), 2),
        (REFERS, (replace(NAMED, sharing_terms=""),), 2),
        (REFERS, (replace(NAMED, scope=""),), 2),
        (REFERS, (replace(NAMED, signed=None),), 2),
        (REFERS, (replace(NAMED, expires=TODAY),), 3),
        (REFERS, (replace(NAMED, expires=TODAY - timedelta(days=1)),), 2),
        (REFERS, (USED,), 4),
        (REFERS, (replace(USED, logged=False),), 3),
        (REFERS, (replace(USED, last_used=date(2026, 8, 21)),), 3),
        (REFERS, (replace(USED, last_reviewed=date(2025, 11, 21)),), 3),
        (REFERS, (BARE, USED), 4),
    ],
)
def test_each_step_of_the_ladder(partner: PartnerDetails, agreements: tuple[AgreementDetails, ...], found: int) -> None:
    assert level(partner, *agreements) == found


def test_no_partner_is_the_lowest_and_rests_on_nothing() -> None:
    found = proposed("PAR-02", [], TODAY)
    assert (found.level, found.facts) == (0, ())


def test_one_such_provider_is_enough() -> None:
    assert proposed("PAR-01", [Known(NOBODY), Known(REFERS, (USED,)), Known(CONTACT)], TODAY).level == 4


def test_only_the_first_asks_for_a_scope() -> None:
    assert level(REFERS, replace(NAMED, scope=""), indicator="PAR-02") == 3


def test_child_welfare_asks_for_meetings_and_leaves_their_rhythm_to_people() -> None:
    assert level(REFERS, NAMED, indicator="PAR-11") == 2
    assert level(REFERS, USED, indicator="PAR-11") == 2
    met = proposed("PAR-11", [Known(REFERS, (replace(USED, last_reviewed=TODAY),))], TODAY)
    assert (met.level, "every quarter" in met.judge) == (4, True)


def test_what_is_missing_is_said_until_the_top() -> None:
    for partner, agreements in ((NOBODY, ()), (REFERS, ()), (REFERS, (BARE,)), (REFERS, (NAMED,))):
        assert proposed("PAR-01", [Known(partner, agreements)], TODAY).missing
    assert proposed("PAR-01", [Known(REFERS, (USED,))], TODAY).missing == ()
    assert (
        "has expired" in proposed("PAR-01", [Known(REFERS, (replace(NAMED, expires=date(2026, 2, 1)),))], TODAY).reason
    )


DAYS = st.none() | st.dates(date(2024, 1, 1), date(2028, 1, 1))
AGREEMENTS = st.builds(
    AgreementDetails,
    kind=st.sampled_from(["qsoa", "mou", "other"]),
    scope=st.sampled_from(["", "x"]),
    our_lead=st.sampled_from(["", "x"]),
    their_lead=st.sampled_from(["", "x"]),
    signed=DAYS,
    expires=DAYS,
    last_used=DAYS,
    logged=st.booleans(),
    last_reviewed=DAYS,
    sharing_terms=st.sampled_from(["", "x"]),
)
KNOWN = st.builds(
    Known,
    st.builds(
        PartnerDetails, st.just("P"), st.just("prenatal-care"), st.none(), st.sampled_from(["", "x"]), st.booleans()
    ),
    st.lists(AGREEMENTS, max_size=3).map(tuple),
)


@given(st.lists(KNOWN, max_size=3), KNOWN, st.sampled_from(sorted(INDICATORS.values())))
def test_one_more_partner_never_lowers_it_and_no_level_rests_on_what_is_not_current(
    known: list[Known], more: Known, indicator: str
) -> None:
    before, after = proposed(indicator, known, TODAY), proposed(indicator, [*known, more], TODAY)
    assert before.level <= after.level
    if after.level >= 3:
        assert any(is_current(one, TODAY) for each in (*known, more) for one in each.agreements)
    assert bool(after.missing) == (after.level < 4)
    assert bool(after.facts)


def test_a_lapse_is_told_at_ninety_and_at_thirty_days() -> None:
    ends = replace(NAMED, expires=TODAY)
    found = {days: lapse(ends, (), TODAY - timedelta(days=days)) for days in (91, 90, 31, 30, 0, -1)}
    assert found == {91: "no", 90: "soon", 31: "soon", 30: "very soon", 0: "very soon", -1: "lapsed"}
    assert lapse(NAMED, (), TODAY) == "no", "no end date"
    assert lapse(replace(ends, signed=None), (), TODAY) == "no", "never in force"
    assert lapse(ends, [NAMED], TODAY) == "no", "replaced"
    assert lapse(ends, [replace(NAMED, signed=None)], TODAY) == "very soon", "what took its place is not signed"


def test_every_indicator_is_on_the_ladder_of_agreements() -> None:
    """The other rows on partnership ask about outreach and guidance, of which no register can tell."""
    checklist = catalogue.library()["perinatal-program", "1.0"]
    on_it = {one.id for one in checklist.indicators if one.ladder == "agreement"}
    assert set(INDICATORS.values()) == on_it
