"""Whether a priority moved at the later cycles of its site, and held: what the ratings say, and no more."""

from collections.abc import Iterator, Sequence

from assessments.rules.effect import Effect, Outcome
from assessments.use_cases.effects import Looked, Proof, who_rated
from reports.paper import Run, Text, strong, text, typed

OUTCOMES: dict[Outcome, str] = {
    "held": "Moved and held",
    "lost": "Moved and did not hold",
    "moved": "Moved",
    "not moved": "Did not move up",
    "not yet known": "Not yet known",
}
LIMITS = (
    "This compares ratings. It shows whether the rated level moved, not what moved it: the plan, something else, or "
    "another way of rating."
)
NO_LATER = "No later assessment of this site with this checklist is submitted."
WHAT_THEN = "The next cycle will show whether the level moved, and the one after whether that held."


def told(proof: Proof, priority: str) -> Iterator[Text]:
    """Of one priority, by its id."""
    if len(proof.cycles) == 1:
        yield not_yet(proof)
        return
    for effect in proof.effects[priority]:
        yield outcome(proof, effect)
        yield from cautions(proof.cycles, effect)


def not_yet(proof: Proof) -> Text:
    """Without a later cycle."""
    return text(strong("Not yet known."), *(_begun(proof) or (f" {NO_LATER}",)), f" {WHAT_THEN}")


def outcome(proof: Proof, effect: Effect) -> Text:
    return text(strong(f"{OUTCOMES[effect.outcome]}."), f" {effect.words}", *_begun(proof))


def cautions(cycles: Sequence[Looked], effect: Effect) -> Iterator[Text]:
    """What keeps the levels from being compared without a second thought."""
    first = cycles[0]
    for looked in cycles[1:]:
        cycle = typed(looked.cycle)
        if effect.indicator in looked.gone:
            yield text(typed(effect.indicator), " is not in edition ", typed(looked.edition), " (", cycle, ").")
        elif looked.edition != first.edition:
            edition = typed(looked.edition)
            yield text(cycle, " was rated on edition ", edition, ", which may word levels otherwise.")
        if who_rated(first.raters, looked.raters) == "others":
            yield text("Others rated at ", cycle, " than at ", typed(first.cycle), ", so part of it may be the rater.")


def _begun(proof: Proof) -> tuple[Run | str, ...]:
    return (" ", typed(proof.waiting), " is begun and counts once it is submitted.") if proof.waiting else ()
