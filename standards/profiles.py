"""The usual roles of an agency, and the level at which each needs a competency: a start, and a convention of ours."""

import tomllib
from functools import cache, cached_property
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from standards.model import Part

PROFILES = Path(__file__).parent / "profiles"
Needed = Literal["1", "2", "3", "4"]
Named = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Indicators = Annotated[tuple[str, ...], Field(strict=False, min_length=1)]


class Profile(Part):
    """`at` names the indicators that a role needs, by level; what stands nowhere it does not need."""

    name: Named
    why: Named
    at: Annotated[dict[Needed, Indicators], Field(min_length=1)]

    @cached_property
    def needs(self) -> dict[str, int]:
        """Indicator id -> level."""
        return {name: int(level) for level, names in self.at.items() for name in names}

    @model_validator(mode="after")
    def named_once(self) -> "Profile":
        if len(self.needs) != sum(map(len, self.at.values())):
            raise ValueError(f"{self.name}: an indicator stands twice")
        return self


class Profiles(Part):
    """Those for one edition of a checklist, by its id and edition."""

    checklist: str
    edition: str
    about: Named
    profiles: Annotated[tuple[Profile, ...], Field(alias="profile", strict=False, min_length=1)]

    @property
    def key(self) -> tuple[str, str]:
        return self.checklist, self.edition


@cache
def shipped() -> dict[tuple[str, str], Profiles]:
    """By the id and edition of the checklist. Not every checklist has some."""
    found = [read(path) for path in sorted(PROFILES.glob("*.toml"))]
    return {profiles.key: profiles for profiles in found}


def read(path: Path) -> Profiles:
    """ValueError where the file is not TOML or does not have this shape."""
    return Profiles.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
