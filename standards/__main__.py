"""python -m standards check FILE... | list | rules: for those who write checklists."""

import sys
from pathlib import Path

from standards import catalogue
from standards.faults import RULES

USAGE = """usage: python -m standards check FILE...   say what is wrong with checklist files; exit status 1 on any error
       python -m standards list            the checklists that are shipped
       python -m standards rules           the rules, with their ids"""


def check(names: list[str]) -> int:
    """Exit status 1 where a file has an error; warnings alone leave it at 0."""
    found = [fault for name in names for fault in catalogue.faults(Path(name))]
    for fault in found:
        print(fault)
    errors = sum(fault.severity == "error" for fault in found)
    print(f"{_many(len(names), 'file')}: {_many(errors, 'error')}, {_many(len(found) - errors, 'warning')}")
    return 1 if errors else 0


def shipped() -> int:
    for (name, edition), checklist in sorted(catalogue.library().items()):
        indicators = _many(len(checklist.indicators), "indicator")
        print(f"{name} {edition}: {checklist.title} (subject: {checklist.subject}; {indicators})")
    return 0


def rules() -> int:
    for rule in RULES.values():
        print(f"{rule.id} ({rule.severity}): {rule.says}")
    return 0


def _many(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def main(arguments: list[str]) -> int:
    match arguments:
        case ["check", _, *_]:
            return check(arguments[1:])
        case ["list"]:
            return shipped()
        case ["rules"]:
            return rules()
    print(USAGE, file=sys.stderr)
    return 2


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # a text stream at the command line
    sys.exit(main(sys.argv[1:]))
