"""Clocks: what dates come to, by the tables of the domain and by properties."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as some

from assessments.rules.clocks import (
    CLOCK_OF,
    INDICATORS,
    RULES,
    Clock,
    Clocked,
    Moment,
    Moments,
    clocked,
    faults,
    latest_end,
)
from assessments.rules.moment_text import HOW, NO_DATE, NO_ORDER, NotAMoment, given_in, moment_in, moments_in
from standards.catalogue import library

DENVER = ZoneInfo("America/Denver")
BORN = date(2026, 3, 10)
MINUTE = timedelta(minutes=1)


def on(days: int, hour: int | None = None, minute: int = 0) -> Moment:
    """So many days after the birth."""
    day = BORN + timedelta(days=days)
    return day if hour is None else datetime.combine(day, time(hour, minute))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def state(indicator: str, moments: Moments, *details: Any) -> str | None:
    found = clocked(moments, *details).get(CLOCK_OF[indicator])
    return found.state if found else None


USUAL = Moments(
    born=BORN,
    identified=on(-100),
    began=on(-90),
    updated=(on(-30), on(40)),
    completed=on(1),
    second_input=on(-20),
    mother_home=on(2),
    infant_home=on(9),
    after_birth=on(1),
    ends=on(300),
    referred=on(0),
    first_service=on(6),
)


def test_a_plan_done_in_time_meets_every_rule_and_says_what_passed() -> None:
    found = clocked(USUAL, start_days=14, service_days=7)
    assert {clock: one.state for clock, one in found.items()} == {
        clock: "not-applicable" if clock == "made-after-birth" else "met" for clock in INDICATORS if clock != "interim"
    }
    assert {clock: one.elapsed for clock, one in found.items()} == {
        "started-before-birth": -90,
        "updated-in-pregnancy": -30,
        "updated-after-discharge": 38,
        "made-after-birth": None,
        "complete-before-mother-home": -1,
        "input-before-mother-home": -22,
        "input-before-infant-home": -29,
        "first-service": 6,
        "end-stated": None,
        "ends-in-a-year": 299,
        "started-when-known": 10,
        "in-place-before-infant-home": -8,
    }


CASES: tuple[tuple[str, Moments, tuple[Any, ...], str | None], ...] = (
    ("POP-01", Moments(BORN, on(-9), on(2)), (), "not-met"),
    ("POP-01", Moments(BORN, on(0, 9), on(2), mother_home=on(3)), ("at-birth",), "not-applicable"),
    ("POP-01", Moments(BORN, began=on(2)), (), "cannot-judge"),
    ("POP-01", Moments(BORN, began=on(-2)), (), "met"),
    ("POP-01", Moments(BORN, on(-9), on(0)), (), "cannot-judge"),
    ("POP-01", Moments(), ("in-pregnancy", "no-plan"), "not-met"),
    ("POP-01", Moments(identified=on(-9), began=on(-8), unborn=True), (), "met"),
    ("POP-01", Moments(), ("in-pregnancy",), None),
    ("POP-02", Moments(BORN, began=on(-9), updated=(on(-1),)), (), "met"),
    ("POP-02", Moments(BORN, began=on(-9), updated=(on(3), on(4))), (), "not-met"),
    ("POP-02", Moments(BORN, began=on(-9), updated=(on(0),)), (), "cannot-judge"),
    ("POP-02", Moments(BORN, began=on(-9), no_update=True), (), "not-met"),
    ("POP-02", Moments(BORN, began=on(-9)), (), None),
    ("POP-02", Moments(BORN, began=on(3), updated=(on(5),)), (), "not-applicable"),
    ("POP-02", Moments(BORN, updated=(on(5),)), (), "cannot-judge"),
    ("POP-01", Moments(identified=on(-9), unborn=True), ("in-pregnancy", "no-plan"), None),
    ("POP-02", Moments(began=on(-9), no_update=True, unborn=True), (), "cannot-judge"),
    ("POP-02", Moments(no_update=True, unborn=True), ("", "no-plan"), "cannot-judge"),
    ("POP-03", Moments(BORN, mother_home=on(2)), ("", "no-plan"), "not-met"),
    ("POP-06", Moments(BORN, mother_home=on(2)), ("", "no-plan"), "not-met"),
    ("POP-07", Moments(BORN, infant_home=on(2)), ("", "no-plan"), "not-met"),
    ("POP-03", Moments(BORN, mother_home=on(2), updated=(on(1),)), (), "not-met"),
    ("POP-03", Moments(BORN, mother_home=on(2), updated=(on(2),)), (), "cannot-judge"),
    ("POP-03", Moments(BORN, mother_home=on(2), updated=(on(2), on(5))), (), "met"),
    ("POP-03", Moments(BORN, updated=(on(5),), mother_stays=True), (), "not-applicable"),
    ("POP-03", Moments(BORN, updated=(on(5),)), (), "cannot-judge"),
    ("POP-04", Moments(BORN, began=on(3)), (), "met"),
    ("POP-04", Moments(BORN), ("", "no-plan"), "not-met"),
    ("POP-04", Moments(BORN, began=on(-3)), (), "not-applicable"),
    ("POP-05", Moments(BORN, completed=on(2), mother_home=on(2)), (), "cannot-judge"),
    ("POP-05", Moments(BORN, completed=on(2, 9), mother_home=on(2, 11)), (), "met"),
    ("POP-05", Moments(BORN, completed=on(2, 11), mother_home=on(2, 9)), (), "not-met"),
    ("POP-05", Moments(BORN, completed=on(2, 11), mother_home=on(2)), (), "cannot-judge"),
    ("POP-05", Moments(BORN, completed=on(3), mother_home=on(2, 11)), (), "not-met"),
    ("POP-05", Moments(BORN, mother_home=on(2)), (), "cannot-judge"),
    ("POP-05", Moments(BORN, mother_home=on(2), incomplete=True), (), "not-met"),
    ("POP-05", Moments(BORN, began=on(4), mother_home=on(2)), (), "not-met"),
    ("POP-05", Moments(BORN, completed=on(2)), (), "cannot-judge"),
    ("POP-05", Moments(BORN, completed=on(2), mother_stays=True), (), "not-applicable"),
    ("POP-05", Moments(BORN, infant_home=on(2)), (), None),
    ("POP-06", Moments(BORN, second_input=on(5), mother_home=on(2), infant_home=on(9)), (), "not-met"),
    ("POP-07", Moments(BORN, second_input=on(5), mother_home=on(2), infant_home=on(9)), (), "met"),
    ("POP-07", Moments(BORN, no_input=True, infant_home=on(9)), (), "not-met"),
    ("POP-07", Moments(BORN, second_input=on(5), infant_stays=True), (), "not-applicable"),
    ("POP-15", Moments(referred=on(0), first_service=on(7)), ("", "", None, 7), "met"),
    ("POP-15", Moments(referred=on(0), first_service=on(8)), ("", "", None, 7), "not-met"),
    ("POP-15", Moments(referred=on(0), first_service=on(8)), (), "cannot-judge"),
    ("ADD-W07", Moments(no_end=True), (), "not-met"),
    ("ADD-W08", Moments(no_end=True), (), "cannot-judge"),
    ("ADD-W07", Moments(began=on(-3)), (), None),
    ("ADD-W08", Moments(BORN, began=on(-3), ends=on(30)), (), "cannot-judge"),
    ("ADD-W08", Moments(BORN, began=on(3), ends=on(30)), (), "met"),
    ("ADD-W08", Moments(unborn=True, began=on(-3), ends=on(90)), (), "not-applicable"),
    ("ADD-W21", Moments(identified=on(0), began=on(0)), ("", "", 3), "met"),
    ("ADD-W21", Moments(identified=on(0), began=on(4)), ("", "", 3), "not-met"),
    ("ADD-W21", Moments(identified=on(0), began=on(4)), (), "cannot-judge"),
    ("ADD-W22", Moments(BORN, completed=on(5), mother_home=on(2), infant_home=on(9)), (), "met"),
    ("ADD-W22", Moments(BORN, completed=on(10), infant_home=on(9)), (), "not-met"),
    ("ADD-W22", Moments(BORN, completed=on(10), infant_stays=True), (), "not-applicable"),
)


@pytest.mark.parametrize(("indicator", "moments", "details", "wanted"), CASES)
def test_each_rule(indicator: str, moments: Moments, details: tuple[Any, ...], wanted: str | None) -> None:
    assert state(indicator, moments, *details) == wanted


ENDS = (
    ("2024-03-01", "2025-03-01", "met"),
    ("2024-03-01", "2025-03-02", "not-met"),
    ("2024-02-29", "2025-02-28", "met"),
    ("2024-02-29", "2025-03-01", "not-met"),
    ("2023-03-01", "2024-03-01", "met"),
)


@pytest.mark.parametrize(("initiated", "ends", "wanted"), ENDS)
def test_a_plan_ends_within_a_year_of_the_calendar(initiated: str, ends: str, wanted: str) -> None:
    moments = Moments(after_birth=date.fromisoformat(initiated), ends=date.fromisoformat(ends))
    assert state("ADD-W08", moments) == wanted
    assert clocked(moments)["ends-in-a-year"].elapsed == (moments.ends - moments.after_birth).days  # type: ignore[operator]


HOURS = (
    ("2025-01-03 16:00", "2025-01-05 16:00", "met", 48 * 60),
    ("2025-01-03 16:00", "2025-01-05 16:01", "not-met", 48 * 60 + 1),
    ("2025-03-08 16:00", "2025-03-10 17:00", "met", 48 * 60),  # an hour was left out
    ("2025-03-08 16:00", "2025-03-10 17:01", "not-met", 48 * 60 + 1),
    ("2025-11-01 16:00", "2025-11-03 15:00", "met", 48 * 60),  # an hour was struck twice
    ("2025-11-01 16:00", "2025-11-03 15:01", "not-met", 48 * 60 + 1),
    ("2025-10-31 01:30", "2025-11-02 01:30", "cannot-judge", 49 * 60),  # which of the two half past one
)


@pytest.mark.parametrize(("sought", "interim", "wanted", "minutes"), HOURS)
def test_forty_eight_hours_are_counted_as_they_pass(sought: str, interim: str, wanted: str, minutes: int) -> None:
    found = clocked(Moments(sought=at(sought), interim=at(interim)), zone=DENVER)["interim"]
    assert found == Clocked(wanted, minutes)  # type: ignore[arg-type]


@pytest.mark.parametrize(("days", "wanted"), [(0, "met"), (1, "met"), (2, "cannot-judge"), (3, "not-met")])
def test_without_hours_it_is_judged_where_any_hour_says_the_same(days: int, wanted: str) -> None:
    found = clocked(Moments(sought=on(0), interim=on(days)))["interim"]
    assert found == Clocked(wanted, None)  # type: ignore[arg-type]


FAULTS: tuple[tuple[Moments, str], ...] = (
    (Moments(BORN, mother_home=on(-1)), "mother_home"),
    (Moments(BORN, infant_home=on(-1)), "infant_home"),
    (Moments(BORN, after_birth=on(-1)), "after_birth"),
    (Moments(began=on(0), after_birth=on(-1)), "after_birth"),
    (Moments(began=on(0), ends=on(-1)), "ends"),
    (Moments(completed=on(0), ends=on(-1)), "ends"),
    (Moments(began=on(0), completed=on(-1)), "completed"),
    (Moments(began=on(0), updated=(on(4), on(-1))), "updated"),
    (Moments(identified=on(0), began=on(-1)), "began"),
    (Moments(sought=on(0), interim=on(-1)), "interim"),
    (Moments(sought=on(0, 9), interim=on(0, 8)), "interim"),
    (Moments(referred=on(0), first_service=on(-1)), "first_service"),
    (Moments(ends=on(0), no_end=True), "ends"),
    (Moments(updated=(on(0),), no_update=True), "updated"),
    (Moments(BORN, unborn=True), "born"),
    (Moments(mother_home=on(1), mother_stays=True), "mother_home"),
    (Moments(BORN, completed=on(3000)), "born"),
)


@pytest.mark.parametrize(("moments", "field"), FAULTS)
def test_an_order_that_cannot_be_is_told_by_field_without_a_date(moments: Moments, field: str) -> None:
    found = faults(moments)
    assert [name for name, _ in found] == [field]
    assert not any(character.isdigit() for _, said in found for character in said)


def test_faults_are_told_together_and_what_is_right_has_none() -> None:
    wrong = replace(USUAL, mother_home=on(-3), infant_home=on(-2), ends=on(-100))
    assert [name for name, _ in faults(wrong)] == ["mother_home", "infant_home", "ends", "ends", "ends"]
    assert faults(USUAL) == ()
    assert faults(replace(USUAL, mother_home=BORN)) == (), "on one day nothing is out of order"


def test_what_the_list_says_otherwise_is_a_fault() -> None:
    assert [name for name, _ in faults(USUAL, "in-pregnancy", "after-birth")] == ["began"]
    assert [name for name, _ in faults(USUAL, "at-birth", "before-birth")] == ["identified"]
    assert [name for name, _ in faults(USUAL, "in-pregnancy", "no-plan")] == ["began"]
    assert faults(USUAL, "in-pregnancy", "before-birth") == ()


def test_a_day_still_to_come_is_a_fault_but_for_the_end() -> None:
    assert faults(USUAL, today=on(40)) == ()
    assert [name for name, _ in faults(USUAL, today=on(39))] == ["updated"]


def test_no_moment_shows_where_it_is_printed() -> None:
    assert "2026" not in f"{USUAL!r} {USUAL} {clocked(USUAL)!r}"
    assert "2026" in repr(vars(USUAL)), "the control"


def test_the_clocks_are_of_plain_questions_of_the_shipped_checklists() -> None:
    shipped = {**library()["posc-record", "1.0"].indicator, **library()["wyoming-rule", "1.0"].indicator}
    assert set(CLOCK_OF) <= set(shipped)
    assert {shipped[name].ladder for name in CLOCK_OF} == {"yes-no"}
    assert set(RULES) == set(INDICATORS)


DAYS = some.integers(-200, 400)
FIELDS = [name for name in vars(Moments()) if name not in ("updated",) and getattr(Moments(), name) is None]


def with_hours(days: int, hour: int | None) -> Moment:
    return on(days, hour)


MOMENTS = some.builds(with_hours, DAYS, some.none() | some.integers(0, 23))
MANY = some.builds(
    Moments, **dict.fromkeys(FIELDS, some.none() | MOMENTS), updated=some.lists(MOMENTS, max_size=3).map(tuple)
)


def all_shifted(moments: Moments, by: timedelta) -> Moments:
    found: Mapping[str, Any] = {
        name: tuple(one + by for one in value) if isinstance(value, tuple) else value + by
        for name, value in vars(moments).items()
        if value and not isinstance(value, bool)
    }
    return Moments(**{**vars(moments), **found})


@given(MANY, some.integers(-3000, 3000))
def test_only_what_passed_counts_and_not_when(moments: Moments, days: int) -> None:
    def but_calendar(of: Moments) -> dict[Clock, Clocked]:
        return {k: one for k, one in clocked(of, "", "", 9, 9).items() if k != "ends-in-a-year"}

    later = all_shifted(moments, timedelta(days=days))
    assert but_calendar(later) == but_calendar(moments)
    assert faults(later) == faults(moments)


@given(MANY, some.sampled_from(FIELDS), some.integers(0, 23))
def test_an_hour_given_later_takes_back_nothing_that_was_certain(moments: Moments, field: str, hour: int) -> None:
    value = getattr(moments, field)
    if value is None or isinstance(value, datetime):
        return
    changed: Any = {field: datetime.combine(value, time(hour))}
    fuller = replace(moments, **changed)
    before, after = clocked(moments, "", "", 9, 9), clocked(fuller, "", "", 9, 9)
    for clock, one in before.items():
        assert one.state in ("cannot-judge", after[clock].state), clock


@given(MOMENTS, MOMENTS, some.integers(0, 60))
def test_done_later_is_never_better(done: Moment, home: Moment, later: int) -> None:
    rank = {"met": 2, "cannot-judge": 1, "not-met": 0}
    by = timedelta(days=later)
    for clock in ("complete-before-mother-home", "input-before-mother-home"):
        first, second = (
            clocked(Moments(completed=one, second_input=one, mother_home=home))[clock] for one in (done, done + by)
        )
        assert rank[first.state] >= rank[second.state]


@given(some.datetimes(at("2020-01-01"), at("2030-01-01")), some.integers(0, 4000))
def test_forty_eight_hours_of_time_wherever_the_clock_was_changed(sought: datetime, minutes: int) -> None:
    begun = sought.replace(second=0, microsecond=0, tzinfo=UTC)
    local = [(begun + extra).astimezone(DENVER) for extra in (timedelta(), minutes * MINUTE)]
    moments = Moments(sought=local[0].replace(tzinfo=None), interim=local[1].replace(tzinfo=None))
    found = clocked(moments, zone=DENVER)["interim"]
    assert found.state in ("met" if minutes <= 48 * 60 else "not-met", "cannot-judge")
    if not any(one.replace(fold=0).utcoffset() != one.replace(fold=1).utcoffset() for one in local):
        assert (found.state == "met", found.elapsed) == (minutes <= 48 * 60, minutes)


@given(some.dates(date(1999, 1, 1), date(2101, 1, 1)))
def test_the_latest_end_is_the_same_day_of_the_next_year(initiated: date) -> None:
    end = latest_end(initiated)
    assert end.year == initiated.year + 1
    leap = (initiated.month, initiated.day) == (2, 29)
    assert (end.month, end.day) == ((2, 28) if leap else (initiated.month, initiated.day))


READ = (
    ("3/14/2026", date(2026, 3, 14)),
    (" 03/14/2026  16:20 ", at("2026-03-14 16:20")),
    ("3/14/2026 4:20 pm", at("2026-03-14 16:20")),
    ("3/14/2026, 12:05 AM", at("2026-03-14 00:05")),
    ("2026-03-14", date(2026, 3, 14)),
    ("2026-03-14T08:00", at("2026-03-14 08:00")),
    ("", None),
)


@pytest.mark.parametrize(("text", "wanted"), READ)
def test_a_moment_is_read_as_people_write_it(text: str, wanted: Moment | None) -> None:
    assert moment_in(text) == wanted


@pytest.mark.parametrize(
    "text",
    ["14/3/2026", "3/14/26", "yesterday", "2/29/2025", "3/14/2026 25:00", "3/14/2026 13:00 pm", "3/14", "٣/14/2026"],
)
def test_what_is_no_moment_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(NotAMoment) as refused:
        moment_in(text)
    assert str(refused.value) == f"{NO_DATE} {HOW}"


@pytest.mark.parametrize("text", ["12.04.2026", "4.12.2026", "12-04-2026", "14.03.2026 16:20", "3-14-2026"])
def test_a_spelling_of_which_the_order_is_not_known_is_refused_and_says_why(text: str) -> None:
    with pytest.raises(NotAMoment) as refused:
        moment_in(text)
    assert str(refused.value) == f"{NO_ORDER} {HOW}"


def test_the_word_none_says_what_did_not_happen() -> None:
    assert given_in("born", " None ") == {"unborn": True} and given_in("updated", "none") == {"no_update": True}
    assert given_in("updated", "3/14/2026; 4/1/2026") == {"updated": (date(2026, 3, 14), date(2026, 4, 1))}
    with pytest.raises(NotAMoment):
        given_in("referred", "none")


@pytest.mark.parametrize("identified", ["at-birth", "after-birth"])
def test_before_the_birth_nothing_is_known_at_or_after_it(identified: str) -> None:
    for moments in (Moments(unborn=True), Moments(unborn=True, identified=on(-9))):
        assert "identified" in [field for field, _ in faults(moments, identified)]
    assert "began" in [field for field, _ in faults(Moments(unborn=True), "", "after-birth")]
    assert faults(Moments(unborn=True, identified=on(-9), began=on(-8)), "in-pregnancy", "before-birth") == ()


def test_a_fault_names_the_fields_as_they_are_called() -> None:
    wrong = faults(Moments(BORN, mother_home=on(-1), ends=on(3), no_end=True))
    assert dict(wrong) == {
        "mother_home": "It lies before “Birth”. Check both.",
        "ends": "A date is given, and also “The plan states no end”. Keep one of them.",
    }


def test_the_quarter_of_the_list_is_named_and_the_day_is_not() -> None:
    ((field, said),) = faults(Moments(BORN), quarter="2025-Q4")
    assert field == "born" and said.startswith("The list says 2025-Q4, and this day lies in another quarter.")
    assert "2026" not in said


def test_several_stand_with_a_semicolon_between() -> None:
    assert moments_in("3/14/2026; 4/1/2026 9:00") == (date(2026, 3, 14), at("2026-04-01 09:00"))
    assert moments_in(" ; ") == ()


def test_the_first_update_after_the_discharge_counts_and_none_that_was_not_in_pregnancy() -> None:
    home, updates = date(2026, 6, 13), (date(2026, 8, 1), date(2026, 6, 1), date(2026, 7, 1))
    found = clocked(Moments(date(2026, 6, 10), began=date(2026, 3, 1), mother_home=home, updated=updates))
    assert found["updated-after-discharge"] == Clocked("met", 18)
    assert found["updated-in-pregnancy"] == Clocked("met", -9), "the latest of those in pregnancy"
    late = clocked(Moments(date(2026, 6, 10), began=date(2026, 3, 1), mother_home=home, updated=updates[:1]))
    assert late["updated-in-pregnancy"] == Clocked("not-met")
    early = clocked(Moments(date(2026, 6, 10), began=date(2026, 3, 1), mother_home=home, updated=updates[1:2]))
    assert early["updated-after-discharge"] == Clocked("not-met")
    same = clocked(Moments(date(2026, 6, 10), began=date(2026, 3, 1), mother_home=home, updated=(home,)))
    assert same["updated-after-discharge"] == Clocked("cannot-judge", 0)


def test_a_plan_begun_before_the_birth_by_its_dates_goes_against_use_known_later() -> None:
    moments = Moments(date(2026, 6, 10), began=date(2026, 3, 1))
    assert [field for field, _ in faults(moments, "at-birth")] == ["began"]
    assert not faults(moments, "in-pregnancy")
