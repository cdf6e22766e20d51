"""Whom a site is put beside: the newest of each that is seen, and who is left out by what."""

from dataclasses import replace
from datetime import date

from assessments.rules.beside import domain_targets, left_out, newest, nobody
from assessments.rules.shared_sites import Period
from assessments.rules.side_by_side import side_by_side
from tests.rules.build import checklist
from tests.rules.shared import YEAR, site

OWN = site("own", "2 2", own=True)
SPRING = Period(date(2026, 1, 1), date(2026, 5, 31))
FALL = Period(date(2026, 9, 1), date(2026, 12, 31))
NEXT = Period(date(2027, 1, 1), date(2027, 12, 31))


def test_of_each_that_is_seen_the_newest() -> None:
    old, new = (replace(site("A", "1 1"), period=period, submission=str(period)) for period in (SPRING, FALL))
    assert newest(OWN, [new, old]) == (new,)
    assert newest(replace(OWN, period=SPRING), [new, old]) == (old,)


def test_one_under_letters_takes_no_place_of_one_by_name() -> None:
    """Else a wider period would make a name go and its letters come."""
    named = replace(site("A", "1 1"), period=SPRING, submission="before")
    blinded = replace(site("A", "1 1", "blinded"), period=FALL, submission="after")
    more = [site(name, "1 1", "blinded") for name in "BC"]
    labels = [one.label for one in side_by_side(OWN, newest(OWN, [named, blinded, *more])).neighbors]
    assert labels == ["L-A", "L-B", "L-C", "Name A", "Name own"]
    out = [replace(one, edition="another") for one in (named, blinded, *more)]
    assert left_out(OWN, [named, *out[1:]]) == {("another edition",): 3}, "as if the one by name were not there"
    assert left_out(OWN, out[1:]) == {("another edition",): 3}


def test_a_cohort_stays_whole() -> None:
    hidden = [replace(site("A", "1 1", "aggregate"), period=p, submission=str(p)) for p in (SPRING, FALL)]
    assert newest(OWN, hidden) == tuple(hidden)


def test_left_out_is_each_site_once_by_what_is_least_against_it() -> None:
    others = [
        site("A", "1 1"),
        replace(site("A", "1 1"), edition="hash-2", submission="another of A"),
        replace(site("B", "1 1"), edition="hash-2", form="short"),
        replace(site("B", "1 1"), edition="hash-2", submission="another of B"),
        replace(site("C", "1 1"), period=NEXT),
        replace(site("D", "1 1", "aggregate"), period=NEXT),
        replace(site("E", "1 1", "blinded"), period=NEXT),
        replace(OWN, period=NEXT, how="named"),
    ]
    assert left_out(OWN, others) == {("another edition",): 1, ("another period",): 1}
    three = [replace(site(name, "1 1", "blinded"), period=NEXT) for name in "FG"]
    assert left_out(OWN, [*others, *three])["another period",] == 4, "three agencies under letters are seen"


def test_nobody_asks_and_is_not_shown() -> None:
    made = checklist({"ORG": 2})
    asking = nobody(made, "hash-1", "full", YEAR, "the collaborative")
    found = side_by_side(asking, [site("A", "1 1"), site("B", "2 2")])
    assert [one.label for one in found.neighbors] == ["Name A", "Name B"]
    assert set(domain_targets(made, asking.indicators, frozenset())) == {"ORG"}
    assert [len(row.points) for row in found.domains] == [2]
