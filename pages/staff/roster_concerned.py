"""Whom of the staff something concerns before it is done: how many, and who, by code."""

from collections.abc import Sequence

from assessments.use_cases.staff import Member
from pages.shared import house, words

MOST = 20
"""Codes that are told."""


def told(members: Sequence[Member]) -> str:
    """As in "3 staff members: R-1, R-2, R-3"; "" where it is nobody."""
    if not members:
        return ""
    more = f", and {len(members) - MOST} more" if len(members) > MOST else ""
    codes = ", ".join(one.details.code for one in members[:MOST])
    return f"{words.count(len(members), 'staff member')}: {codes}{more}"


def with_role(members: Sequence[Member], role_id: str) -> list[Member]:
    return [one for one in _not_left(members) if role_id in one.details.roles]


def at_site(members: Sequence[Member], site_id: str) -> list[Member]:
    return [one for one in _not_left(members) if one.details.site_id == site_id]


def led_by(members: Sequence[Member], staff_id: str) -> list[Member]:
    return [one for one in _not_left(members) if staff_id and one.details.supervisor_id == staff_id]


def _not_left(members: Sequence[Member]) -> list[Member]:
    """Also those who come later."""
    today = house.today()
    return [one for one in members if one.details.ends is None or one.details.ends >= today]
