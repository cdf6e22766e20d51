"""Invented programs to rate before the first real use, with reference ratings."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints

from standards.model import Part

CALIBRATION = Path(__file__).parent / "calibration"


class Reference(Part):
    """The level that the words of the ladder give, and in one line why."""

    indicator: str
    level: Annotated[int, Field(ge=0, le=4)]
    why: str


class Vignette(Part):
    """One invented program, described in a paragraph."""

    id: str
    title: str
    text: Annotated[str, StringConstraints(strip_whitespace=True)]
    references: Annotated[tuple[Reference, ...], Field(alias="reference", strict=False, min_length=1)]


class Vignettes(Part):
    """Those to rate on one edition of a checklist, by its id and edition."""

    checklist: str
    edition: str
    about: str
    vignettes: Annotated[tuple[Vignette, ...], Field(alias="vignette", strict=False, min_length=1)]

    @property
    def key(self) -> tuple[str, str]:
        return self.checklist, self.edition

    @property
    def references(self) -> dict[tuple[str, str], int]:
        """Vignette id and indicator id -> the reference level."""
        return {(vignette.id, one.indicator): one.level for vignette in self.vignettes for one in vignette.references}


@cache
def shipped() -> dict[tuple[str, str], Vignettes]:
    """By the id and edition of the checklist. Not every checklist has some."""
    found = [read(path) for path in sorted(CALIBRATION.glob("*.toml"))]
    return {vignettes.key: vignettes for vignettes in found}


def read(path: Path) -> Vignettes:
    """ValueError where the file is not TOML or does not have this shape."""
    return Vignettes.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
