"""The rules on ladders, and on how a checklist uses them."""

from collections.abc import Iterable, Iterator

from standards import ids
from standards.faults import Finding, Loc, shown
from standards.model import Checklist, Indicator, Ladder, Level

FULL, YES_NO = {0, 1, 2, 3, 4}, {0, 4}


def levels(ladders: Iterable[Ladder]) -> Iterator[Finding]:
    for at, ladder in enumerate(ladders):
        yield from _values(ladder, at)
        outside = [*_outside(ladder, at)]
        yield from outside
        if not outside:
            yield from _cuts(ladder, at) if ladder.kind == "counts" else _no_cuts(ladder, at)


def _values(ladder: Ladder, at: int) -> Iterator[Finding]:
    values: set[int] = set()
    for step, value in enumerate(ladder.values):
        if value in values:
            loc = ("ladder", at, "level", step, "value")
            yield Finding("doubled-level", loc, f"Level {value} stands twice.", "Keep one of the two.")
        values.add(value)
    if values not in (FULL, YES_NO):
        gone = ", ".join(str(value) for value in sorted(FULL - values))
        remedy = "Write a [[ladder.level]] for each of 0, 1, 2, 3 and 4, or for 0 and 4 alone."
        yield Finding("missing-level", ("ladder", at), f"These levels are missing: {gone}.", remedy)


def _outside(ladder: Ladder, at: int) -> Iterator[Finding]:
    for step, level in enumerate(ladder.levels):
        for key, cut in (("at_least", level.at_least), ("below", level.below)):
            if cut is not None and not 0 <= cut <= 101:
                remedy = "Write a whole number from 0 to 100, and 101 as the end of the highest level."
                loc = ("ladder", at, "level", step, key)
                yield Finding("out-of-range", loc, f"{shown(cut)} is no share in per cent.", remedy)


def _no_cuts(ladder: Ladder, at: int) -> Iterator[Finding]:
    for step, level in enumerate(ladder.levels):
        if level.at_least is not None or level.below is not None:
            remedy = 'Take the cut points out, or write kind = "counts".'
            yield Finding("cuts-unused", ("ladder", at, "level", step), "A judged level has no cut points.", remedy)


def _cuts(ladder: Ladder, at: int) -> Iterator[Finding]:
    """A level without `below` runs on to where the next begins; the highest, to 100 per cent and included."""
    reached: int | None = 0
    step = -1
    for step, level in sorted(enumerate(ladder.levels), key=lambda one: one[1].value):
        yield from _begins(level, reached, ("ladder", at, "level", step, "at_least"))
        reached = level.below
    if step >= 0 and reached is not None and reached <= 100:
        yield _gap(("ladder", at, "level", step, "below"), reached, 101, "Take the key below out of this level.")


def _begins(level: Level, reached: int | None, loc: Loc) -> Iterator[Finding]:
    start = level.at_least
    if start is None:
        remedy = f"Write at_least = {reached or 0}."
        yield Finding("cuts-gap", loc, f"Level {level.value} does not say from how many per cent it holds.", remedy)
        return
    if reached is not None and start > reached:
        yield _gap(loc, reached, start, f"Let this level begin at {reached}.")
    if reached is not None and start < reached:
        reason = f"Shares from {start} to below {reached} per cent belong to two levels."
        yield Finding("cuts-overlap", loc, reason, f"Let this level begin at {reached}.")
    if level.below is not None and level.below <= start:
        reason = f"The level begins at {start} and ends below {level.below} per cent."
        yield Finding("cuts-overlap", loc, reason, "Let it end above where it begins.")


def _gap(loc: Loc, end: int, start: int, remedy: str) -> Finding:
    until = "to 100" if start > 100 else f"to below {start}"
    return Finding("cuts-gap", loc, f"Shares from {end} {until} per cent belong to no level.", remedy)


def use(checklist: Checklist) -> Iterator[Finding]:
    if checklist.ladders and not checklist.shared:
        return  # the ladder file is unknown, which is said once
    ladders = _all(checklist)
    there = ids.known(ladders)
    if not there:
        remedy = 'Name the shipped ones at the top of the file: ladders = "ladders-1.0".'
        yield Finding("unknown-ladder", ("ladders",), "No ladders are named and none are written here.", remedy)
        return
    for at, indicator in enumerate(checklist.indicators):
        yield from ids.reference(indicator.ladder, there, ("indicator", at, "ladder"), "unknown-ladder")
        if ladder := ladders.get(indicator.ladder):
            yield from _counts(indicator, ladder, at)
            yield from _cues(indicator, ladder, at)


def _all(checklist: Checklist) -> dict[str, Ladder]:
    shared = checklist.shared.ladders if checklist.shared else ()
    return {ladder.id: ladder for ladder in (*shared, *checklist.own)}


def _counts(indicator: Indicator, ladder: Ladder, at: int) -> Iterator[Finding]:
    loc = ("indicator", at, "counts")
    if ladder.kind == "counts" and not indicator.counts:
        remedy = 'Add counts = { of = "what is looked at", met = "when it counts" }.'
        yield Finding("counts-missing", loc, f'The ladder "{ladder.id}" is computed from counts.', remedy)
    if ladder.kind == "judged" and indicator.counts:
        remedy = "Take the counts out, or name a ladder of counts."
        yield Finding("counts-unused", loc, f'The ladder "{ladder.id}" is judged, not counted.', remedy)


def _cues(indicator: Indicator, ladder: Ladder, at: int) -> Iterator[Finding]:
    for key in indicator.cue:
        if int(key) not in ladder.values:
            remedy = f"Its levels are {', '.join(str(value) for value in sorted(set(ladder.values)))}."
            reason = f'The ladder "{ladder.id}" has no level {key}.'
            yield Finding("cue-without-level", ("indicator", at, "cue", key), reason, remedy)


def rolls_up(checklist: Checklist) -> Iterator[Finding]:
    loc, ladders = ("rolls_up",), _all(checklist)
    if checklist.subject not in ("staff", "record"):
        if checklist.rolls_up:
            reason = f"A checklist rated on a {checklist.subject} does not roll up."
            yield Finding("rolls-up-unused", loc, reason, "Take the key out.")
    elif not checklist.rolls_up:
        remedy = 'Name a ladder of counts at the top: rolls_up = "share".'
        yield Finding("rolls-up-missing", loc, "Nothing says how the ratings add up for the site.", remedy)
    elif checklist.shared or not checklist.ladders:
        yield from ids.reference(checklist.rolls_up, ids.known(ladders), loc, "unknown-ladder")
        if checklist.rolls_up in ladders and ladders[checklist.rolls_up].kind != "counts":
            reason = f'The ladder "{checklist.rolls_up}" is not one of counts.'
            yield Finding("rolls-up-missing", loc, reason, "Name a ladder of counts.")
