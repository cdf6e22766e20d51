"""A checklist as the text of its file: read back, it is the same checklist."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from standards.model import Checklist

SEVERAL = ("source", "domain", "standard", "indicator", "ladder")


def written(checklist: Checklist) -> str:
    """Headings in the order of a shipped file; what has its usual value is left out."""
    content = checklist.model_dump(by_alias=True, exclude={"shared"}, exclude_defaults=True)
    lines = [*_keys({key: value for key, value in content.items() if key not in SEVERAL})]
    for table in SEVERAL:
        for one in content.get(table, ()):
            steps = one.pop("level", ())
            lines += ["", f"[[{table}]]", *_keys(one)]
            for step in steps:
                lines += ["", f"[[{table}.level]]", *_keys(step)]
    return "\n".join((*lines, ""))


def _keys(table: dict[str, Any]) -> Iterator[str]:
    return (f"{key} = {_value(value)}" for key, value in table.items())


def _value(value: Any) -> str:
    match value:
        case bool():
            return str(value).lower()
        case int() | date():
            return str(value)
        case str():
            return quoted(value)
        case dict():
            return f"{{ {', '.join(_keys(value))} }}"
    return f"[{', '.join(_value(one) for one in value)}]"


def quoted(text: str) -> str:
    """JSON's escapes are TOML's, but for DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
