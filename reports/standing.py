"""Where an assessment stands: its figures in words, each with what qualifies it, by domain, and drawn."""

from collections.abc import Iterator

from assessments.rules.bands import CONVENTION, cut
from assessments.rules.rolled_up import WHAT_IS_COUNTED, counted_of
from assessments.rules.scoring import ENOUGH_RATED, Figures
from reports import frames, pictures, words
from reports.paper import Block, Facts, Paragraph, Section, Table, Text, strong, text
from reports.telling import Told
from standards.model import Checklist

KEY = (
    "Bar: score, 0 to 4. Line beneath it: the worst and the best that what is not rated can still make of it. Upright "
    "mark: the target, where the domain stands with every indicator at its own. Hollow and dashed: fewer than 80 % are "
    "rated."
)
STRIP_KEY = (
    "A cell for each indicator, with the end of its reference and its level: the darker, the higher. Outlined and not "
    "filled: unsupported by evidence. Dashed: no level ("
    + ", ".join(f"{words.SIGNS[state]} {name.lower()}" for state, name in words.STATES.items())
    + "). An exclamation mark: a duty that is not met."
)


def in_short(told: Told) -> Section:
    return Section("In short", (figures(told), *by_domain(told)))


def figures(told: Told) -> Facts:
    whole = told.report.score.whole
    return Facts(
        (
            ("Score, 0 to 4", text(strong(words.mean(whole.mean)), f". {_score(told)}")),
            ("Band", text(strong(whole.shown_band or "No band yet"), f". {band(told)}")),
            ("Rated", text(strong(f"{whole.rated} of {whole.applicable}"), f" that apply. {rated(whole)}")),
            ("At target", text(strong(f"{whole.at_target} of {whole.applicable}"), f" that apply. {support(told)}")),
        )
    )


def by_domain(told: Told) -> Iterator[Block]:
    frame = frames.domains(told.report, told.say)
    if frame.empty:
        return
    for first in range(0, len(frame), pictures.BARS):
        yield pictures.domains(frame.iloc[first : first + pictures.BARS])
    yield Paragraph(text(KEY), small=True)
    head = ("Domain", "Score", "Range", "Rated", "Band")
    yield Table(
        "Score by domain: what the bars show, and the band.", head, (42, 10, 14, 14, 20), tuple(rows(told).values())
    )
    if told.report.score.whole.rated:
        yield from pictures.strips(frames.cells(told.report, words.STATES, words.SIGNS))
        yield Paragraph(text(STRIP_KEY), small=True)


def rows(told: Told) -> dict[str, tuple[Text, ...]]:
    """By domain, of those that hold anything scored: title, score, range, how many are rated, band."""
    return {domain: _domain(told, domain) for domain, figures in told.report.score.domains.items() if figures.total}


def band(told: Told) -> str:
    """What keeps it down, and that it is a convention."""
    report, whole = told.report, told.report.score.whole
    if not whole.shown_band:
        return f"There is one when {words.percent(ENOUGH_RATED)} of every domain are rated. {CONVENTION}"
    if not whole.caps:
        return CONVENTION
    held = "Capped" if whole.shown_band != whole.band else "Cannot rise above Partial"
    return f"{held}: {words.caps(report.checklist, whole, report.conditions)}. The mean stays as it is. {CONVENTION}"


def rated(whole: Figures) -> str:
    share = "" if whole.coverage is None else f"That is {words.percent(whole.coverage)}. "
    said = f"{whole.unrated} not rated yet, {whole.cannot_judge} cannot be judged, {whole.not_applicable} of all "
    return f"{share}{said}{whole.total} not applicable."


def support(told: Told) -> str:
    whole = told.report.score.whole
    if whole.unsupported:
        many = words.count(len(whole.unsupported), "rating rests", "ratings rest")
        return f"{many} on nothing, or only on what people said."
    return supported(told.report.checklist) if whole.rated else ""


def supported(checklist: Checklist) -> str:
    """Where nothing is unsupported. A level that is counted rests on the count alone."""
    counted = counted_of(checklist)
    if counted is None:
        return "Every rating has evidence behind it."
    return f"The levels are counted from {WHAT_IS_COUNTED[counted]}; no evidence is asked for."


def _score(told: Told) -> str:
    score, whole = told.report.score, told.report.score.whole
    if whole.mean is None:
        return "No indicator has a level yet."
    said = ["The mean of the domain means, cut, not rounded, to one decimal."]
    if whole.low != whole.high:
        said.append(f"Range {words.span(whole.low, whole.high)}: the worst and the best that the rest can make of it.")
    if score.means_apart and score.item_mean is not None:
        said.append(
            f"Over all indicators alike it is {cut(score.item_mean)}: domains of different size count the same here, "
            "and the larger ones were rated differently."
        )
    if whole.unweighted is not None:
        said.append(f"Without weights it is {cut(whole.unweighted)}.")
    return " ".join(said)


def _domain(told: Told, domain: str) -> tuple[Text, ...]:
    titles = {one.id: told.say(one.title) for one in told.report.checklist.domains}
    figures = told.report.score.domains[domain]
    band = (figures.shown_band or "none yet") + (", capped" if figures.shown_band != figures.band else "")
    if figures.na_warning:
        share = words.percent(figures.na_share)
        band += f"; {share} not applicable, more than a quarter: look at the reasons again"
    span = words.span(figures.low, figures.high) if figures.low != figures.high else ""
    cells = (titles[domain], words.mean(figures.mean), span, f"{figures.rated} of {figures.applicable}", band)
    return tuple(text(cell) for cell in cells)
