"""Which level the list of the team comes to."""

import pytest

from assessments.rules.team_share import FAMILY, ROLES, RoleDetails, TookPartIn, proposed
from standards import catalogue

NOBODY, FROM_A_PARTNER = RoleDetails(), RoleDetails(partner_id="p")
ALONE, BOTH = RoleDetails("Dr. Dee"), RoleDetails("Dr. Dee", "Cam")


@pytest.mark.parametrize(
    ("role", "met", "of", "level"),
    [
        (NOBODY, 0, 0, 0),
        (NOBODY, 0, 6, 0),
        (NOBODY, 6, 6, 2),
        (FROM_A_PARTNER, 0, 0, 1),
        (ALONE, 0, 0, 1),
        (BOTH, 0, 9, 1),
        (ALONE, 9, 10, 2),
        (BOTH, 6, 9, 2),
        (BOTH, 69, 100, 2),
        (BOTH, 7, 10, 3),
        (BOTH, 89, 100, 3),
        (BOTH, 9, 10, 3),
        (BOTH, 10, 10, 3),
    ],
)
def test_each_step_of_the_ladder(role: RoleDetails, met: int, of: int, level: int) -> None:
    found = proposed("POT-01", role, TookPartIn(met, of, "Baseline"))
    assert found
    assert found.level == level
    assert bool(found.judge) == (level == 3 and met * 10 >= of * 9), "from 90 percent on, people judge what is left"
    assert bool(found.missing) != bool(found.judge)


def test_the_family_needs_no_name() -> None:
    found = {met: proposed(FAMILY, NOBODY, TookPartIn(met, 10, "Baseline")) for met in (0, 6, 7, 10)}
    assert {met: one.level for met, one in found.items() if one} == {0: 1, 6: 2, 7: 3, 10: 3}
    assert proposed(FAMILY, NOBODY) is None


def test_few_plans_are_provisional() -> None:
    few, enough = (proposed("POT-02", BOTH, TookPartIn(of, of, "Baseline")) for of in (4, 5))
    assert few
    assert enough
    assert "provisional" in few.reason
    assert "provisional" not in enough.reason


def test_no_reason_calls_a_missing_role_a_breach() -> None:
    found = proposed("POT-03", NOBODY)
    assert found
    assert not {"complian", "violat", "must", "require"} & set(found.reason.split())
    assert found.facts == ()


def test_peers_are_judged_by_what_they_lived() -> None:
    found = proposed("POT-04", BOTH, TookPartIn(9, 9, "Baseline"))
    assert found
    assert "lived experience" in found.judge


def test_every_role_is_on_the_ladder_of_the_team() -> None:
    checklist = catalogue.library()["posc-team", "1.0"]
    assert set(ROLES) == {one.id for one in checklist.indicators if one.ladder == "team-role"}
