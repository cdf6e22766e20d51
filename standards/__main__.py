"""python -m standards check FILE... | sheet FILE [OUT] | list | rules: for those who write checklists."""

import sys
from pathlib import Path

from standards import catalogue, from_sheet, sheet
from standards.faults import RULES, BadChecklist, Fault
from standards.model import Checklist

USAGE = """usage: python -m standards check FILE...   say what is wrong with checklist files; exit status 1 on any error
       python -m standards sheet FILE [OUT]   a checklist as a workbook to edit, or such a workbook as a checklist file;
                                           FILE may be a shipped one: perinatal-program, or perinatal-program-1.0
       python -m standards list            the checklists that are shipped
       python -m standards rules           the rules, with their ids"""


def check(names: list[str]) -> int:
    """Exit status 1 where a file has an error; warnings alone leave it at 0."""
    found = [fault for name in names for fault in _faults(Path(name))]
    for fault in found:
        print(fault)
    errors = sum(fault.severity == "error" for fault in found)
    print(f"{_many(len(names), 'file')}: {_many(errors, 'error')}, {_many(len(found) - errors, 'warning')}")
    return 1 if errors else 0


def _faults(path: Path) -> list[Fault]:
    if from_sheet.is_workbook(path.name) and path.is_file():
        return from_sheet.examined(path.read_bytes(), str(path))[1]
    return catalogue.faults(path)


def convert(name: str, out: str) -> int:
    """Between the file and the sheet form. What is there already is never written over."""
    path = Path(name)
    try:
        to_toml = from_sheet.is_workbook(name) and path.is_file()
        content = from_sheet.as_toml(path.read_bytes(), name) if to_toml else sheet.written(_named(name))
        target = Path(out or f"{path.stem if path.is_file() else name}{'.toml' if to_toml else '.xlsx'}")
        with target.open("xb") as file:
            file.write(content)
    except BadChecklist as bad:
        sys.stderr.write(f"{bad}\n")
        return 1
    except OSError as wrong:
        there = isinstance(wrong, FileExistsError)
        said = "It is there already; name another file to write." if there else f"{wrong.strerror}."
        sys.stderr.write(f"{wrong.filename}: {said}\n")
        return 1
    print(f"Written: {target}")
    return 0


def _named(name: str) -> Checklist:
    """A file, or a shipped checklist by its id (its newest edition) or its id and edition."""
    shipped = [one for one in catalogue.library().values() if name in (one.id, f"{one.id}-{one.edition}")]
    return shipped[-1] if shipped and not Path(name).exists() else catalogue.read(Path(name))


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
        case ["sheet", name]:
            return convert(name, "")
        case ["sheet", name, out]:
            return convert(name, out)
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
