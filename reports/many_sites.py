"""Many sites as tables of plain values: how the means of each domain are spread, with one's own put beside them."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

import pandas as pd

from assessments.rules.shared_sites import DomainStand
from assessments.rules.side_by_side import TARGET
from assessments.rules.spread_of_sites import BINS, DomainSpread
from reports import sites
from reports.frames import tenths
from reports.words import mean

STEP = 0.5
"""Of a level: a bin."""
NONE_YET = "none yet"


def bins(spread: Sequence[DomainSpread], titles: Mapping[str, str]) -> pd.DataFrame:
    """A row a bin that has sites; `part` is of the largest of its domain."""
    data = [
        (place, titles[one.domain], number * STEP, (number + 1) * STEP, sites_, sites_ / max(one.bins))
        for place, one in enumerate(spread)
        for number, sites_ in enumerate(one.bins)
        if sites_
    ]
    return pd.DataFrame(data, columns="place title start end sites part".split())


def marks(
    spread: Sequence[DomainSpread],
    titles: Mapping[str, str],
    own: Mapping[str, DomainStand],
    targets: Mapping[str, Fraction],
) -> pd.DataFrame:
    """A row a domain, in their order."""
    data = [
        (
            place,
            titles[one.domain],
            float(targets.get(one.domain, TARGET)),
            *_drawn(one),
            tenths(own[one.domain].mean) if one.domain in own else None,
        )
        for place, one in enumerate(spread)
    ]
    columns = "place title target lower median upper score".split()
    return pd.DataFrame(data, columns=columns).astype(dict.fromkeys(columns[3:], "Float64"))


def table(
    spread: Sequence[DomainSpread],
    titles: Mapping[str, str],
    own: Mapping[str, DomainStand],
    targets: Mapping[str, Fraction],
) -> pd.DataFrame:
    """Without a column of one's own for who has no site, nor of what is counted together where nothing is."""
    columns = {"Domain": [titles[one.domain] for one in spread]}
    if own:
        columns["Yours"] = [_score(own.get(one.domain)) for one in spread]
    columns |= {
        "Target": [mean(targets.get(one.domain, TARGET)) for one in spread],
        "Median": [
            sites.median(one.summary) if one.summary else sites.no_median(one.seen, sites.RATED) for one in spread
        ],
        "Middle half": [sites.middle(one.summary) for one in spread],
        "Sites in it": [f"{one.summary.sites:,}" if one.summary else "" for one in spread],
    }
    if any(one.counted for one in spread):
        columns[sites.TOGETHER] = [sites.spread(one.counted) if one.counted else sites.NO_MEDIAN for one in spread]
    return pd.DataFrame(columns)


def counts(spread: Sequence[DomainSpread], titles: Mapping[str, str]) -> pd.DataFrame:
    """How many sites that are seen stand in each half level."""
    steps = {f"{number * STEP:g} to {(number + 1) * STEP:g}": number for number in range(BINS)}
    columns = {name: [f"{one.bins[number]:,}" for one in spread] for name, number in steps.items()}
    return pd.DataFrame({"Domain": [titles[one.domain] for one in spread]} | columns)


def _drawn(one: DomainSpread) -> tuple[float | None, ...]:
    found = sites.drawn(one.summary, one.counted)
    return tuple(map(float, found[:3])) if found else (None, None, None)


def _score(stand: DomainStand | None) -> str:
    return NONE_YET if stand is None or stand.mean is None else mean(stand.mean)
