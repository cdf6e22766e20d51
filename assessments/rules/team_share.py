"""The part that each role takes in making the plans, and which level of the indicators on the team that comes to.

The guidance says that a team may include these roles: a missing one is something to work on and breaks no rule.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from assessments.rules import proportions
from assessments.rules.proposed import Fact, Proposal

ROLES = ("POT-01", "POT-02", "POT-03", "POT-04", "POT-05", "POT-07")
"""Of the team's checklist. Whether a standing team exists (POT-06) cannot be told from who took part."""
FAMILY = "POT-07"
"""The family holds this seat itself: nobody is named for it, and it has no substitute."""
MOST, NEARLY_ALL = Fraction(70, 100), Fraction(90, 100)
JUDGE: Mapping[str, str] = {
    "POT-04": "Level 4 asks that decisions show what this role brought, and that the peers have lived experience of "
    "this system themselves.",
}
JUDGE_EACH = "Level 4 asks that decisions show what this role brought. No register can tell; people judge."


@dataclass(frozen=True)
class TookPartIn:
    """In how many of the plans where the role was relevant; `cycle` is that of the review, `until` when the last of
    them was marked.
    """

    met: int = 0
    of: int = 0
    cycle: str = ""
    until: date | None = None

    @property
    def provisional(self) -> bool:
        return proportions.provisional(self.of)


NOWHERE = TookPartIn()


@dataclass(frozen=True)
class RoleDetails:
    """Who fills a role; `partner_id` is None where it is the agency's own."""

    holder: str = ""
    substitute: str = ""
    partner_id: str | None = None


UNFILLED = RoleDetails()


def proposed(indicator: str, role: RoleDetails, share: TookPartIn = NOWHERE) -> Proposal | None:
    """None where nobody marked who took part in the family's own seat: then there is nothing to tell it from."""
    if indicator == FAMILY:
        return _family(share) if share.of else None
    known = bool(role.holder or role.partner_id)
    if not known and not share.met:
        return Proposal(0, "nobody is named for this role", _facts(role, share), ("somebody who could fill it",))
    if not share.met:
        seen = f"took part in none of {share.of} plans" if share.of else "in no plan has anybody marked who took part"
        return Proposal(1, f"a source is named, but {seen}", _facts(role, share), ("a part in some of the plans",))
    return _taking_part(indicator, role, share)


def _taking_part(indicator: str, role: RoleDetails, share: TookPartIn) -> Proposal:
    missing = {
        "a named person": not role.holder,
        "a named substitute": not role.substitute,
        "a part in at least 70 percent of the plans": _of_plans(share) < MOST,
    }
    lacking = tuple(said for said, is_lacking in missing.items() if is_lacking)
    if lacking:
        return Proposal(2, _said(share), _facts(role, share), lacking)
    reason = f"{_said(share)}, and a person and a substitute are named"
    return _most(indicator, reason, _facts(role, share), share)


def _family(share: TookPartIn) -> Proposal:
    if not share.met:
        return Proposal(1, _said(share), _facts(UNFILLED, share), ("a seat in some of the discussions",))
    if _of_plans(share) < MOST:
        return Proposal(2, _said(share), _facts(UNFILLED, share), ("a seat in at least 70 percent of them",))
    return _most(FAMILY, _said(share), _facts(UNFILLED, share), share)


def _most(indicator: str, reason: str, facts: tuple[Fact, ...], share: TookPartIn) -> Proposal:
    if _of_plans(share) < NEARLY_ALL:
        return Proposal(3, reason, facts, ("a part in at least 90 percent of the plans",))
    return Proposal(3, reason, facts, judge=JUDGE.get(indicator, JUDGE_EACH))


def _of_plans(share: TookPartIn) -> Fraction:
    return Fraction(share.met, share.of)


def _said(share: TookPartIn) -> str:
    few = " (provisional: fewer than five)" if share.provisional else ""
    return f"it took part in {share.met} of {share.of} plans where it was relevant{few}"


def _facts(role: RoleDetails, share: TookPartIn) -> tuple[Fact, ...]:
    found = []
    if role.holder or role.partner_id:
        found.append(Fact("log", f"List of the team: {'a substitute' if role.substitute else 'no substitute'} named"))
    if share.of:
        what = f"Review of plans, {share.cycle}: took part in {share.met} of {share.of}"
        found.append(Fact("record", what, share.until))
    return tuple(found)
