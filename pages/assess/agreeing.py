"""What the team is about to agree on: kept in this tab over paging and other pages until it is saved or dropped.

It is saved by a button alone. The version that the fields began from is kept with them, so that what somebody else
saved meanwhile is a conflict, and is never overwritten unseen.
"""

from dataclasses import dataclass, fields, replace
from typing import Any, get_args

import streamlit as st

from assessments.errors import BadInput, Conflict, ToolkitError
from assessments.rules import proportions
from assessments.rules.ratings import State
from assessments.use_cases.consensus import agree
from assessments.use_cases.sheets import Answer, Row, sheet
from pages.assess.point import Place, Point, Screen
from pages.shared import drafts, house

EDITS, OPENED, REFILLED = "agreeing.edits", "agreeing.opened", "agreeing.refilled"


@dataclass(frozen=True)
class Draft:
    """What the fields hold; `choice` is one of the point's choices, `share` such as "7 of 9"."""

    choice: str | None = None
    share: str = ""
    out_of: int | None = None
    because: str = ""


@dataclass(frozen=True)
class Edit:
    """`base` was stored, in that `version`, when `now` was begun; `theirs` is stored after a conflict."""

    base: Draft
    version: int
    now: Draft
    error: ToolkitError | None = None
    theirs: Row | None = None

    @property
    def touched(self) -> bool:
        return self.now != self.base


def settle() -> None:
    """Takes over what the fields of the last screen hold, before any page is drawn, and so before one is left."""
    for place, edit in edits().items():
        edits()[place] = replace(edit, now=_typed(place, edit.now))


def begin(point: Point) -> Edit:
    """Before its fields are drawn. A new session finds what the browser still holds, and no version with it."""
    place, stored, version = point.place, draft_of(point), point.stored.answer_version
    edit = edits().get(place)
    if place in _refilled():
        _refilled().discard(place)
        _fill(place, stored)
        edit = Edit(stored, version, stored)
    elif edit is None:
        now = _typed(place, stored)
        edit = Edit(stored, version if now == stored or not version else drafts.UNKNOWN, now)
    elif version > edit.version and not edit.touched:
        _fill(place, stored)
        edit = Edit(stored, version, stored)
    edits()[place] = edit
    return edit


def take(point: Point, **chosen: Any) -> Edit:
    """After its fields were drawn; `chosen` is what was given by a button."""
    place = point.place
    edits()[place] = replace(edits()[place], now=replace(_typed(place, edits()[place].now), **chosen))
    return edits()[place]


def save(point: Point, keep_because: str = "") -> bool:
    """Where it is refused, the edit says why, and keeps what was typed."""
    place, kept, unfolded, refilled = point.place, edits(), opened(), _refilled()  # before it is written, as in drafts
    edit = kept[place]
    try:
        answer = _answer(point, edit.now)
        house.write(agree, place.assessment, place.indicator, answer, edit.now.because, edit.version, keep_because)
    except ToolkitError as error:
        theirs = _stored(place) if isinstance(error, Conflict) else None
        kept[place] = replace(edit, error=error, theirs=theirs)
        return False
    kept.pop(place)
    unfolded.discard(place)
    refilled.add(place)
    return True


def save_mine(point: Point) -> None:
    """After a conflict, in the place of what was shown as stored."""
    edit = edits()[point.place]
    assert edit.theirs
    edits()[point.place] = replace(edit, version=edit.theirs.answer_version, error=None, theirs=None)
    save(point)


def drop(place: Place) -> None:
    """Forgets what was typed; where the fields are still on the screen in the next run, they show what is stored."""
    edits().pop(place, None)
    opened().discard(place)
    _refilled().add(place)


def forget_untouched(drawn: set[Place]) -> None:
    for place in [place for place, edit in edits().items() if place not in drawn and not edit.touched]:
        del edits()[place]


def unsaved(assessment: str) -> list[Place]:
    return [place for place, edit in edits().items() if place.assessment == assessment and edit.touched]


def edits() -> dict[Place, Edit]:
    found: dict[Place, Edit] = st.session_state.setdefault(EDITS, {})
    return found


def opened() -> set[Place]:
    """Where a consensus that is saved is being changed."""
    found: set[Place] = st.session_state.setdefault(OPENED, set())
    return found


def _refilled() -> set[Place]:
    found: set[Place] = st.session_state.setdefault(REFILLED, set())
    return found


def draft_of(point: Point) -> Draft:
    """What is stored, as the fields show it."""
    answer = point.stored.answer
    if answer.state is State.UNRATED:
        return Draft()
    level = answer.state is State.LEVEL and not point.counted
    choice = str(answer.level) if level else answer.state.value
    return Draft(choice, drafts.share_of(answer), answer.out_of, point.stored.because)


def _answer(point: Point, draft: Draft) -> Answer:
    match draft.choice or (State.LEVEL.value if draft.share.strip() else None):
        case None:
            raise BadInput(f"{point.indicator.id} has no level yet. Choose what you agree on, then save.")
        case State.CANNOT_JUDGE.value:
            return Answer(State.CANNOT_JUDGE)
        case State.NOT_APPLICABLE.value:
            return Answer(State.NOT_APPLICABLE, reason=point.reason_not_applicable)
        case State.LEVEL.value:
            met, of = proportions.written(draft.share) or (None, None)
            return Answer(State.LEVEL, None, met, of, draft.out_of)
        case level:
            return Answer(State.LEVEL, int(level))


def _typed(place: Place, otherwise: Draft) -> Draft:
    """What is in the fields that are on the screen, and `otherwise` where one is not."""
    return replace(otherwise, **{name: st.session_state[key] for name, key in _fields(place)})


def _fill(place: Place, draft: Draft) -> None:
    for name, key in _fields(place):
        st.session_state[key] = getattr(draft, name)


def _fields(place: Place) -> list[tuple[str, str]]:
    """Name and key of those that are on the screen."""
    keys = [(field.name, place.key(screen, field.name)) for screen in get_args(Screen) for field in fields(Draft)]
    return [(name, key) for name, key in keys if key in st.session_state]


def _stored(place: Place) -> Row:
    return house.read(sheet, place.assessment, (place.indicator,)).row(place.indicator)
