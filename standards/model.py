"""What good looks like, as data: ladders, and the checklists that are rated on them.

The model settles keys and types and nothing else; whether the content makes sense is the linter's business, so
that an author is told of everything at once.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Subject = Literal["site", "staff", "record", "collaborative"]
Verification = Literal["seed", "verified", "partial", "secondary", "unverified"]
Class = Literal["standard", "critical", "duty"]
EvidenceKind = Literal[
    "document",
    "agreement",
    "log",
    "record",
    "observation",
    "staff-interview",
    "client-voice",
    "supervision-note",
    "training-file",
    "skill-test",
    "knowledge-check",
]
LevelKey = Literal["0", "1", "2", "3", "4"]
Condition = Annotated[str, Field(pattern=r"^(block-grant|part-2|state:[A-Z]{2})$")]
Many = Field(default=(), strict=False)


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, populate_by_name=True)


class Level(Part):
    """One step of a ladder. On a ladder of counts it holds from `at_least` per cent up to, not including, `below`."""

    value: Annotated[int, Field(ge=0, le=4)]
    name: str
    words: str
    at_least: int | None = None
    below: int | None = None


class Ladder(Part):
    """A 0 to 4 scale in which every point is put in words; `counts` means the level is computed from k of n."""

    id: str
    title: str
    kind: Literal["judged", "counts"] = "judged"
    levels: Annotated[tuple[Level, ...], Field(alias="level", default=(), strict=False)]

    def level(self, value: int) -> Level:
        return next(level for level in self.levels if level.value == value)

    @property
    def values(self) -> tuple[int, ...]:
        return tuple(level.value for level in self.levels)


class LadderSet(Part):
    """A file of ladders shared by many checklists."""

    id: str
    edition: str
    title: str
    ladders: Annotated[tuple[Ladder, ...], Field(alias="ladder", default=(), strict=False)]


class Source(Part):
    """A document that standards come from, how far it was verified, and when someone last looked."""

    id: str
    citation: str
    verification: Verification
    checked: date


class Domain(Part):
    id: str
    title: str
    about: str = ""


class Standard(Part):
    """One statement of the guidance. `verification` is given only where it differs from its source's."""

    id: str
    domain: str
    source: str
    cites: str
    text: str
    verification: Verification | None = None


class Duty(Part):
    """The official text that makes an indicator a duty, and the conditions, all of them, under which it binds."""

    when: Annotated[tuple[Condition, ...], Many]
    cites: str
    verification: Verification


class Counts(Part):
    """What is counted for a computed level: n `of` these, of which k are `met`."""

    of: str
    met: str


class Indicator(Part):
    """One single-barrelled, ratable part of a standard.

    `class` is what it is where no duty binds ("standard" or "critical"); `na` is the condition under which it may
    be called not applicable, empty where it may not; `scored` is false for measures of context, which stand outside
    every mean and gap list; `cue` says what a level means here, `about` what counts here at any level.
    """

    id: str
    standard: str
    text: str
    ladder: str
    class_: Annotated[Literal["standard", "critical"], Field(alias="class")] = "standard"
    duty: Duty | None = None
    evidence: Annotated[tuple[EvidenceKind, ...], Many]
    about: str = ""
    cue: dict[LevelKey, str] = Field(default_factory=dict)
    na: str = ""
    counts: Counts | None = None
    weight: Annotated[int, Field(ge=1, le=3)] = 1
    scored: bool = True


class Checklist(Part):
    """One published edition. `shared` holds the ladder file that it names, `own` the ladders written in it.

    Rated per staff member or record, a checklist rolls up to the site on the ladder of counts named in `rolls_up`.
    """

    id: str
    edition: str
    title: str
    subject: Subject
    about: str = ""
    form: Literal["full", "short"] = "full"
    pack: bool = False
    one_record: str = ""
    rolls_up: str = ""
    ladders: str = ""
    shared: LadderSet | None = None
    own: Annotated[tuple[Ladder, ...], Field(alias="ladder", default=(), strict=False)]
    sources: Annotated[tuple[Source, ...], Field(alias="source", default=(), strict=False)]
    domains: Annotated[tuple[Domain, ...], Field(alias="domain", default=(), strict=False)]
    standards: Annotated[tuple[Standard, ...], Field(alias="standard", default=(), strict=False)]
    indicators: Annotated[tuple[Indicator, ...], Field(alias="indicator", default=(), strict=False)]

    @property
    def key(self) -> tuple[str, str]:
        return self.id, self.edition

    @cached_property
    def hash(self) -> str:
        """SHA-256 over everything in the edition, its ladders included, whatever the layout of the file."""
        content = self.model_dump(mode="json", by_alias=True)
        return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    @cached_property
    def ladder_of(self) -> Mapping[str, Ladder]:
        """Indicator id -> its ladder."""
        ladders = {ladder.id: ladder for ladder in (*(self.shared.ladders if self.shared else ()), *self.own)}
        return {indicator.id: ladders[indicator.ladder] for indicator in self.indicators}

    @cached_property
    def indicator(self) -> Mapping[str, Indicator]:
        return {indicator.id: indicator for indicator in self.indicators}

    @cached_property
    def standard(self) -> Mapping[str, Standard]:
        return {standard.id: standard for standard in self.standards}

    @cached_property
    def source(self) -> Mapping[str, Source]:
        return {source.id: source for source in self.sources}

    @cached_property
    def by_domain(self) -> Mapping[str, tuple[Indicator, ...]]:
        """Domain id -> its indicators, in the order of the file."""
        return {
            domain.id: tuple(i for i in self.indicators if self.standard[i.standard].domain == domain.id)
            for domain in self.domains
        }

    def verification(self, standard: Standard) -> Verification:
        return standard.verification or self.source[standard.source].verification
