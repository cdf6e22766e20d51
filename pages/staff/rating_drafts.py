"""Ratings of staff: saved at once and compared on every run, never only in a callback, which a burst of clicks or a way
to another page can leave out. `pages/shared/drafts.py` says more; a field here is the word of one kind of rater on one
day about one competency of one staff member, with its note.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import streamlit as st

from assessments.errors import Conflict, LooksLikeClientData, ToolkitError
from assessments.rules.competency import needs_showing
from assessments.use_cases.competencies import Shown, competency_ratings, rate_competency
from pages.shared import drafts, house
from pages.staff.rating_fields import Draft, Field, History, asks, draft_of, given_of, level_of, shown

BASES, TROUBLES, ADOPTED = "rating.bases", "rating.troubles", "rating.adopted"
SEEN, BROUGHT, RATED = "rating.seen", "rating.brought", "rating.rated"
UNKNOWN: Shown = (date.min, -1)
"""What a browser was shown that did not say: it can only be a conflict."""


@dataclass(frozen=True)
class Base:
    """What the field showed when it was last equal to what is stored, and what was stored then."""

    draft: Draft
    shown: Shown


@dataclass(frozen=True)
class Trouble:
    """Why `mine` was not saved: `error`, or where there is none something is still to be given. `history` is what is
    stored, after a conflict.
    """

    mine: Draft
    error: ToolkitError | None = None
    history: History | None = None


def settle() -> None:
    """Saves what changed in the fields of the last screen, before any page is drawn, and so before this one is left."""
    changed = [_compare(field, base) for field, base in list(_bases().items())]
    st.session_state[RATED] = any(changed)


def rated() -> bool:
    """Whether it was a rating that brought about this run."""
    return bool(st.session_state.get(RATED))


def begin(field: Field, history: History, *, opened: bool) -> bool:
    """Before its inputs are drawn: what somebody else stored is taken over, and what was refused and left is there
    again. Whether the inputs were filled so.
    """
    base, trouble, stored = (
        _bases().get(field),
        troubles().get(field),
        Base(draft_of(field, history), shown(field, history)),
    )
    adopted: set[Field] = st.session_state.setdefault(ADOPTED, set())
    if trouble and not _on_screen(field):
        _fill(field, trouble.mine, opened=opened)
        _bases().setdefault(field, stored)
        return True
    if field in adopted or (base and base.shown != stored.shown and not trouble):
        adopted.discard(field)
        _fill(field, stored.draft, opened=opened)
        _bases()[field] = stored
        return True
    return False


def take(field: Field, history: History) -> None:
    """After its inputs were drawn: the first time in this session, what the browser brought is compared too."""
    if field in _bases():
        return
    _bases()[field] = Base(draft_of(field, history), shown(field, history))
    seen: Shown = st.session_state[SEEN].get(field.name, UNKNOWN)
    if _compare(field, Base(_bases()[field].draft, seen)):
        st.session_state[BROUGHT] = True


def brought_something() -> bool:
    """Whether a new session found something in the browser since this was asked last."""
    return bool(st.session_state.pop(BROUGHT, False))


def save(field: Field, mine: Draft, base: Base, keep_because: str = "") -> None:
    """Where it is refused, `troubles` says why, and the inputs keep what they show. A note that looks like a client's
    data keeps nobody from rating.
    """
    known, refused = _bases(), troubles()  # a newer click cuts a run off where the state of the session is asked
    try:
        known[field] = Base(mine, _write(field, mine, base.shown, keep_because))
    except ToolkitError as error:
        history = _read(field) if isinstance(error, Conflict) else None
        refused[field] = Trouble(mine, error, history)
        bare = replace(mine, note=base.draft.note)
        if isinstance(error, LooksLikeClientData) and bare not in (mine, base.draft):
            known[field] = Base(bare, _write(field, bare, base.shown, ""))
    else:
        refused.pop(field, None)


def keep(field: Field, reason: str) -> None:
    """Saves the note that was stopped, with the reason to keep it."""
    save(field, troubles()[field].mine, _bases()[field], reason or " ")


def use_mine(field: Field) -> None:
    trouble = troubles()[field]
    history = trouble.history or []
    save(field, trouble.mine, Base(draft_of(field, history), shown(field, history)))


def use_theirs(field: Field) -> None:
    """The inputs show what is stored from the next run on."""
    troubles().pop(field, None)
    st.session_state.setdefault(ADOPTED, set()).add(field)


def drop(field: Field) -> None:
    del troubles()[field]


def forget_others(drawn: set[Field]) -> None:
    """Fields that are no longer on the screen; what they held was settled at the start of this run."""
    for field in [field for field in _bases() if field not in drawn]:
        del _bases()[field]


def typed(field: Field, otherwise: Draft) -> Draft:
    """What is in the inputs that are on the screen, and `otherwise` where one is not. How it was seen may be said once
    for all; what is said of one person goes before.
    """
    parts = {part: st.session_state[key] for part in vars(otherwise) if (key := field.key(part)) in st.session_state}
    draft = replace(otherwise, **parts)
    draft = replace(draft, choice=draft.choice or otherwise.choice)  # a level once given is taken out, never cleared
    if not needs_showing(field.kind, level_of(draft)):
        return replace(draft, shown_in=None)
    return replace(draft, shown_in=draft.shown_in or st.session_state.get(field.seen_by_all))


def show_versions(part_id: str, fields: Mapping[Field, History]) -> None:
    """Draws the hidden field, before any other; what it brings back is what this browser was last shown."""
    now = json.dumps({field.name: _said(_shown_now(field, history)) for field, history in fields.items()})
    key = f"shown-staff-{part_id}"
    if key in st.session_state:
        st.session_state[key] = now
    brought = st.text_input("Versions shown", drafts.initial(key, now, ""), key=key, label_visibility="collapsed")
    st.session_state[SEEN] = _seen_in(brought)


def base_of(field: Field) -> Base:
    return _bases()[field]


def troubles() -> dict[Field, Trouble]:
    found: dict[Field, Trouble] = st.session_state.setdefault(TROUBLES, {})
    return found


def _compare(field: Field, base: Base) -> bool:
    """Saves what differs, and says whether something did; what was refused waits for the person."""
    mine, trouble = typed(field, base.draft), troubles().get(field)
    if not _on_screen(field) or (trouble and trouble.mine == mine):
        return False
    if mine == base.draft:
        if trouble and trouble.history is None:
            drop(field)  # what was refused is taken out again
        return False
    if asks(field, mine):
        troubles()[field] = Trouble(mine)
    else:
        save(field, mine, base)
    return True


def _write(field: Field, draft: Draft, before: Shown, keep_because: str) -> Shown:
    at = (field.staff, field.checklist, field.indicator)
    return house.write(rate_competency, *at, given_of(field, draft), before, draft.note, keep_because)


def _read(field: Field) -> History:
    found = house.read(competency_ratings, field.checklist, [field.staff], [field.indicator])
    return found.get((field.staff, field.indicator), [])


def _fill(field: Field, draft: Draft, *, opened: bool) -> None:
    """Only what will be drawn: the rest would stay behind as an answer that nobody sees."""
    st.session_state[field.key(field.choice)] = getattr(draft, field.choice)
    for part, drawn in (("shown_in", needs_showing(field.kind, level_of(draft))), ("note", opened)):
        st.session_state.pop(field.key(part), None)
        if drawn:
            st.session_state[field.key(part)] = getattr(draft, part)


def _on_screen(field: Field) -> bool:
    return field.key(field.choice) in st.session_state


def _shown_now(field: Field, history: History) -> Shown:
    return _bases()[field].shown if field in troubles() and field in _bases() else shown(field, history)


def _said(version: Shown) -> list[str | int] | None:
    return [version[0].isoformat(), version[1]] if version else None


def _seen_in(text: str) -> dict[str, Shown]:
    """Whatever a browser sends is read with care."""
    try:
        found = {name: _version(one) for name, one in json.loads(text).items()}
    except (ValueError, TypeError, AttributeError):
        return {}
    return found


def _version(found: Any) -> Shown:
    return (date.fromisoformat(found[0]), int(found[1])) if found else None


def _bases() -> dict[Field, Base]:
    found: dict[Field, Base] = st.session_state.setdefault(BASES, {})
    return found
