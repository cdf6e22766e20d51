"""Keys and types: what the model says of a file's content, put into an author's words.

What does not fit is replaced by a stand-in, so that the linter can still look at the rest and everything is
reported at once.
"""

import copy
from collections.abc import Mapping
from datetime import date, time
from difflib import get_close_matches
from typing import Any, Literal, get_args, get_origin

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from standards import model
from standards.faults import Finding, Loc, ascii_number, shown
from standards.places import inside

TABLES: Mapping[str, type[model.Part]] = {
    "source": model.Source,
    "domain": model.Domain,
    "standard": model.Standard,
    "indicator": model.Indicator,
    "duty": model.Duty,
    "counts": model.Counts,
    "ladder": model.Ladder,
    "level": model.Level,
}
MOST = 1_000  # findings: each costs a search for what was meant
MANY = frozenset(TABLES) - {"duty", "counts"}

DUTY = (
    "A duty has a table of its own: "
    'duty = { when = ["block-grant"], cites = "the official text", verification = "unverified" }. '
    "The class then says what the indicator is where the duty does not bind."
)
CONDITIONS = 'Write "block-grant", "part-2", or "state:" with the two capital letters of a state, such as "state:WY".'
NAMED = {
    ("source", "citation"): "missing-citation",
    ("standard", "cites"): "missing-citation",
    ("duty", "cites"): "duty-without-citation",
    ("level", "words"): "level-without-words",
}
WANTED = {
    "string_type": "text in quotes",
    "int_type": "a whole number",
    "bool_type": "true or false, without quotes",
    "date_type": "a date such as 2026-11-21, without quotes",
    "dict_type": 'a table such as { 3 = "what level 3 means here" }',
    "model_type": "a table with keys of its own",
    "tuple_type": "a list in square brackets",
}


class Written(float):
    """A number with a decimal point, which keeps how it was written: 1.10 is not 1.1."""

    text: str

    @classmethod
    def read(cls, text: str) -> "Written":
        number = cls(text)
        number.text = text
        return number


def fitted(data: dict[str, Any], root: type[model.Part]) -> tuple[model.Part | None, list[Finding]]:
    """The content as a model, stand-ins included, and what did not fit; None where even stand-ins do not help."""
    found: list[Finding] = []
    data = copy.deepcopy(data)
    for _ in range(3):
        try:
            return root.model_validate(data, by_alias=True, by_name=False), found
        except ValidationError as wrong:
            errors = wrong.errors(include_url=False)
            for error in errors[:MOST]:
                loc = tuple(part for part in error["loc"] if part != "[key]")
                found.append(_finding(error, loc, root))
                _replace(data, loc, root)
            if len(errors) > MOST:
                break
    return None, found


def _table(loc: Loc, root: type[model.Part]) -> tuple[str, type[model.Part]]:
    """The name and the model of the table that the last key of `loc` stands in."""
    names = [part for part in loc[:-1] if isinstance(part, str) and part in TABLES]
    return (names[-1], TABLES[names[-1]]) if names else ("", root)


def keys(part: type[model.Part]) -> list[str]:
    """What an author may write in a table. Shared ladders are named, never written out."""
    return [field.alias or name for name, field in part.model_fields.items() if name != "shared"]


def _finding(error: ErrorDetails, loc: Loc, root: type[model.Part]) -> Finding:
    table, part = _table(loc, root)
    key = next((str(step) for step in reversed(loc) if isinstance(step, str)), "")
    value = error["input"]
    match error["type"]:
        case "extra_forbidden":
            return unknown_key(loc, keys(part))
        case "missing":
            return _missing(loc, table, key)
        case "literal_error" if "cue" in loc:
            remedy = "A cue stands for a level: 0, 1, 2, 3 or 4."
            return Finding("cue-without-level", loc, f'There is no level "{shown(loc[-1])}".', remedy)
        case "literal_error" | "string_pattern_mismatch":
            return _bad_choice(loc, key, value, error)
        case "greater_than_equal" | "less_than_equal":
            bounds = "1 to 3" if key == "weight" else "0 to 4"
            return Finding("out-of-range", loc, f"{shown(value)} is out of bounds.", f"Write a number from {bounds}.")
        case kind:
            return _wrong_type(loc, key, value, kind)


def unknown_key(loc: Loc, known: list[str]) -> Finding:
    key = str(loc[-1])
    return Finding("unknown-key", loc, f'No key is called "{shown(key)}" here.', meant(key, known))


def meant(word: str, known: list[str]) -> str:
    """The remedy for a word that is not known."""
    if len(word) <= 40 and (close := get_close_matches(word.casefold(), [k.casefold() for k in known[:200]], 1, 0.6)):
        return f'Did you mean "{next(k for k in known if k.casefold() == close[0])}"?'
    if not known:
        return "The file has none yet: add it first."
    return f"Known here: {', '.join(known[:15])}{', ...' if len(known) > 15 else ''}."


def _missing(loc: Loc, table: str, key: str) -> Finding:
    rule = NAMED.get((table, key), "missing-key")
    return Finding(rule, loc, f'The key "{key}" is missing.', f"Add {key} = {_example(key)} below the heading.")


def _example(key: str) -> str:
    return {"value": "3", "checked": "2026-11-21", "edition": '"1.0"'}.get(key, '"..."')


def _bad_choice(loc: Loc, key: str, value: object, error: ErrorDetails) -> Finding:
    reason = f"{_kind(value).capitalize()} is not one of the choices."
    if key == "class" and value == "duty":
        return Finding("bad-choice", loc, "A class is standard or critical; a duty is more than a class.", DUTY)
    if key == "when":
        return Finding("bad-choice", loc, reason, CONDITIONS)
    choices = error.get("ctx", {}).get("expected", "")
    return Finding("bad-choice", loc, reason, f"Choose {choices}.".replace("'", '"'))


def _wrong_type(loc: Loc, key: str, value: object, kind: str) -> Finding:
    if kind == "string_type" and isinstance(value, int | float) and not isinstance(value, bool):
        return _number_for_text(loc, key, value)
    wanted = WANTED.get(kind, "something else")
    if kind == "tuple_type" and key in MANY and isinstance(value, dict):
        reason = "The heading stands in single brackets."
        return Finding("wrong-type", loc, reason, f"Write [[{key}]] in double brackets: there may be many.")
    if kind == "tuple_type" and key in MANY:
        wanted = f"one table or more, each under its own heading [[{key}]] in double brackets"
    reason = f"This is {_kind(value)}, and {wanted} is needed."
    remedy = "Put it in quotes." if kind == "string_type" and not isinstance(value, dict | list) else f"Write {wanted}."
    return Finding("wrong-type", loc, reason, remedy)


def _number_for_text(loc: Loc, key: str, value: float) -> Finding:
    text = shown(value.text if isinstance(value, Written) else value)
    reason = f"{text} is written as a number, and text is needed: as a number 1.10 would be the same as 1.1."
    return Finding("number-for-text", loc, reason, f'Put it in quotes: {key} = "{text}".')


def _kind(value: object) -> str:
    if isinstance(value, bool):
        return f"the yes-or-no value {str(value).lower()}"
    if isinstance(value, int | float):
        return f"the number {shown(value.text if isinstance(value, Written) else value)}"
    if isinstance(value, str):
        return f'the text "{shown(value)}"'
    if isinstance(value, date | time):
        return f"the date or time {value}"
    return "a list" if isinstance(value, list) else "a table"


def _replace(data: Any, loc: Loc, root: type[model.Part]) -> None:
    """Take out what does not fit, or put a stand-in there where the model cannot do without."""
    end = next((at for at, part in enumerate(loc) if isinstance(part, str) and not _leads_on(loc, at)), len(loc) - 1)
    loc = loc[: end + 1]
    table: Any = data
    for part in loc[:-1]:
        table = inside(table, part)
    if not isinstance(table, dict):
        return
    key = str(loc[-1])
    value = table.pop(key, None)
    if key in MANY and isinstance(value, dict):
        table[key] = [value]  # a heading in single brackets
        return
    _, part_model = _table(loc, root)
    field = next((f for name, f in part_model.model_fields.items() if (f.alias or name) == key), None)
    if field is not None and field.is_required():
        table[key] = _stand_in(field.annotation, value)


def _leads_on(loc: Loc, at: int) -> bool:
    """Whether the key at `at` is a table, or many, that `loc` goes further into."""
    deeper = loc[at + 1 :]
    return loc[at] in TABLES and len([part for part in deeper if isinstance(part, str)]) > 0


def _stand_in(kind: Any, value: object) -> object:
    if get_origin(kind) is Literal:
        return get_args(kind)[0]
    if kind is date:
        return date.min
    if kind is int:
        return 0
    return value.text if isinstance(value, Written) else ascii_number(value) if isinstance(value, int) else "?"
