"""Four figures, each with what qualifies it right beneath, and a way to the ratings behind it."""

import streamlit as st

from assessments.rules.bands import CONVENTION, cut
from assessments.rules.scoring import ENOUGH_RATED
from assessments.use_cases.gap_report import GapReport
from pages.shared import hallway, house, words
from reports.standing import supported


def show(report: GapReport) -> None:
    whole = report.score.whole
    score, band, coverage, target = st.columns(4)
    _figure(score, "Score, 0 to 4", words.mean(whole.mean), _score(report))
    _figure(band, "Band", whole.shown_band or "No band yet", _band(report))
    with _figure(coverage, "Rated", f"{whole.rated} of {whole.applicable}", _coverage(report)):
        _link(report, "not-rated", whole.unrated, "not rated yet")
        _link(report, "cannot-judge", whole.cannot_judge, "cannot judge")
        _link(report, "not-applicable", whole.not_applicable, "not applicable")
    with _figure(target, "At target", f"{whole.at_target} of {whole.applicable}", _at_target(report)):
        _link(report, "unsupported", len(whole.unsupported), "unsupported")


def _figure(
    column: st.delta_generator.DeltaGenerator, label: str, value: str, under: list[str]
) -> st.delta_generator.DeltaGenerator:
    box = column.container(border=True, height="stretch")
    box.metric(label, value)
    for line in under:
        box.markdown(line)
    return box


def _link(report: GapReport, state: str, count: int, what: str) -> None:
    if count:
        address = {"assessment": report.assessment.id, "state": state}
        st.page_link(hallway.RATINGS, label=f"{count} {what}", icon=":material/search:", query_params=address)


def _score(report: GapReport) -> list[str]:
    score, whole = report.score, report.score.whole
    if whole.mean is None:
        return ["No indicator has a level yet."]
    said = ["The mean of the domain means, cut, not rounded, to one decimal."]
    if whole.low != whole.high:
        said.append(
            f"**Range {words.span(whole.low, whole.high)}**: the worst and the best that the rest can make of it."
        )
    if score.means_apart and score.item_mean is not None:
        said.append(
            f"Over all indicators alike it is {cut(score.item_mean)}: domains of different size count the same here, "
            "and the larger ones were rated differently."
        )
    if whole.unweighted is not None:
        said.append(f"Without weights it is {cut(whole.unweighted)}.")
    return said


def _band(report: GapReport) -> list[str]:
    whole = report.score.whole
    if whole.shown_band is None:
        return [f"There is one when {words.percent(ENOUGH_RATED)} of every domain are rated. {_missing(report)}"]
    said = [f":small[{CONVENTION}]"]
    if whole.caps:
        capped = "Capped" if whole.shown_band != whole.band else "Cannot rise above Partial"
        said.insert(
            0, f"**{capped}: {words.caps(report.checklist, whole, report.conditions)}.** The mean stays as it is."
        )
    return said


def _missing(report: GapReport) -> str:
    titles = {domain.id: domain.title for domain in report.checklist.domains}
    short = [
        f"{words.plain(words.in_terms(titles[domain], house.agency()))}: {figures.rated} of {figures.applicable}"
        for domain, figures in report.score.domains.items()
        if figures.applicable and not figures.complete
    ]
    return f"Still short: {'; '.join(short)}." if short else ""


def _coverage(report: GapReport) -> list[str]:
    whole = report.score.whole
    said = [f"{words.percent(whole.coverage)} of what applies."]
    if whole.not_applicable:
        said.append(f"{words.percent(whole.na_share)} of all {whole.total} are called not applicable.")
    titles = {domain.id: domain.title for domain in report.checklist.domains}
    said.extend(
        f":material/warning: {words.plain(words.in_terms(titles[domain], house.agency()))}: "
        f"{words.percent(figures.na_share)} are called not applicable, more than a quarter. Look at the reasons again."
        for domain, figures in report.score.domains.items()
        if figures.na_warning
    )
    return said


def _at_target(report: GapReport) -> list[str]:
    whole, said = report.score.whole, ["At or above their target, of all that apply."]
    if whole.unsupported:
        said.append("Unsupported ratings rest on nothing, or only on what people said.")
    elif whole.rated:
        said.append(supported(report.checklist))
    return said
