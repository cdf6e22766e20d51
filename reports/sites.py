"""Sites beside one another as tables of plain values: what the charts draw and what the tables beside them say.

The order is that of the names and letters, never that of a score.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from textwrap import shorten

import pandas as pd

from assessments.rules.cohorts import FEWEST_BLINDED, FEWEST_SITES, FEWEST_UNKNOWN_BLINDED
from assessments.rules.shared_sites import How, InCommon, Stand
from assessments.rules.side_by_side import DomainRow, IndicatorRow, Neighbor, Summary
from assessments.rules.since_last import SinceRow
from assessments.use_cases.sites_beside import SitesBeside
from reports.frames import COLUMNS, tenths
from reports.words import SIGNS, STATES, count, mean, percent, span
from standards.model import Checklist, Indicator

YOURS, GUEST = "(yours)", "(guest you keep)"
RATED, LEVELED = "80 % of it rated", "a level"
NO_MEDIAN = "too few sites"
TOO_MUCH = "none: one agency has more than 60 %"
SHOWN: Mapping[How | None, str] = {
    None: "Not shared: you alone see it",
    "aggregate": "In the aggregate: you alone see it",
    "blinded": "Under letters",
    "named": "By name",
}
ORDER = (
    "Sites stand in the order of their names and letters. There are no ranks: a difference can come from what was "
    "looked at, or from who rated, as well as from the program. Use it to find whom to ask."
)
CONVENTIONS = (
    f"By convention, a median and quartiles are given from {FEWEST_SITES} sites on, of which no agency has more than "
    "60 %, and only of domains of which 80 % are rated. They are rounded to half a level and get no band. They are of "
    "the sites that are shown here. Sites that are not shown are in none of them: once the lead has counted them "
    "together, they have a median and quartiles of their own, of domains alone and not of indicators. Sites under "
    f"letters are shown where at least {FEWEST_BLINDED} agencies share that way, {FEWEST_UNKNOWN_BLINDED} or more of "
    "which you do not belong to."
)
TOGETHER = "Counted together"
ASKS = 70
"""Characters."""


@dataclass(frozen=True)
class Told:
    """`say` turns a checklist's text into the agency's own terms; `leads`: seen by the lead, who has no site."""

    found: SitesBeside
    agency: str
    collaborative: str
    where: str
    made: datetime
    leads: bool
    say: Callable[[str], str] = str

    @property
    def titles(self) -> Mapping[str, str]:
        return {domain.id: self.say(domain.title) for domain in self.found.checklist.domains}


def label(neighbor: Neighbor) -> str:
    return f"{neighbor.label} {GUEST if neighbor.guest else YOURS}" if neighbor.own else neighbor.label


def shown(neighbor: Neighbor) -> str:
    """How others see it, which of one's own is not how one sees it."""
    if neighbor.guest and not neighbor.letter and neighbor.how != "named":
        return "In the aggregate: its keepers alone see it"
    return f"{SHOWN[neighbor.how]}, as {neighbor.letter}" if neighbor.letter else SHOWN[neighbor.how]


def common(found: InCommon) -> str:
    return f"{found.both} of {found.of} ({percent(found.share)})" if found.of else "none"


def middle(summary: Summary | None) -> str:
    return span(summary.lower, summary.upper) if summary else ""


def median(summary: Summary | None) -> str:
    return mean(summary.median) if summary else NO_MEDIAN


def no_median(known: int, what: str) -> str:
    """Why there is none, where so many of the sites that are shown have `what` it takes."""
    if known >= FEWEST_SITES:
        return TOO_MUCH
    so_many = count(known, "site has", "sites have") if known else "no site has"
    return f"none: {so_many} {what}, and it takes {FEWEST_SITES}"


def spread(summary: Summary) -> str:
    return f"{median(summary)}, middle half {middle(summary)}, of {count(summary.sites, 'site')}"


def of_seen(row: DomainRow, leads: bool) -> str:
    """With whether one's own is in it."""
    if row.summary is None:
        return no_median(row.known, RATED)
    return f"{spread(row.summary)}{_with_own(row.own_in, leads)}"


def together(row: DomainRow, leads: bool) -> str:
    """What is not shown, beside the median of what is; "" where nothing of it counts."""
    return f"{TOGETHER}: {spread(row.counted)}{_with_own(row.own_counted, leads)}" if row.counted else ""


def _with_own(own: bool, leads: bool) -> str:
    return "" if leads else ", yours too" if own else ", not yours"


def drawn(summary: Summary | None, counted: Summary | None) -> Summary | None:
    """In a chart: of the sites that are seen, else of those counted together."""
    return summary or counted


def dots(row: DomainRow) -> pd.DataFrame:
    """A row a site that is seen; `site` is its place in the order of the labels. Without a score the domain is not
    rated there.
    """
    data = [
        (
            str(place),
            label(point.neighbor),
            point.neighbor.own,
            tenths(point.stand.mean),
            tenths(point.stand.low),
            tenths(point.stand.high),
            point.stand.complete,
            f"{point.stand.rated} of {point.stand.applicable}",
        )
        for place, point in enumerate(row.points)
    ]
    frame = pd.DataFrame(data, columns="site title own score low high complete rated".split())
    return frame.astype(dict.fromkeys(("score", "low", "high"), "Float64"))


def cells(found: SitesBeside, indicators: Sequence[Indicator], say: Callable[[str], str] = str) -> pd.DataFrame:
    """A row a site and indicator, all of the first site first; `asks` is what the indicator asks, as far as a tooltip
    has room for it.
    """
    rows = {row.indicator: row for row in found.found.indicators}
    data = [
        (
            str(place),
            label(neighbor),
            neighbor.own,
            indicator.id,
            shorten(say(indicator.text), ASKS, placeholder=" …"),
            sign(rows[indicator.id].stands[place]),
            level_words(found.checklist, indicator.id, rows[indicator.id].stands[place]),
            rows[indicator.id].stands[place].level,
        )
        for place, neighbor in enumerate(found.found.neighbors)
        for indicator in indicators
    ]
    frame = pd.DataFrame(data, columns="site title own indicator asks sign words level".split())
    return frame.astype({"level": "Int64"})


def grid(found: SitesBeside, indicators: Sequence[Indicator]) -> pd.DataFrame:
    """A row a site, a column an indicator, in the signs of the map."""
    columns = {one.id: [sign(stand) for stand in row_of(found, one.id).stands] for one in indicators}
    return pd.DataFrame({"Site": [label(one) for one in found.found.neighbors]} | columns)


def in_strips(checklist: Checklist, domain: str) -> list[tuple[Indicator, ...]]:
    """What is scored of a domain, in pieces that a phone can show side by side."""
    scored = [one for one in checklist.by_domain[domain] if one.scored]
    return [tuple(scored[start : start + COLUMNS]) for start in range(0, len(scored), COLUMNS)]


def slopes(row: SinceRow) -> pd.DataFrame:
    """A row a site that was there both times."""
    data = [
        (
            str(place),
            label(one.neighbor),
            one.neighbor.own,
            tenths(one.sides.before),
            tenths(one.sides.after),
            one.sides.common,
        )
        for place, one in enumerate(row.slopes)
    ]
    return pd.DataFrame(data, columns="site title own before after common".split())


def sign(stand: Stand) -> str:
    return SIGNS[stand.state] if stand.level is None else str(stand.level)


def level_words(checklist: Checklist, indicator: str, stand: Stand) -> str:
    if stand.level is None:
        return STATES[stand.state]
    return f"{stand.level} {checklist.ladder_of[indicator].level(stand.level).name}"


def score_of(row: DomainRow) -> Fraction | None:
    """Of the agency's own site, where it has but one here."""
    own = [point.stand.mean for point in row.points if point.neighbor.own]
    return own[0] if len(own) == 1 else None


def row_of(found: SitesBeside, indicator: str) -> IndicatorRow:
    return next(row for row in found.found.indicators if row.indicator == indicator)
