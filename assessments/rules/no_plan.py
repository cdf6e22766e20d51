"""A record in which there is no plan: what a plan would hold is absent there, and stays in every denominator."""

from assessments.rules.ratings import State
from standards.model import Indicator, Ladder

NO_PLAN = "no-plan"
"""What the list says of such a record."""
OF_A_PLAN = frozenset(
    "POP-01 POP-02 POP-03 POP-04 POP-05 POP-06 POP-07 POP-08 POP-09 POP-10 POP-11 POP-12 POP-19 ADD-W01 "
    "ADD-W02 ADD-W03 ADD-W04 ADD-W05 ADD-W06 ADD-W07 ADD-W08 ADD-W09 ADD-W10 ADD-W11 ADD-W17 ADD-W18 ADD-W20 "
    "ADD-W21 ADD-W22 ADD-W23 ADD-W24 ADD-W25".split()
)
"""Elements answered with yes or no that speak of the plan itself. What can be done for a family without one, as asking
about its needs or noting what keeps it from a service, is not among them.
"""


def needs_a_plan(indicator: Indicator) -> bool:
    return indicator.ladder == "content" or indicator.id in OF_A_PLAN


def is_absent(indicator: Indicator) -> bool:
    """Certain to be absent where there is no plan: it has no reason of its own not to apply, which only the record
    could tell.
    """
    return needs_a_plan(indicator) and not indicator.na


def cannot_stand(indicator: Indicator, ladder: Ladder, state: State, level: int | None) -> bool:
    """Whether the answer says that something of the plan is there."""
    return needs_a_plan(indicator) and state is State.LEVEL and level != min(ladder.values)
