"""What is said of one staff member: the fields, and what they come to."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import streamlit as st

from assessments.errors import BadInput
from assessments.rules.text import name_key
from assessments.use_cases.agencies import sites
from assessments.use_cases.job_roles import RoleLine
from assessments.use_cases.staff import Member, StaffDetails
from assessments.use_cases.staffing import EARLIEST, LATEST, checked_code, checked_name, is_far_ahead, refuse_days
from assessments.use_cases.typed import every
from pages.shared import clearable, house
from pages.staff import roster_concerned

DAY = "MM/DD/YYYY"
NAME_STAYS = "May be left empty. It stays inside your agency; whatever leaves here says the code."


@dataclass(frozen=True)
class Typed:
    """As it stands in the form: the first day and the site may still be open."""

    details: StaffDetails
    starts: date | None = None
    led: str = ""
    """Whom they supervise, if they are to leave now."""
    agreed: bool = False
    far: bool = False
    """The first day is new, and more than a year ahead."""
    meant: bool = False
    taken: bool = False
    """The code is somebody else's."""

    @property
    def whole(self) -> StaffDetails:
        """BadInput with all that can be seen to be wrong, in the order of the fields."""
        every(
            self._code,
            lambda: checked_name(self.details.name),
            lambda: _refuse(not self.details.site_id, "Site: choose where this person works."),
            lambda: _refuse(not self.details.roles, "Role: choose at least one. What somebody needs follows from it."),
            self._first_day,
            self._last_day,
        )
        return replace(self.details, starts=self.starts or date.min)

    def _code(self) -> None:
        checked_code(self.details.code)
        _refuse(self.taken, f"Code: {self.details.code} is somebody else’s already. Choose another one.")

    def _first_day(self) -> None:
        _refuse(self.starts is None, "First day: say since when this person works here.")
        if self.starts:
            refuse_days(self.starts, self.details.ends)
        _refuse(
            self.far and not self.meant,
            "First day: it lies more than a year ahead. Look at the year, or tick that it is right.",
        )

    def _last_day(self) -> None:
        _refuse(
            bool(self.led) and not self.agreed,
            f"Last day: this person supervises {self.led}. Give them another supervisor first, or tick that they stay "
            "without one who works here.",
        )


def _refuse(wrong: bool, said: str) -> None:
    if wrong:
        raise BadInput(said)


def fields(key: str, typed: Typed, members: Sequence[Member], roles: Sequence[RoleLine], own: str = "") -> Typed:
    """`own` is the id of the member themselves, who is no supervisor to choose."""
    found = typed.details
    left, right = st.columns(2)
    # Without max_chars: a field that has too much by a paste hands over nothing; so it is refused, and kept.
    code = left.text_input(
        "Code", found.code, key=f"{key}-code", help="Short, and not a name or part of one. Never a client’s code."
    )
    name = right.text_input("Name, if you like", found.name, key=f"{key}-name")
    right.caption(NAME_STAYS)
    site = _site(left, key, found)
    held = {role.id: role.profile.name for role in roles if not role.archived or role.id in found.roles}
    chosen = st.multiselect(
        "Roles",
        list(held),
        [role for role in held if role in found.roles],
        format_func=held.__getitem__,
        key=f"{key}-roles",
        placeholder="Choose one or more",
    )
    first, last, above = st.columns(3)
    starts = first.date_input("First day", typed.starts, EARLIEST, LATEST, f"{key}-starts", format=DAY)
    ends = clearable.day(last, "Last day, if they leave", found.ends, f"{key}-ends", (EARLIEST, LATEST))
    leads = {one.id: one.label for one in members if one.id != own and _may_lead(one, found)}
    supervisor = above.selectbox(
        "Supervisor",
        list(leads),
        list(leads).index(found.supervisor_id) if found.supervisor_id in leads else None,
        format_func=leads.__getitem__,
        placeholder="Nobody",
        key=f"{key}-supervisor",
    )
    details = StaffDetails(code, site, found.starts, ends, name, frozenset(chosen), supervisor or "")
    stored = next((one.details.starts for one in members if one.id == own), None)
    far = starts is not None and starts != stored and is_far_ahead(starts, house.today())
    # Asked for where it was refused: inside a form, nothing is known of the day before it is sent.
    meant = typed.far and first.checkbox("This day is right", typed.meant, key=f"{key}-meant")
    led = _led(members, own, ends)
    agreed = bool(roster_concerned.led_by(members, own)) and st.checkbox(
        "If they leave, whom they supervise stays without a supervisor who works here",
        typed.agreed,
        key=f"{key}-agreed",
    )
    taken = any(one.id != own and name_key(one.details.code) == name_key(code) for one in members)
    return Typed(details, starts, led, agreed, far, meant, taken)


def _led(members: Sequence[Member], own: str, ends: date | None) -> str:
    """ "" where the last day is as it is stored."""
    stored = next((one.details.ends for one in members if one.id == own), None)
    return roster_concerned.told(roster_concerned.led_by(members, own)) if ends and ends != stored else ""


def _site(where: st.delta_generator.DeltaGenerator, key: str, found: StaffDetails) -> str:
    there = {
        one.id: one.name + (" (archived)" if one.archived_at else "")
        for one in house.read(sites, archived=True)
        if not one.archived_at or one.id == found.site_id
    }
    chosen: str | None = where.selectbox(
        "Site",
        list(there),
        list(there).index(found.site_id) if found.site_id in there else None,
        format_func=there.__getitem__,
        placeholder="Choose a site",
        key=f"{key}-site",
    )
    return chosen or ""


def _may_lead(member: Member, found: StaffDetails) -> bool:
    """Who has left leads nobody new."""
    left = member.details.ends is not None and member.details.ends < house.today()
    return not left or member.id == found.supervisor_id
