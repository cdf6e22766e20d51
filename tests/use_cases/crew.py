"""Staff of Riverbend, as many as a test of counts needs, with what their supervisor gave them."""

from collections.abc import Sequence
from datetime import date, datetime

from assessments.rules.competency import Given
from assessments.use_cases.competencies import rate_competency
from assessments.use_cases.job_roles import RoleProfile, add_job_role, job_roles
from assessments.use_cases.staff import StaffDetails, add_member
from tests.use_cases import cast
from tests.use_cases.cast import House

NEEDED = "STF-01"
TODAY = cast.NOW.date()


def crew(
    house: House,
    levels: Sequence[int | None],
    indicator: str = NEEDED,
    *,
    on: date = TODAY,
    now: datetime = cast.NOW,
    ends: date | None = None,
    prefix: str = "C",
    target: int = 2,
) -> list[str]:
    """A staff member for each level, in a role that needs the indicator at `target`; None is one whom nobody rated."""
    role, found = _role(house, indicator, target, now), []
    for number, level in enumerate(levels, start=1):
        details = StaffDetails(f"{prefix}-{number}", house.site, cast.STARTED, ends, roles=frozenset({role}))
        found.append(house.write(add_member, details, now=now))
        if level is not None:
            given = Given("supervisor", on, level, "role-play" if level >= 3 else "")
            house.write(rate_competency, found[-1], cast.STAFF, indicator, given, None, now=now)
    return found


def _role(house: House, indicator: str, target: int, now: datetime) -> str:
    name = f"Needs {indicator} at {target}"
    there: dict[str, str] = {line.profile.name: line.id for line in house.read(job_roles, cast.STAFF)}
    if name not in there:
        there[name] = house.write(add_job_role, cast.STAFF, RoleProfile(name, {indicator: target}), now=now)
    return there[name]
