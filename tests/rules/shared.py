"""Sites of a made-up collaborative, each from a line of levels."""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Any

from assessments.rules.ratings import State
from assessments.rules.shared_sites import DomainStand, How, Period, SharedSite, Stand

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
STATES = {"-": State.UNRATED, "?": State.CANNOT_JUDGE, "NA": State.NOT_APPLICABLE}


def site(name: str, levels: str, how: How | None = "named", **changed: Any) -> SharedSite:
    """Of one domain, ORG, with ORG-1, ORG-2, ... as in "3 - NA ? 2". An agency of its own, with the letter L-name."""
    indicators = {f"ORG-{n}": _stand(token) for n, token in enumerate(levels.split(), start=1)}
    fields: dict[str, Any] = {
        "site": f"site-of-{name}",
        "submission": f"submission-of-{name}",
        "agency": f"agency-of-{name}",
        "name": f"Name {name}",
        "letter": f"L-{name}",
        "how": how,
        "own": False,
        "edition": "hash-1",
        "form": "full",
        "period": YEAR,
        "domains": {"ORG": stand_of(indicators.values())},
        "indicators": indicators,
    }
    return SharedSite(**fields | changed)


def stand_of(stands: Iterable[Stand]) -> DomainStand:
    known = [stand for stand in stands if stand.state is not State.NOT_APPLICABLE]
    levels = [stand.level for stand in known if stand.level is not None]
    low, high = (
        (Fraction(sum(levels) + least * (len(known) - len(levels)), len(known)) for least in (0, 4))
        if known
        else (None, None)
    )
    return DomainStand(Fraction(sum(levels), len(levels)) if levels else None, low, high, len(levels), len(known))


def _stand(token: str) -> Stand:
    return Stand(STATES[token]) if token in STATES else Stand(State.LEVEL, int(token))
