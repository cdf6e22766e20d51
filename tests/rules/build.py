"""Small checklists and ratings, in a line each."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from assessments.rules.ratings import Rated, Ratings, State, level_of_share
from standards.model import Checklist, Domain, Duty, Indicator, Ladder, Level, Source, Standard

BLOCK_GRANT = frozenset({"block-grant"})
NOWHERE: frozenset[str] = frozenset()
DUTY = Duty(when=("block-grant",), cites="42 U.S.C. 300x-27", verification="verified")
CUTS = (0, 10, 40, 70, 90, None)

JUDGED = Ladder(
    id="policy", title="Policy", levels=tuple(Level(value=v, name=f"L{v}", words=f"w{v}") for v in range(5))
)
SHARE = Ladder(
    id="share",
    title="Share",
    kind="counts",
    levels=tuple(
        Level(value=v, name=f"L{v}", words=f"w{v}", at_least=CUTS[v], below=CUTS[v + 1] or 101) for v in range(5)
    ),
)


def checklist(
    sizes: Mapping[str, int],
    changed: Mapping[str, Mapping[str, Any]] | None = None,
    per_standard: int = 4,
    edition: str = "1.0",
) -> Checklist:
    """Domain id -> number of indicators, named ORG-1, ORG-2, ...; `changed` gives single indicators other fields."""
    standards: list[Standard] = []
    indicators: list[Indicator] = []
    for domain, size in sizes.items():
        for n in range(size):
            standard = f"S-{domain}-{n // per_standard + 1}"
            if n % per_standard == 0:
                standards.append(Standard(id=standard, domain=domain, source="src", cites="p. 1", text="A statement."))
            name = f"{domain}-{n + 1}"
            fields = {"text": "Something is done.", "ladder": "policy", **(changed or {}).get(name, {})}
            indicators.append(Indicator(id=name, standard=standard, **fields))
    return Checklist(
        id="small",
        edition=edition,
        title="Small",
        subject="site",
        own=(JUDGED, SHARE),
        sources=(Source(id="src", citation="A source.", verification="seed", checked=date(2025, 1, 1)),),
        domains=tuple(Domain(id=domain, title=f"Title of {domain}") for domain in sizes),
        standards=tuple(standards),
        indicators=tuple(indicators),
    )


def rated(level: int, **more: Any) -> Rated:
    return Rated(state=State.LEVEL, level=level, **more)


def counted(met: int, of: int, **more: Any) -> Rated:
    return Rated(state=State.LEVEL, level=level_of_share(SHARE, met, of), met=met, of=of, **more)


def one(token: str) -> Rated:
    """A level ("3"), counts ("9/10"), "NA", or "?" for cannot judge."""
    if "/" in token:
        met, of = token.split("/")
        return counted(int(met), int(of))
    if token == "NA":
        return Rated(state=State.NOT_APPLICABLE, reason="no infants on site")
    return Rated(state=State.CANNOT_JUDGE) if token == "?" else rated(int(token))


def ratings(written: Mapping[str, str]) -> Ratings:
    """{"ORG": "3 NA ? - 9/10"}: ORG-1 to ORG-5 in order, "-" for unrated."""
    return {
        f"{domain}-{n}": one(token)
        for domain, line in written.items()
        for n, token in enumerate(line.split(), start=1)
        if token != "-"
    }
