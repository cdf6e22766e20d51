"""What stands in a field and perhaps not yet in the database: compared on every run, saved by compare-and-swap.

Clicks in a burst interrupt the script, a restart makes a new session, a way to another page takes the fields away: in
none of these is a callback sure to run. So nothing is saved in one alone. On every run `settle` compares each field
of the last screen with what was last known to be stored, and `take` compares again when the field was drawn, for then
a new session has what the browser still holds. The versions that the browser was shown travel with it, in a hidden
field, so that a new session never mistakes an old screen for a new choice.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from assessments.errors import Conflict, ToolkitError
from assessments.rules import proportions
from assessments.rules.ratings import State
from assessments.use_cases.ratings import rate_and_read, write_note
from assessments.use_cases.record_ratings import NOTHING, Found, Reader, rate_record, record_ratings
from assessments.use_cases.sheets import Answer, OpenSheet, Row, sheet
from pages.shared import house

BASES, TROUBLES, ADOPTED = "drafts.bases", "drafts.troubles", "drafts.adopted"
SEEN, BROUGHT, TOLD = "drafts.seen", "drafts.brought", "drafts.told"
WHOLE, NEWEST, SHOWN_IN = "drafts.whole", "drafts.newest", "drafts.shown-in"
UNKNOWN = -1
"""The version of a field that a browser still holds and did not say where from: it can only be a conflict."""

T = TypeVar("T")
Part = Literal["answer", "note"]
Value = Answer | str


@dataclass(frozen=True)
class Field:
    """One thing that is saved at once: the answer to an indicator, in one or several inputs, or its note."""

    assessment: str
    indicator: str
    part: Part
    counts: bool = False
    na: str = ""
    sheet: str = ""
    """Of a rater; "" is the sheet of record."""
    record: str = ""
    """What is rated, where that is one record of a review, as `reader`: then there is no note and no typed reason."""
    reader: Reader = "first"

    def key(self, name: str) -> str:
        where = f"{self.record}-{self.reader}-{self.assessment}" if self.record else self.sheet or self.assessment
        return f"{name}-{where}-{self.indicator}"


@dataclass(frozen=True)
class Base:
    """What the field showed when it was last equal to what is stored, and that version."""

    value: Value
    version: int


@dataclass(frozen=True)
class Trouble:
    """Why `mine` was not saved; `theirs` is what is stored, after a conflict."""

    mine: Value
    error: ToolkitError
    theirs: Row | None = None


def settle() -> None:
    """Saves what changed in the fields of the last screen, before any page is drawn, and so before any is left."""
    save_changes()
    for name in (TOLD, WHOLE, NEWEST):  # a whole page says and reads anew, and may move what stands where
        st.session_state.pop(name, None)


def save_changes() -> None:
    _read_then().clear()
    for field, base in list(_bases().items()):
        _compare(field, base)


def end_screen() -> None:
    """Once all of a page is drawn."""
    st.session_state[WHOLE] = _address()


def is_whole() -> bool:
    """Before anything is saved: whether all was drawn of the page that the person is on, and what was saved since is
    said there. A run that begins drops what is not sent yet of the one before, so the browser has to say so itself.
    """
    key = st.session_state.get(SHOWN_IN)
    seen = _versions_in(st.session_state.get(key, "")) if key else {}
    known = all(seen.get(_name(field)) == base.version for field, base in _bases().items())
    return known and st.session_state.get(WHOLE) == _address()


def newest() -> OpenSheet | None:
    """In the callback that saved a level, and in what it has drawn: the sheet with all that is on the screen, as it was
    read with the saving.
    """
    return next(iter(_read_then()), None)


def draw_all() -> None:
    """For whatever else is touched on a page of fields, as its callback: where it comes in one message with a choice
    that would have little drawn, all is.
    """


def is_known(field: Field, row: Row) -> bool:
    """Whether what this session knows of a field that it shows is what is stored."""
    base = _bases().get(field)
    return base is None or base.version == version(field, row)


def tell(field: Field, say: Callable[[Row], object]) -> None:
    """`say` is called with what was saved, as soon as it is: before the page is drawn again, and into the place where
    it was said on the last screen.
    """
    st.session_state.setdefault(TOLD, {})[field] = (_screen(), say)


def _say(field: Field, row: Row) -> None:
    screen, say = st.session_state.get(TOLD, {}).get(field, ("", None))
    if say and screen == _screen():  # on the way to another page, the place is not there any more
        say(row)


def _screen() -> str:
    context = get_script_run_ctx()
    return context.page_script_hash if context else ""


def _address() -> tuple[str, dict[str, str]]:
    return _screen(), st.query_params.to_dict()


def take(field: Field, row: Row) -> None:
    """After its inputs were drawn: the first time in this session, what the browser brought is compared too."""
    if field not in _bases():
        _bases()[field] = Base(stored(field, row), version(field, row))
        seen: int = st.session_state[SEEN].get(_name(field), UNKNOWN)
        if _compare(field, Base(stored(field, row), seen)):
            st.session_state[BROUGHT] = True


def brought_something() -> bool:
    """Whether a new session found something in the browser since this was asked last."""
    return bool(st.session_state.pop(BROUGHT, False))


def prepare(field: Field, row: Row) -> None:
    """Before its inputs are drawn: a newer row is taken over, unless the field holds something of its own; what was
    refused and left is there again.
    """
    base, trouble = _bases().get(field), troubles().get(field)
    if trouble and not _on_screen(field):
        _fill(field, trouble.mine)
    adopted, _ = _adopted().pop(field, (None, None))
    if adopted is None and base and version(field, row) > base.version and field not in troubles():
        adopted = stored(field, row)
    if adopted is not None:
        _fill(field, adopted)
        _bases()[field] = Base(adopted, version(field, row))


def save(field: Field, value: Value, expected: int, keep_because: str = "") -> None:
    """Where it is refused, `troubles` says why, and the field keeps what it shows. Between the writing and what is
    then known of it, the state of the session is not asked: a newer click cuts a run off where it is.
    """
    known, refused = _bases(), troubles()
    try:
        row = _write(field, value, expected, keep_because)
    except ToolkitError as error:
        theirs = _read(field) if isinstance(error, Conflict) else None
        refused[field] = Trouble(value, error, theirs)
    else:
        known[field] = Base(value, version(field, row))
        refused.pop(field, None)
        _say(field, row)


def keep(field: Field, reason: str) -> None:
    """Saves what was stopped because it looks like a client's data, with the reason to keep it."""
    save(field, troubles()[field].mine, _bases()[field].version, reason or " ")


def use_mine(field: Field) -> None:
    trouble = troubles()[field]
    if trouble.theirs:
        save(field, trouble.mine, version(field, trouble.theirs))


def use_theirs(field: Field) -> None:
    trouble = troubles().pop(field)
    if trouble.theirs:
        adopt(field, stored(field, trouble.theirs))


def adopt(field: Field, value: Value) -> None:
    """The field shows `value` from the next run on, unless it holds something else by then than it does now."""
    base = _bases().get(field)
    _adopted()[field] = (value, shown(field, base.value if base else value))


def forget_others(drawn: set[Field]) -> None:
    """Fields that are no longer on the screen; what they held was settled at the start of this run."""
    for field in [field for field in _bases() if field not in drawn]:
        del _bases()[field]
        _adopted().pop(field, None)


def troubles() -> dict[Field, Trouble]:
    found: dict[Field, Trouble] = st.session_state.setdefault(TROUBLES, {})
    return found


def show_versions(part_id: str, rows: dict[Field, Row]) -> None:
    """Draws the hidden field, before any other; what it brings back is what this browser was last shown."""
    now = json.dumps({_name(field): _shown_version(field, row) for field, row in rows.items()})
    st.session_state[SHOWN_IN] = key = f"shown-{part_id}"
    if key in st.session_state:
        st.session_state[key] = now
    brought = st.text_input("Versions shown", value=initial(key, now, ""), key=key, label_visibility="collapsed")
    st.session_state[SEEN] = _versions_in(brought)


def _versions_in(text: str) -> dict[str, int]:
    """Whatever a browser sends is read with care."""
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    return {name: n for name, n in found.items() if isinstance(n, int)} if isinstance(found, dict) else {}


def initial(key: str, value: T, otherwise: T) -> T:
    """A value for a field that this session draws for the first time; later the field has one of its own."""
    return otherwise if key in st.session_state else value


def stored(field: Field, row: Row) -> Value:
    """As the inputs show it: the level of a ladder of counts is computed, and stands in none of them."""
    if field.part == "note":
        return row.note
    return replace(row.answer, level=None) if field.counts else row.answer


def choice(field: Field, value: Value) -> str | None:
    """The option of the levels that stands for an answer."""
    if isinstance(value, str) or value.state is State.UNRATED:
        return None
    return str(value.level) if value.state is State.LEVEL and not field.counts else value.state.value


def version(field: Field, row: Row) -> int:
    return row.answer_version if field.part == "answer" else row.note_version


def shown(field: Field, base: Value) -> Value | None:
    """What the inputs hold now; None while they are not on the screen or not complete."""
    if field.part == "note":
        text = st.session_state.get(field.key("note"))
        return text if isinstance(text, str) else None
    assert isinstance(base, Answer)
    match st.session_state.get(field.key("levels")):
        case State.NOT_APPLICABLE.value:
            return Answer(State.NOT_APPLICABLE, reason=_reason(field, base))
        case State.CANNOT_JUDGE.value:
            return Answer(State.CANNOT_JUDGE)
        case State.LEVEL.value if field.counts:
            return _counts(field)
        case str() as level if not field.counts and level.isdecimal():
            return Answer(State.LEVEL, int(level))
    return None


def _reason(field: Field, base: Answer) -> str:
    """Of a record none is stored: it is the checklist's own."""
    return "" if field.record else st.session_state.get(field.key("reason")) or base.reason or field.na


def _counts(field: Field) -> Answer | None:
    """Both numbers stand in one field, so that they are saved at once and never one without the other."""
    share, out_of = st.session_state.get(field.key("share")), st.session_state.get(field.key("out_of"))
    if not share or not share.strip():
        return None
    met, of = proportions.written(share) or (None, None)
    return Answer(State.LEVEL, None, met, of, out_of)


def share_of(answer: Answer) -> str:
    """As it is written in its field."""
    return "" if answer.of is None else f"{answer.met} of {answer.of}"


def _compare(field: Field, base: Base) -> bool:
    """Saves what differs, and says whether something did; what was refused waits for the person."""
    value, trouble = shown(field, base.value), troubles().get(field)
    if field in _adopted():
        _, held = _adopted()[field]
        if value == held:
            return False
        del _adopted()[field]
    if trouble and not trouble.theirs and value in (None, base.value) and _on_screen(field):
        del troubles()[field]  # what was refused is taken out again
    if value is None or value == base.value or (trouble and trouble.mine == value):
        return False
    save(field, value, base.version)
    return True


def row_of(found: Found, by: str = "") -> Row:
    """What a reader found in a record; the reader is named where it was stored just now."""
    return Row(found.answer, found.version, found.at, found.by or by)


def _write(field: Field, value: Value, expected: int, keep_because: str) -> Row:
    if field.record and isinstance(value, Answer):
        at = (field.assessment, field.record, field.indicator)
        person = st.session_state[house.PERSON]
        found: Found = house.write(rate_record, *at, value, expected, field.reader)
        return row_of(found, person)
    if isinstance(value, Answer):
        name, read, beside = field.indicator, _read_then(), {one.indicator for one in _bases()}
        now = house.write(rate_and_read, field.assessment, name, value, expected, keep_because, field.sheet, beside)
        read[:] = [now]
        return now.row(name)
    _read_then().clear()  # what was read before it knows nothing of the note
    return house.write(write_note, field.assessment, field.indicator, value, expected, keep_because, field.sheet)


def _read(field: Field) -> Row:
    if field.record:
        found = house.read(record_ratings, field.assessment, [field.record], field.reader)
        return row_of(found.get(field.record, {}).get(field.indicator, NOTHING))
    return house.read(sheet, field.assessment, (field.indicator,), field.sheet).row(field.indicator)


def _fill(field: Field, value: Value) -> None:
    if isinstance(value, str):
        st.session_state[field.key("note")] = value
        return
    st.session_state[field.key("levels")] = choice(field, value)
    if field.counts and value.of is not None:
        st.session_state[field.key("share")] = share_of(value)
        st.session_state[field.key("out_of")] = value.out_of
    if value.state is State.NOT_APPLICABLE and not field.record:
        st.session_state[field.key("reason")] = value.reason


def _on_screen(field: Field) -> bool:
    return field.key("note" if field.part == "note" else "levels") in st.session_state


def _shown_version(field: Field, row: Row) -> int:
    return _bases()[field].version if field in troubles() and field in _bases() else version(field, row)


def _name(field: Field) -> str:
    return f"{field.indicator}.{field.part}"


def _adopted() -> dict[Field, tuple[Value, Value | None]]:
    """What a field is to show, and what it held when that was said."""
    found: dict[Field, tuple[Value, Value | None]] = st.session_state.setdefault(ADOPTED, {})
    return found


def _read_then() -> list[OpenSheet]:
    found: list[OpenSheet] = st.session_state.setdefault(NEWEST, [])
    return found


def _bases() -> dict[Field, Base]:
    found: dict[Field, Base] = st.session_state.setdefault(BASES, {})
    return found
