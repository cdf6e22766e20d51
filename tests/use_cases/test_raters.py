"""Several raters, none of whom sees another's sheet too soon; what they gave side by side; what the team agrees on."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.errors import AlreadySubmitted, AlreadyThere, BadInput, Conflict, NotAllowed
from assessments.rules.ratings import State
from assessments.store.access import Actor
from assessments.store.tables import new_id
from assessments.use_cases import consensus
from assessments.use_cases.assessments import assessments
from assessments.use_cases.deleting import delete_assessment
from assessments.use_cases.gap_report import gap_report
from assessments.use_cases.raters import (
    Raters,
    begin_rating,
    discard_sheet,
    raters,
    submit_sheet,
    take_back_sheet,
)
from assessments.use_cases.ratings import rate, write_note
from assessments.use_cases.sheets import OpenSheet, Row, sheet
from assessments.use_cases.trail import CLOSED, audit_trail
from tests.use_cases.cast import BASELINE, House, counts, everything, joins, level, not_applicable


def begin(house: House, name: str = "", kind: str = "peer") -> str:
    sheet_id: str = house.write(begin_rating, house.assessment, kind, name)
    return sheet_id


def give(house: House, sheet_id: str, **levels: Any) -> None:
    for name, given_ in levels.items():
        answer = level(given_) if isinstance(given_, int) else given_
        house.write(rate, house.assessment, name.replace("_", "-"), answer, 0, sheet_id=sheet_id)


def done(house: House, sheet_id: str) -> None:
    house.write(submit_sheet, house.assessment, sheet_id)


def listed(house: House) -> Raters:
    found: Raters = house.read(raters, house.assessment)
    return found


def agreed(house: House, indicator: str) -> Row:
    found: OpenSheet = house.read(sheet, house.assessment)
    return found.row(indicator)


@pytest.fixture
def bea(house: House) -> House:
    """A second assessor, with an account of her own."""
    return house.seen_by(joins(house.engine, house.actor.agency_id, "assessor", "Bea Bright"))


def two(house: House, first: dict[str, Any], second: dict[str, Any]) -> None:
    for name, given_ in (("Ann", first), ("Bea", second)):
        sheet_id = begin(house, name)
        give(house, sheet_id, **given_)
        done(house, sheet_id)


# Who sees what, when


def test_nobody_sees_anothers_sheet_before_both_have_submitted(house: House, bea: House) -> None:
    anns, beas = begin(house, "Ann"), begin(bea, "Bea")
    give(house, anns, ORG_01=3)
    give(bea, beas, ORG_01=1)
    done(house, anns)
    for one, other in ((house, beas), (bea, anns)):
        with pytest.raises(NotAllowed, match="before both have submitted"):
            one.read(sheet, house.assessment, sheet_id=other)
        with pytest.raises(NotAllowed, match="comparison opens"):
            one.read(consensus.comparison, house.assessment)
    done(bea, beas)
    assert bea.read(sheet, house.assessment, sheet_id=anns).row("ORG-01").answer.level == 3
    assert house.read(sheet, house.assessment, sheet_id=beas).row("ORG-01").answer.level == 1
    assert house.read(consensus.comparison, house.assessment).names == ("Ann", "Bea")


def test_nobody_writes_on_anothers_sheet(house: House, bea: House) -> None:
    anns = begin(house, "Ann")
    before = everything(house.engine)
    attempts: list[tuple[Callable[..., Any], tuple[Any, ...]]] = [
        (rate, (house.assessment, "ORG-01", level(2), 0, "", anns)),
        (write_note, (house.assessment, "ORG-01", "Mine", 0, "", anns)),
        (submit_sheet, (house.assessment, anns)),
    ]
    for use_case, arguments in attempts:
        with pytest.raises(NotAllowed):
            bea.write(use_case, *arguments)
    with pytest.raises(BadInput, match="not yours"):
        bea.write(discard_sheet, house.assessment, anns, "In the way")
    assert everything(house.engine) == before


def test_on_one_machine_a_submitted_sheet_stays_closed_until_all_are_in(house: House) -> None:
    anns, beas = begin(house, "Ann"), begin(house, "Bea")
    give(house, anns, ORG_01=3)
    done(house, anns)
    assert [(rater.name, rater.seen) for rater in listed(house).raters] == [("Ann", False), ("Bea", True)]
    with pytest.raises(NotAllowed):
        house.read(sheet, house.assessment, sheet_id=anns)
    assert [rater.name for rater in listed(house).waited_for] == ["Bea"]
    give(house, beas, ORG_01=2)
    done(house, beas)
    assert listed(house).open and all(rater.seen for rater in listed(house).raters)


def test_the_trail_shows_no_value_too_soon(house: House) -> None:
    anns, beas = begin(house, "Ann"), begin(house, "Bea")
    give(house, anns, ORG_01=3)
    house.write(write_note, house.assessment, "ORG-01", "Only in my eyes", 0, sheet_id=anns)
    done(house, anns)

    def shown() -> list[str]:
        entries = house.read(audit_trail, about=f"{house.assessment}/ORG-01").entries
        return [entry.after for entry in entries]

    assert shown() == [CLOSED, CLOSED]
    give(house, beas, ORG_02=2)
    done(house, beas)
    assert shown() == ["Only in my eyes", "3"]


def test_what_a_voice_gave_is_never_shown_by_itself(house: House) -> None:
    voice = begin(house, kind="client")
    give(house, voice, ORG_01=1)
    done(house, voice)
    two(house, {"ORG_01": 2}, {"ORG_01": 2})
    with pytest.raises(NotAllowed):
        house.read(sheet, house.assessment, sheet_id=voice)
    (entry,) = house.read(audit_trail, about=f"{house.assessment}/ORG-01/{voice}").entries
    assert (entry.before, entry.after) == (CLOSED, CLOSED)
    assert house.read(consensus.comparison, house.assessment).names == ("Ann", "Bea")


# Who begins, who submits, who takes back


def test_nobody_rates_twice(house: House) -> None:
    begin(house, "Ann Able")
    with pytest.raises(AlreadyThere, match="ANN able rates this assessment already"):
        begin(house, "ANN  able")
    assert len(listed(house).raters) == 1


@pytest.mark.parametrize("name", ["", "  ", "\u200b"])
def test_a_rater_has_a_name_unless_it_is_a_voice(house: House, name: str) -> None:
    with pytest.raises(BadInput, match="name is empty"):
        begin(house, name)
    begin(house, "Jane Miller, born 3/4/1991", "client")
    begin(house, kind="client")
    assert [rater.name for rater in listed(house).raters] == ["Client 1", "Client 2"]


def test_an_unknown_kind_is_refused(house: House) -> None:
    with pytest.raises(BadInput, match="Kind of rater"):
        begin(house, "Ann", "boss")


def test_where_the_team_rated_together_nobody_rates_blind(house: House) -> None:
    house.rate("ORG-01", 3)
    with pytest.raises(BadInput, match="rated by the team together already"):
        begin(house, "Ann")


def test_where_raters_rate_the_team_does_not(house: House) -> None:
    begin(house, "Ann")
    with pytest.raises(BadInput, match="each on a sheet of their own"):
        house.rate("ORG-01", 3)


def test_an_empty_sheet_is_not_submitted_and_a_submitted_one_not_changed(house: House) -> None:
    anns = begin(house, "Ann")
    with pytest.raises(BadInput, match="Nothing has been rated"):
        done(house, anns)
    give(house, anns, ORG_01=3)
    done(house, anns)
    with pytest.raises(AlreadySubmitted, match="Ann has submitted"):
        give(house, anns, ORG_02=3)
    with pytest.raises(AlreadySubmitted, match="so it is kept"):
        house.write(discard_sheet, house.assessment, anns, "Not wanted")


def test_a_sheet_is_taken_back_only_while_the_other_is_open(house: House, bea: House) -> None:
    anns, beas = begin(house, "Ann"), begin(bea, "Bea")
    give(house, anns, ORG_01=3)
    give(bea, beas, ORG_01=1)
    done(house, anns)
    house.write(take_back_sheet, house.assessment, anns)
    give(house, anns, ORG_02=3)
    done(house, anns)
    done(bea, beas)
    with pytest.raises(AlreadySubmitted, match="both can have been seen"):
        house.write(take_back_sheet, house.assessment, anns)


def test_a_discarded_sheet_goes_and_the_last_gives_the_assessment_back_to_the_team(house: House) -> None:
    anns, beas = begin(house, "Ann"), begin(house, "Bea")
    give(house, anns, ORG_01=3)
    house.write(discard_sheet, house.assessment, anns, "Ann left the agency")
    assert [rater.name for rater in listed(house).raters] == ["Bea"]
    house.write(discard_sheet, house.assessment, beas, "We rate together after all")
    assert house.rate("ORG-01", 2).answer.level == 2


def test_nobody_begins_once_the_others_can_be_seen_but_a_voice(house: House) -> None:
    two(house, {"ORG_01": 2}, {"ORG_01": 2})
    with pytest.raises(AlreadySubmitted, match="nobody can rate blind any more"):
        begin(house, "Cal")
    begin(house, kind="leadership")


# What they gave side by side, and what is agreed on


FIRST = {"ORG_01": 3, "ORG_02": 2, "ORG_03": 4, "ORG_11": counts(8, 10), "ORG_10": not_applicable("no infants on site")}
SECOND = {"ORG_01": 3, "ORG_02": 1, "ORG_03": 1, "ORG_11": counts(8, 10), "ORG_10": not_applicable("no infants here")}


def test_the_comparison_lists_every_indicator_and_what_to_talk_about(house: House) -> None:
    two(house, FIRST, SECOND)
    found: consensus.Comparison = house.read(consensus.comparison, house.assessment)
    rows = {row.indicator: row for row in found.rows}
    assert set(rows) == {indicator.id for indicator in found.checklist.indicators}
    assert [rated.level for rated in rows["ORG-03"].given] == [4, 1]
    assert rows["ORG-03"].to_discuss and not rows["ORG-01"].to_discuss
    (pair,) = found.pairs
    assert (pair.first, pair.second, pair.agreements.whole.compared, pair.agreements.whole.exact) == (
        "Ann",
        "Bea",
        4,
        2,
    )


def test_what_is_alike_and_what_is_one_apart_is_taken_over_at_once(house: House) -> None:
    two(house, FIRST, SECOND)
    assert house.write(consensus.agree_where_alike, house.assessment) == 3
    assert agreed(house, "ORG-01").because == consensus.ALIKE
    assert agreed(house, "ORG-11").answer == replace(counts(8, 10), level=3)
    assert agreed(house, "ORG-10").answer.state is State.NOT_APPLICABLE
    assert agreed(house, "ORG-02").answer.state is State.UNRATED
    assert house.write(consensus.agree_where_alike, house.assessment) == 0
    taken = house.write(consensus.agree_on_the_lower, house.assessment)
    row = next(r for r in house.read(consensus.comparison, house.assessment).rows if r.indicator == "ORG-02")
    assert taken == (0 if row.across else 1)
    assert agreed(house, "ORG-03").answer.state is State.UNRATED


def test_a_consensus_has_a_reason_and_the_originals_stay(house: House) -> None:
    two(house, FIRST, SECOND)
    for nothing in ("", " ", "\u200b"):
        with pytest.raises(BadInput, match="reason for the consensus on ORG-03 is empty"):
            house.write(consensus.agree, house.assessment, "ORG-03", level(2), nothing, 0)
    house.write(consensus.agree, house.assessment, "ORG-03", level(2), "The policy is a draft", 0)
    row = agreed(house, "ORG-03")
    assert (row.answer.level, row.because) == (2, "The policy is a draft")
    found: consensus.Comparison = house.read(consensus.comparison, house.assessment)
    assert [r.given[0].level for r in found.rows if r.indicator == "ORG-03"] == [4]


def test_of_two_at_once_the_second_is_told(house: House) -> None:
    two(house, FIRST, SECOND)
    house.write(consensus.agree, house.assessment, "ORG-03", level(2), "A draft", 0)
    with pytest.raises(Conflict):
        house.write(consensus.agree, house.assessment, "ORG-03", level(3), "It is signed", 0)
    assert agreed(house, "ORG-03").because == "A draft"


def test_no_consensus_before_all_have_submitted(house: House) -> None:
    anns = begin(house, "Ann")
    give(house, anns, ORG_01=3)
    done(house, anns)
    with pytest.raises(NotAllowed):
        house.write(consensus.agree, house.assessment, "ORG-01", level(2), "Alone", 0)
    with pytest.raises(BadInput, match="have not all submitted"):
        house.submit()


def test_nothing_is_agreed_on_where_the_team_rates_together(house: House) -> None:
    with pytest.raises(AlreadySubmitted, match="rates this assessment together"):
        house.write(consensus.agree, house.assessment, "ORG-01", level(2), "Why not", 0)


def test_the_consensus_is_what_is_scored_submitted_and_listed(house: House) -> None:
    two(house, FIRST, SECOND)
    house.write(consensus.agree_where_alike, house.assessment)
    assert house.read(gap_report, house.assessment).score.whole.rated == 2
    (one,) = house.read(assessments)
    assert one.answered == 3
    house.submit()
    with pytest.raises(AlreadySubmitted):
        house.write(consensus.agree, house.assessment, "ORG-03", level(2), "Too late", 0)
    assert house.read(consensus.comparison, house.assessment).names == ("Ann", "Bea")


def test_raters_notes_are_theirs_and_shown_with_the_comparison(house: House) -> None:
    anns, beas = begin(house, "Ann"), begin(house, "Bea")
    for sheet_id, said in ((anns, "Saw it"), (beas, "Did not find it")):
        give(house, sheet_id, ORG_01=2)
        house.write(write_note, house.assessment, "ORG-01", said, 0, sheet_id=sheet_id)
        done(house, sheet_id)
    found = house.read(consensus.notes_of_raters, house.assessment, ["ORG-01", "ORG-02"])
    assert found == {"ORG-01": {"Ann": "Saw it", "Bea": "Did not find it"}, "ORG-02": {}}


def test_a_deleted_assessment_takes_its_sheets_along(house: House) -> None:
    two(house, FIRST, SECOND)
    name = house.read(assessments)[0].name
    house.write(delete_assessment, house.assessment, name)
    left = everything(house.engine)
    assert not left["sheet"] and not left["rating"]


# Groups


def test_a_small_group_is_hidden_and_a_large_one_speaks_as_one(house: House) -> None:
    for value in (0, 1, 2, 2, 3):
        voice = begin(house, kind="client")
        give(house, voice, ORG_01=value)
        done(house, voice)
    lone = begin(house, kind="leadership")
    give(house, lone, ORG_01=4)
    with pytest.raises(NotAllowed, match="once everybody who rates has submitted"):
        house.read(consensus.heard, house.assessment)
    done(house, lone)
    found: consensus.Heard = house.read(consensus.heard, house.assessment)
    groups = found.voices["ORG-01"].groups
    assert (groups["client"].shown, groups["client"].people, groups["leadership"].shown) == ("shown", 5, "hidden")
    assert found.voices["ORG-01"].together.shown == "hidden"
    assert found.people["leadership"] == 1


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["Ann", "Bea"]), min_size=1, max_size=6))
def test_in_any_order_of_acts_no_sheet_is_seen_too_soon(house: House, acts: list[str]) -> None:
    """Each act submits that rater's sheet or, where it is submitted, takes it back."""
    house = house.begin(replace(BASELINE, name=new_id()))
    actors = {"Ann": house.actor, "Bea": joins(house.engine, house.actor.agency_id, "assessor", "Bea")}
    seen_by = {name: house.seen_by(actor) for name, actor in actors.items()}
    sheets = {name: begin(one, name) for name, one in seen_by.items()}
    for name, one in seen_by.items():
        give(one, sheets[name], ORG_01=2)
    submitted: set[str] = set()
    for name in acts:
        submitted = _act(seen_by[name], sheets[name], name, submitted)
        for reader, other in (("Ann", "Bea"), ("Bea", "Ann")):
            assert _sees(seen_by[reader], sheets[other]) is (submitted == {"Ann", "Bea"})


def _act(house: House, sheet_id: str, name: str, submitted: set[str]) -> set[str]:
    if name not in submitted:
        done(house, sheet_id)
        return submitted | {name}
    if submitted == {"Ann", "Bea"}:
        with pytest.raises(AlreadySubmitted):
            house.write(take_back_sheet, house.assessment, sheet_id)
        return submitted
    house.write(take_back_sheet, house.assessment, sheet_id)
    return submitted - {name}


def _sees(house: House, sheet_id: str) -> bool:
    try:
        house.read(sheet, house.assessment, sheet_id=sheet_id)
    except NotAllowed:
        return False
    return True


def test_control_an_actor_of_no_agency_sees_nothing(house: House) -> None:
    with pytest.raises(NotAllowed):
        house.seen_by(Actor("nobody", house.actor.agency_id)).read(raters, house.assessment)
