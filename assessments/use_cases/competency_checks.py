"""Whether a rating of a staff member can be stored as it was given."""

from datetime import date
from typing import get_args

from assessments.errors import BadInput, NotFound
from assessments.rules.competency import Given, ShownIn, level_of_check, most, needs_showing, shows
from assessments.rules.days import in_words
from assessments.store.tables import StaffMember
from assessments.use_cases.staffing import is_here
from standards.model import Checklist


def checked(checklist: Checklist, indicator_id: str, given: Given) -> Given:
    """As it can be stored: the level of a knowledge check is computed, never given."""
    if indicator_id not in checklist.indicator:
        raise NotFound(f"{indicator_id} is not in {checklist.title} {checklist.edition}.")
    ladder = checklist.ladder_of[indicator_id]
    if given.kind == "knowledge-check":
        return _of_check(indicator_id, ladder.id, given)
    if given.level is not None and (type(given.level) is not int or given.level not in ladder.values):
        raise BadInput(f"{indicator_id} has no level {given.level}. Choose one of the levels shown.")
    if given.level is not None and given.level > most(ladder.id, given.kind):
        raise BadInput(
            f"{indicator_id} is a skill: by oneself it is rated up to {most(ladder.id, given.kind)}, because more "
            "takes somebody who has watched. Choose a level up to there."
        )
    if not needs_showing(given.kind, given.level):
        return Given(given.kind, given.on, given.level, given.shown_in if given.shown_in in get_args(ShownIn) else "")
    if given.shown_in not in shows(ladder.id):
        raise BadInput(
            f"{indicator_id}: a skill at 3 or above has to be seen: live, in a recording or in a role-play. Say which, "
            "or choose a level up to 2."
            if ladder.id == "skill"
            else f"{indicator_id}: knowledge at 3 or above has to be shown in the last 12 months. Say in what, or "
            "choose a level up to 2."
        )
    return Given(given.kind, given.on, given.level, given.shown_in)


def _of_check(indicator_id: str, ladder: str, given: Given) -> Given:
    if ladder == "skill":
        raise BadInput(f"{indicator_id} is a skill: a knowledge check cannot show it. Watch it instead.")
    correct, asked = given.correct, given.asked
    if type(correct) is not int or type(asked) is not int:
        raise BadInput(f"{indicator_id}: give two whole numbers, how many were right of how many asked: 7 of 9.")
    if not 0 <= correct <= asked or not 0 < asked <= 1_000:
        raise BadInput(f"{indicator_id}: {correct} right of {asked} asked cannot be. Change one of them.")
    return Given(given.kind, given.on, level_of_check(correct, asked), "", correct, asked)


def refuse_day(member: StaffMember, on: date, today: date) -> None:
    if on > today:
        raise BadInput(f"{in_words(on)} is still to come. Give the day on which it was seen.")
    if not is_here(member, on):
        raise BadInput(f"{member.code} was not here on {in_words(on)}. Give a day on which they were.")
