"""Whose competencies a person may see, with or without the name, and whose they may rate as what.

A staff member sees their own, a supervisor their team, a trainer everybody by code, and by name where the agency
allows it. An administrator keeps the roster, and of ratings sees what groups of five and more have in common. The
owner of an installation that one person uses alone does everything.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from assessments.rules.competency import RaterKind

ROSTER = frozenset({"owner", "agency-administrator"})
"""Roles that keep the roster, and so know its names."""


@dataclass(frozen=True)
class Sight:
    """Ids of staff members: whose ratings are seen, who has a name in what is shown, one's own, and one's team."""

    sees: frozenset[str]
    named: frozenset[str]
    mine: str = ""
    team: frozenset[str] = frozenset()
    trains: bool = False
    owns: bool = False

    def may_rate(self, staff_id: str, kind: RaterKind) -> bool:
        """Oneself as oneself; the team as its supervisor; a trainer watches and checks, as a supervisor may too."""
        if self.owns:
            return staff_id in self.sees
        if kind == "self":
            return staff_id == self.mine
        in_team = staff_id in self.team
        return in_team or (kind != "supervisor" and self.trains and staff_id in self.sees and staff_id != self.mine)


def sight(
    roles: Collection[str], staff: Collection[str], mine: str, supervisor_of: Mapping[str, str], names: bool
) -> Sight:
    """`staff` are all of the agency, `mine` is the actor's own among them or "", `supervisor_of` leads from each to
    who supervises them. `names`: the agency lets trainers see them.
    """
    everybody = frozenset(staff)
    own = frozenset({mine} & everybody)
    if "owner" in roles:
        return Sight(everybody, everybody, mine, everybody - own, trains=True, owns=True)
    trains = "trainer" in roles
    led = team(mine, supervisor_of) & everybody if "supervisor" in roles else frozenset()
    named = own | led
    if ROSTER & set(roles) or (trains and names):
        named = everybody
    return Sight(everybody if trains else own | led, named, mine, led, trains)


def team(leader: str, supervisor_of: Mapping[str, str]) -> frozenset[str]:
    """Whom somebody supervises, and whom those supervise."""
    led: set[str] = set()
    newly = {leader} if leader else set()
    while newly:
        newly = {staff for staff, above in supervisor_of.items() if above in newly} - led - {leader}
        led |= newly
    return frozenset(led)


def circle(supervisor_of: Mapping[str, str]) -> tuple[str, ...]:
    """The first chain of supervisors that leads back to where it began, in its order; empty where none does."""
    clear: set[str] = set()
    for start in supervisor_of:
        chain: dict[str, int] = {}
        at: str | None = start
        while at is not None and at not in clear:
            if at in chain:
                return tuple(chain)[chain[at] :]
            chain[at] = len(chain)
            at = supervisor_of.get(at)
        clear |= chain.keys()
    return ()
