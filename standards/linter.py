"""What the content of a checklist must hold true, beyond keys and types: a generator for each group of rules."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator

from standards import ids, ladder_rules
from standards.faults import Finding, Loc, shown
from standards.model import Checklist, Domain, Indicator, Ladder, LadderSet, Source, Standard

LONGEST_TEXT = 5_000
OPTIONAL = frozenset({"about", "na", "one_record", "rolls_up", "ladders", "verification"})
SEVERAL = ("source", "domain", "standard", "indicator", "ladder")

JOINED = re.compile(r"\b(?:and|or|as well as)\b|&", re.IGNORECASE)
ONE_THING = re.compile(
    r"\([^)]*\)|\"[^\"]*\"|\bbetween [^,.;]+? and \w+|\bnothing \w+ or \w+|"
    r"\b(?:before and after|drug and alcohol|alcohol and (?:other )?drugs?|health and safety|more or less|"
    r"early care and education|infant and early childhood|family and community voice|"
    r"race (?:and|or) ethnicity|whether or not|one or more|two or more|over and above|"
    r"pregnant and postpartum|pregnant or postpartum|again and again)\b",
    re.IGNORECASE,
)


def lint(content: Checklist | LadderSet) -> Iterator[Finding]:
    yield from _texts(content)
    yield from ladder_rules.levels(content.ladders if isinstance(content, LadderSet) else content.own)
    yield from _ids(content)
    if isinstance(content, Checklist):
        for rules in CHECKLIST_RULES:
            yield from rules(content)


def _ids(content: Checklist | LadderSet) -> Iterator[Finding]:
    yield from ids.fit(content.id, ("id",))
    yield from ids.fit(content.edition, ("edition",))
    shared = content.shared.ladders if isinstance(content, Checklist) and content.shared else ()
    for table in SEVERAL:
        seen = {ids.folded(ladder.id): "the shared ladder file" for ladder in shared} if table == "ladder" else {}
        for at, written in enumerate(_ids_of(content, table)):
            loc = (table, at, "id")
            yield from ids.fit(written, loc)
            if first := seen.get(ids.folded(written)):
                remedy = f"Give one of the two {table}s another id."
                yield Finding("duplicate-id", loc, f'"{shown(written)}" is already in {first}.', remedy)
            seen.setdefault(ids.folded(written), f"this file, as {table} number {at + 1}")


def _ids_of(content: Checklist | LadderSet, table: str) -> list[str]:
    if isinstance(content, LadderSet):
        return [ladder.id for ladder in content.ladders] if table == "ladder" else []
    several: dict[str, tuple[Source | Domain | Standard | Indicator | Ladder, ...]] = {
        "source": content.sources,
        "domain": content.domains,
        "standard": content.standards,
        "indicator": content.indicators,
        "ladder": content.own,
    }
    return [one.id for one in several[table]]


def _references(checklist: Checklist) -> Iterator[Finding]:
    there = {table: ids.known(_ids_of(checklist, table)) for table in SEVERAL}
    for at, standard in enumerate(checklist.standards):
        yield from ids.reference(standard.domain, there["domain"], ("standard", at, "domain"))
        yield from ids.reference(standard.source, there["source"], ("standard", at, "source"))
    for at, indicator in enumerate(checklist.indicators):
        yield from ids.reference(indicator.standard, there["standard"], ("indicator", at, "standard"))


def _strings(value: object, loc: Loc = ()) -> Iterator[tuple[Loc, str]]:
    if isinstance(value, str):
        yield loc, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _strings(inner, (*loc, key))
    elif isinstance(value, list | tuple):
        for at, inner in enumerate(value):
            yield from _strings(inner, (*loc, at))


def _texts(content: Checklist | LadderSet) -> Iterator[Finding]:
    for loc, text in _strings(content.model_dump(by_alias=True, exclude={"shared"})):
        if any(_disturbs(char) for char in text):
            remedy = "Type the text again instead of pasting it."
            yield Finding("control-character", loc, f'There are invisible characters in "{shown(text)}".', remedy)
        if len(text) > LONGEST_TEXT:
            yield Finding("too-long", loc, f"A text of {len(text)} characters is too long.", "Say it in fewer words.")
        if not text.strip() and (text or loc[-1] not in OPTIONAL):
            yield _blank(loc)


def _disturbs(char: str) -> bool:
    """Control characters other than tab and line break, halves of a character, and marks that turn text round."""
    control = unicodedata.category(char) in ("Cc", "Cs") and char not in "\t\n\r"
    return control or char in "\u200b\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def _blank(loc: Loc) -> Finding:
    match loc:
        case ("source", int(), "citation") | ("standard", int(), "cites"):
            return Finding("missing-citation", loc, "There is no citation.", "Say where in which document it stands.")
        case (*_, "duty", "cites"):
            remedy = "Cite the law or rule that makes it a duty."
            return Finding("duty-without-citation", loc, "There is no citation.", remedy)
        case (*_, "level", int(), "words"):
            remedy = "Say what someone sees at this level."
            return Finding("level-without-words", loc, "The level is not put in words.", remedy)
    return Finding("empty-text", loc, "The text is blank.", "Write it, or take the key out where it can be left out.")


def double_barrelled(text: str) -> str:
    """The word that joins two things in one indicator, or nothing."""
    joined = JOINED.search(ONE_THING.sub(" ", text))
    return joined[0] if joined else ""


def _indicators(checklist: Checklist) -> Iterator[Finding]:
    for at, indicator in enumerate(checklist.indicators):
        if joining := double_barrelled(indicator.text):
            reason = f'"{joining}" may join two things, and one may be true without the other.'
            remedy = "Make two indicators of it, or leave it if it is one thing."
            yield Finding("double-barrelled", ("indicator", at, "text"), reason, remedy)
        if not indicator.evidence:
            remedy = 'Add evidence = ["document"], or whichever kinds fit.'
            yield Finding("no-evidence", ("indicator", at, "evidence"), "No evidence to look at is named.", remedy)


def _unreached(checklist: Checklist) -> Iterator[Finding]:
    reached = {ids.folded(indicator.standard) for indicator in checklist.indicators}
    rated: dict[str, int] = defaultdict(int)
    for at, standard in enumerate(checklist.standards):
        rated[ids.folded(standard.domain)] += ids.folded(standard.id) in reached
        if ids.folded(standard.id) not in reached:
            remedy = f'Add an [[indicator]] with standard = "{shown(standard.id)}".'
            yield Finding("standard-without-indicators", ("standard", at, "id"), "No indicator reaches it.", remedy)
    for at, domain in enumerate(checklist.domains):
        if not rated[ids.folded(domain.id)]:
            remedy = "Add a standard and an indicator for it, or take the domain out."
            yield Finding("domain-without-indicators", ("domain", at, "id"), "There is nothing to rate in it.", remedy)


def _unused_sources(checklist: Checklist) -> Iterator[Finding]:
    named = {ids.folded(standard.source) for standard in checklist.standards}
    for at, source in enumerate(checklist.sources):
        if ids.folded(source.id) not in named:
            yield Finding("unused-source", ("source", at, "id"), "No standard names it.", "Name it, or take it out.")


def _empty(checklist: Checklist) -> Iterator[Finding]:
    for table in ("source", "domain", "standard", "indicator"):
        if not _ids_of(checklist, table):
            remedy = f"Add at least one table under the heading [[{table}]]."
            yield Finding("missing-key", (table,), f"There is no {table} in the file.", remedy)


CHECKLIST_RULES: tuple[Callable[[Checklist], Iterator[Finding]], ...] = (
    _empty,
    _references,
    _indicators,
    _unreached,
    _unused_sources,
    ladder_rules.use,
    ladder_rules.rolls_up,
)
