"""Practice on invented programs: what is stored, when the reference is told, and that nothing of it reaches a score."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Engine

from assessments.errors import BadInput, Conflict, NotFound
from assessments.store import database, standing
from assessments.use_cases import gap_report, trail
from assessments.use_cases.trials import Compared, Given, Tried, give_trial, take_out_trials, trials
from standards import vignettes
from tests.use_cases.cast import PROGRAM, House, everything

ANN = "Ann Able"
VIGNETTES = vignettes.shipped()[PROGRAM]
FIRST, SECOND = VIGNETTES.vignettes[:2]
ONE = FIRST.references[0].indicator


def give(house: House, level: int, shown: int = 0, rater: str = ANN, at: tuple[str, str] = (FIRST.id, ONE)) -> Given:
    given: Given = house.write(give_trial, *PROGRAM, rater, *at, level, shown)
    return given


def give_all(house: House, vignette: vignettes.Vignette = FIRST, higher: int = 0, rater: str = ANN) -> None:
    for one in vignette.references:
        give(house, min(one.level + higher, 4), rater=rater, at=(vignette.id, one.indicator))


def tried(house: House) -> dict[str, Tried]:
    found: dict[str, Tried] = house.read(trials, *PROGRAM)
    return found


def test_what_is_given_is_there_and_can_be_changed_until_all_is_rated(house: House) -> None:
    assert tried(house) == {}
    assert give(house, 2) == Given(2, 1)
    assert give(house, 2, shown=7) == Given(2, 1), "nothing changed, so nothing can be in the way"
    assert give(house, 4, shown=1) == Given(4, 2)
    (mine,) = tried(house).values()
    assert mine == Tried(ANN, len(VIGNETTES.references), {(FIRST.id, ONE): Given(4, 2)})
    assert not mine.finished


def test_no_reference_is_told_before_all_of_its_vignette_is_rated(house: House) -> None:
    *most, last = FIRST.references
    for one in most:
        give(house, 0, at=(FIRST.id, one.indicator))
    assert tried(house)["ann able"].compared == {}
    give(house, 0, at=(FIRST.id, last.indicator))
    lines = tried(house)["ann able"].compared
    assert set(lines) == {FIRST.id}
    assert lines[FIRST.id][-1] == Compared(last.indicator, 0, last.level, last.why)
    with pytest.raises(BadInput, match=r"your own stay as they are\. To rate it anew"):
        give(house, last.level, shown=1, at=(FIRST.id, last.indicator))
    assert give(house, 0, shown=-1) == Given(0, 1), "the same again is no change"


def test_ones_own_deviation_over_what_is_complete_only(house: House) -> None:
    give_all(house)
    give(house, 0, at=(SECOND.id, SECOND.references[0].indicator))
    found = tried(house)["ann able"].deviation
    assert (found.agreement.compared, found.agreement.exact, found.signed) == (len(FIRST.references),) * 2 + (0,)


def test_all_rated_is_ready_by_the_convention_or_not(house: House) -> None:
    for vignette in VIGNETTES.vignettes:
        give_all(house, vignette)
        give_all(house, vignette, higher=1, rater="Bo")
    ann, bo = tried(house).values()
    assert ann.finished and bo.finished
    assert ann.deviation.agreement.ready is True
    assert bo.deviation.agreement.ready is False
    assert bo.deviation.signed > 0


def test_a_name_is_the_same_rater_however_it_is_typed(house: House) -> None:
    give(house, 1)
    give(house, 3, shown=1, rater="  ann   ABLE ")
    give(house, 2, rater="Bo")
    assert [(one.rater, one.given[FIRST.id, ONE].level) for one in tried(house).values()] == [(ANN, 3), ("Bo", 2)]


def test_two_windows_of_one_rater(house: House) -> None:
    give(house, 1)
    before = everything(house.engine)
    with pytest.raises(Conflict, match="after you opened the page"):
        give(house, 3)
    assert everything(house.engine) == before


REFUSED: list[tuple[dict[str, Any], type[Exception], str]] = [
    ({"rater": ""}, BadInput, "Your name is empty"),
    ({"rater": "\u200b \u200b"}, BadInput, "Your name is empty"),
    ({"rater": "x" * 121}, BadInput, "at most 120"),
    ({"rater": "123-45-6789"}, BadInput, "A name alone is enough"),
    ({"rater": "a\x00b"}, BadInput, "control character"),
    ({"level": 5}, BadInput, "has no level 5. Choose one of 0, 1, 2, 3, 4"),
    ({"level": -1}, BadInput, "has no level -1"),
    ({"at": ("nowhere", ONE)}, NotFound, "Choose one from the rater guide"),
    ({"at": (FIRST.id, "PAR-01")}, NotFound, "PAR-01 is not asked for Juniper House"),
    ({"at": (FIRST.id, "'; --")}, NotFound, "is not asked for"),
]


@pytest.mark.parametrize(("wrong", "error", "says"), REFUSED)
def test_what_is_refused_leaves_nothing(house: House, wrong: dict[str, Any], error: type[Exception], says: str) -> None:
    before = everything(house.engine)
    with pytest.raises(error, match=says.replace(".", r"\.")):
        give(house, **{"level": 2, **wrong})
    assert everything(house.engine) == before


@pytest.mark.parametrize("key", [("pulse", "1.0"), ("perinatal-program", "9.9"), ("", "")])
def test_a_checklist_without_vignettes(house: House, key: tuple[str, str]) -> None:
    acts: list[Callable[[], Any]] = [
        lambda: house.read(trials, *key),
        lambda: house.write(give_trial, *key, ANN, FIRST.id, ONE, 2, 0),
        lambda: house.write(take_out_trials, *key, ANN),
    ]
    for act in acts:
        with pytest.raises(NotFound, match="no invented programs"):
            act()


def test_starting_again_takes_out_ones_own_and_nobody_elses(house: House) -> None:
    for rater in (ANN, "Bo"):
        give_all(house, rater=rater)
        give(house, 2, rater=rater, at=(SECOND.id, SECOND.references[0].indicator))
    house.write(take_out_trials, *PROGRAM, "ANN able", FIRST.id)
    ann, bo = tried(house).values()
    assert set(ann.given) == {(SECOND.id, SECOND.references[0].indicator)}
    assert len(bo.given) == len(FIRST.references) + 1
    house.write(take_out_trials, *PROGRAM, ANN)
    assert set(tried(house)) == {"bo"}
    with pytest.raises(NotFound, match="no practice ratings under this name"):
        house.write(take_out_trials, *PROGRAM, ANN)
    give(house, 1)


def test_the_trail_tells_it_and_a_name_can_leave_for_good(house: House) -> None:
    give(house, 1, rater="Wilhelmina Q.")
    give(house, 2, shown=1, rater="Wilhelmina Q.")
    give(house, 2, rater="Wilhelmina Q.", at=(FIRST.id, FIRST.references[1].indicator))
    newest = house.read(trail.audit_trail).entries[1]
    assert (newest.act, newest.thing_id, newest.before, newest.after) == (
        "try",
        f"{FIRST.id}/{ONE}",
        "Wilhelmina Q.: 1",
        "Wilhelmina Q.: 2",
    )
    seen = house.read(trail.traces, "wilhelmina")
    with pytest.raises(BadInput, match=r"the practice ratings of Wilhelmina Q\., on the page Rater guide"):
        house.write(trail.purge_values, "wilhelmina", tuple(seen.numbers), "A name that had to go")
    house.write(take_out_trials, *PROGRAM, "Wilhelmina Q.")
    seen = house.read(trail.traces, "wilhelmina")
    house.write(trail.purge_values, "wilhelmina", tuple(seen.numbers), "A name that had to go")
    assert not [name for name, rows in everything(house.engine).items() if "wilhelmina" in repr(rows).lower()]
    assert house.read(trail.verify_trail) == []


def test_where_a_name_stands_is_said_once(house: House, engine: Engine) -> None:
    give_all(house)
    with database.reading(engine) as db:
        assert standing.standing(db, house.actor.agency_id, ANN) == [
            "the practice ratings of Ann Able, on the page Rater guide"
        ]


def test_nothing_of_it_enters_a_score(house: House, neighbor: House) -> None:
    before = house.read(gap_report.gap_report, house.assessment)
    give_all(house)
    assert house.read(gap_report.gap_report, house.assessment) == before
    assert tried(neighbor) == {}
