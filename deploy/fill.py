"""python deploy/fill.py TEMPLATE SETTINGS > FILE     a template with this host's settings filled in.

A name that the settings lack, or that they hold for nothing, ends it with a sentence and without output.
"""

import sys
import tomllib
from pathlib import Path

from jinja2 import Environment, StrictUndefined, UndefinedError, meta


class NotFilled(Exception):
    """The message is for the person at the command line."""


def filled(template: Path, settings: Path) -> str:
    environment = Environment(
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        trim_blocks=True,
        autoescape=False,  # noqa: S701  what is filled is no page
    )
    told, text = tomllib.loads(settings.read_text(encoding="utf-8")), template.read_text(encoding="utf-8")
    for name in told.keys() - meta.find_undeclared_variables(environment.parse(text)):
        raise NotFilled(f"{settings} says what {name} is, and {template} has no place for it.")
    try:
        return environment.from_string(text).render(told)
    except UndefinedError as error:
        raise NotFilled(f"{settings} does not say everything that {template} needs: {error.message}.") from None


def main(arguments: list[str]) -> int:
    if len(arguments) != 2:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    try:
        sys.stdout.write(filled(Path(arguments[0]), Path(arguments[1])))
    except (NotFilled, OSError, tomllib.TOMLDecodeError) as wrong:
        sys.stderr.write(f"Nothing was filled in: {wrong}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
