"""Where a subject falls short, most pressing first, each with the reason for its place."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from assessments.rules.ratings import Ratings, State
from assessments.rules.rolled_up import From, counted_from
from assessments.rules.scoring import NO_TARGETS, Standing, Status, standings
from standards.model import Checklist, Class

Kind = Literal[
    "failing duty",
    "unknown duty",
    "failing critical",
    "unknown critical",
    "below target",
    "single cases",
    "unrated",
    "too few",
]
Scope = Literal["limited", "pattern", "widespread"]

PLACE: dict[Kind, int] = {
    "failing duty": 0,
    "unknown duty": 1,
    "failing critical": 2,
    "unknown critical": 3,
    "below target": 4,
    "single cases": 4,
    "unrated": 5,
    "too few": 5,
}
CLASSES: tuple[Class, ...] = ("duty", "critical", "standard")
SCOPES: tuple[Scope | None, ...] = ("widespread", "pattern", "limited", None)
NUMBERS = ("No levels", "One level", "Two levels", "Three levels", "Four levels")
CASES: Mapping[From | None, str] = {"staff": "staff", "record": "records", None: "cases"}
UNJUDGED: Mapping[From | None, str] = {
    "staff": "no share of staff can be shown",
    "record": "too few of the records drawn are read, or could be judged for it",
    None: "it could not be judged",
}
NOT_SET: Mapping[str, int] = {}
NOT_SAID: Mapping[str, Scope] = {}


@dataclass(frozen=True)
class Gap:
    """`indicator`, `domain` and `standard` are ids.

    `gap` is in levels, and None while the level is unknown; 0 where a duty or a critical item has reached its target
    and still has unmet cases. `unmet` counts those, on ladders of counts, and gives the `scope`; elsewhere that is the
    team's own, as `harm` and `effort` are.
    """

    indicator: str
    domain: str
    standard: str
    class_: Class
    kind: Kind
    status: Status | None
    state: State
    level: int | None
    target: int
    gap: int | None
    unmet: int | None
    scope: Scope | None
    unsupported: bool
    harm: int | None
    effort: int | None
    reason: str

    @property
    def counted(self) -> bool:
        return self.unmet is not None


def gaps(
    checklist: Checklist,
    ratings: Ratings,
    conditions: frozenset[str],
    targets: Mapping[str, int] = NO_TARGETS,
    *,
    harm: Mapping[str, int] = NOT_SET,
    effort: Mapping[str, int] = NOT_SET,
    scope: Mapping[str, Scope] = NOT_SAID,
) -> tuple[Gap, ...]:
    """Failing and unknown duties, then critical items, then what is below target, then what nobody has rated.

    Within those: by class, greater harm, wider scope, larger gap, less effort, order of the checklist. A harm, a scope
    or an effort that is not set sorts last; without a harm a gap is in no cell of the grid, and its size goes before
    its scope.
    """
    found = [
        _gap(domain, row, kind, harm.get(name), effort.get(name), scope.get(name))
        for domain, rows in standings(checklist, ratings, conditions, targets).items()
        for row in rows
        if (kind := _kind(row)) and (name := row.indicator.id)
    ]
    order = {indicator.id: place for place, indicator in enumerate(checklist.indicators)}
    return tuple(sorted(found, key=lambda gap: (*_urgency(gap), order[gap.indicator])))


def scope_of(met: int, of: int) -> Scope | None:
    """Convention: under 30 per cent unmet is limited, from 70 per cent on widespread."""
    unmet = of - met
    if not unmet:
        return None
    return "widespread" if unmet * 10 >= 7 * of else "pattern" if unmet * 10 >= 3 * of else "limited"


def _kind(row: Standing) -> Kind | None:
    """None: it does not apply, or it is where it should be."""
    if row.rated.state is State.NOT_APPLICABLE:
        return None
    if row.class_ != "standard" and row.status == "not met":
        return "failing duty" if row.class_ == "duty" else "failing critical"
    if row.class_ != "standard" and row.status == "unknown":
        return "unknown duty" if row.class_ == "duty" else "unknown critical"
    if row.rated.level is None:
        hidden = counted_from(row.indicator) == "staff" and row.rated.state is State.CANNOT_JUDGE
        return "too few" if hidden else "unrated"
    if row.rated.level < row.target:
        return "below target"
    return "single cases" if row.class_ == "critical" and _unmet(row) else None


def _gap(domain: str, row: Standing, kind: Kind, harm: int | None, effort: int | None, said: Scope | None) -> Gap:
    rated = row.rated
    return Gap(
        indicator=row.indicator.id,
        domain=domain,
        standard=row.indicator.standard,
        class_=row.class_,
        kind=kind,
        status=row.status,
        state=rated.state,
        level=rated.level,
        target=row.target,
        gap=None if rated.level is None else max(0, row.target - rated.level),
        unmet=_unmet(row),
        scope=said if rated.met is None or rated.of is None else scope_of(rated.met, rated.of),
        unsupported=row.unsupported,
        harm=harm,
        effort=effort,
        reason=_reason(row, kind),
    )


def _unmet(row: Standing) -> int | None:
    return None if row.rated.met is None or row.rated.of is None else row.rated.of - row.rated.met


def _urgency(gap: Gap) -> tuple[int, ...]:
    """Smaller comes first."""
    return (
        PLACE[gap.kind],
        CLASSES.index(gap.class_),
        1 if gap.harm is None else -gap.harm,
        0 if gap.harm is None else SCOPES.index(gap.scope),
        -(gap.gap or 0),
        SCOPES.index(gap.scope),
        0 if gap.effort is not None else 1,
        gap.effort or 0,
    )


def _reason(row: Standing, kind: Kind) -> str:
    duty = row.indicator.duty if row.class_ == "duty" else None
    weight = f"it is required by {duty.cites}" if duty else "it is critical for safety or rights"
    match kind:
        case "failing duty":
            return f"Duty not met: {weight} and {_shortfall(row, 'in every case')}."
        case "failing critical":
            return f"Not met: {weight} and {_shortfall(row, 'at level 4')}."
        case "unknown duty" | "unknown critical":
            return f"Evidence needed: {weight} and {_open(row)}."
        case "single cases":
            return f"Critical and at its target, yet {_cases(row)}."
        case "below target":
            return f"{NUMBERS[row.target - (row.rated.level or 0)]} below its target of {row.target}."
        case "unrated" | "too few":
            return f"{_open(row).capitalize()}."


def _shortfall(row: Standing, met_when: str) -> str:
    if row.ladder.kind == "judged" or row.rated.of is None:
        return f"the level is {row.rated.level} where {3 if row.ladder.kind == 'judged' else 4} meets it"
    return f"{_cases(row)}; it is met {met_when}"


def _cases(row: Standing) -> str:
    counted = counted_from(row.indicator)
    if counted == "staff":
        # Who is not rated is among them: not known to be at the target is all that can be said of everybody.
        return f"{_unmet(row)} of {row.rated.of} staff {'is' if _unmet(row) == 1 else 'are'} not known to be at target"
    what = CASES[counted]
    return f"{_unmet(row)} of {row.rated.of} {what} {'falls' if _unmet(row) == 1 else 'fall'} short"


def _open(row: Standing) -> str:
    counted = counted_from(row.indicator)
    if row.rated.state is State.CANNOT_JUDGE:
        return UNJUDGED[counted]
    return "it is not counted yet" if counted else "nobody has rated it yet"
