"""One check: what it looked at, how that is, what was found, and what to do."""

from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "warning", "wrong"]


@dataclass(frozen=True)
class Check:
    """`remedy` is empty where all is well."""

    name: str
    state: State
    found: str
    remedy: str = ""


def check(name: str, well: bool, found: object, remedy: str, otherwise: State = "wrong") -> Check:
    return Check(name, "ok", str(found)) if well else Check(name, otherwise, str(found), remedy)
