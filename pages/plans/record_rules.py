"""The rules of a review, written down before anybody looks: how many are read, how they are drawn, what if one cannot
be read, and the site's own standards in days.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

import streamlit as st

from assessments.rules.sampling import TAKE_ALL, Margin, needed, sample_size
from assessments.use_cases.records import RecordLine
from assessments.use_cases.reviews import STANDARDS, ReviewLine, ReviewRules, Stratify, write_review_rules
from pages.plans import record_words
from pages.shared import clearable, forms, house, words

SCOPE = "records-rules"
MARGINS: tuple[Margin, ...] = (0, 15, 10)
PROPOSED = (
    "A record that cannot be found, does not belong on the list or cannot be read is put aside with its reason. The "
    "next one in the order of the draw takes its place. What a record says is never a reason to put it aside."
)
WHAT_CHANGES = (
    "Only the standards in days can still change. A change judges at once every record of which both dates were given: "
    "the days that passed are kept, so nothing has to be given again. What somebody answered by hand stays, and so "
    "does what two readers compared."
)
HOW_MANY = (
    "Read 15 points to each side, and a share of 70 % stands for something between 55 and 85 %. Closer takes more "
    "reading. These sizes hold for the worst case, a share of one half, 95 times of 100."
)


def show(line: ReviewLine, rows: Sequence[RecordLine]) -> None:
    st.subheader("The rules")
    _say(line, len(rows))
    if line.drawn_at and not record_words.is_dated(line):
        return  # after the draw, the standards in days alone can change
    name = f"{SCOPE}-{line.id}"
    first = replace(line.rules, replacement=line.rules.replacement or PROPOSED)
    label = "Change the standards in days" if line.drawn_at else "Change the rules"
    forms.door(name, label if line.rules.replacement else "Write the rules", first, line.version, ":material/edit:")
    if line.drawn_at and forms.is_open(name):
        st.info(WHAT_CHANGES)
    forms.show(
        name,
        "Save the rules",
        lambda key, typed: fields(key, typed, line, len(rows)),
        lambda typed, shown, keep: house.write(write_review_rules, line.id, typed, shown, keep),
        "The rules are saved.",
        line.version,
    )


def _say(line: ReviewLine, listed: int) -> None:
    rules = line.rules
    if not rules.replacement:
        st.info(
            "Nothing is written down yet. Decide now, before anybody has seen a record, how many are read and what "
            "happens where one cannot be read: decided later, it would be decided by what one hopes to find."
        )
        return
    lines = [
        f"**How many:** {how_many(rules.margin, listed)}",
        f"**Stratified:** {record_words.STRATA[rules.stratify]}",
        f"**If a record cannot be read:** {words.plain(rules.replacement)}",
    ]
    if record_words.is_dated(line):
        lines += [f"**{title}, our standard:** {_days(getattr(rules, field))}" for field, title in STANDARDS.items()]
    st.markdown("\n".join(f"- {one}" for one in lines))


def how_many(margin: Margin, listed: int) -> str:
    if not margin:
        return f"all{f' {listed:,}' if listed else ''}"
    found = sample_size(listed, margin)
    least = f", plus or minus {margin} points"
    if not listed:
        return f"a draw{least}"
    if listed <= TAKE_ALL:
        return f"all {listed}, as of {TAKE_ALL} or fewer; {needed(listed, margin)} would do for plus or minus {margin}"
    return f"{found:,} of {listed:,}{least}"


def _days(days: int | None) -> str:
    return words.count(days, "day") if days else "none yet, so this is not judged"


def fields(key: str, typed: ReviewRules, line: ReviewLine, listed: int) -> ReviewRules:
    dated = record_words.is_dated(line)
    if line.drawn_at:  # the rest stands above, and stays
        start, service = _standards(key, typed)
        return replace(typed, start_days=start, service_days=service)
    margin = _margin(key, typed, listed)
    strata = [one for one in record_words.STRATA if dated or one in ("", "quarter")]
    stratify = st.selectbox(
        "Draw from each part of the list in proportion",
        strata,
        strata.index(typed.stratify),
        format_func=record_words.STRATA.__getitem__,
        key=f"{key}-stratify",
    )
    replacement = st.text_area(
        "What is done where a record cannot be read", typed.replacement, key=f"{key}-replacement"
    )
    days = _standards(key, typed) if dated else (typed.start_days, typed.service_days)
    return ReviewRules(replacement, cast(Stratify, stratify), margin, *days)


def _margin(key: str, typed: ReviewRules, listed: int) -> Margin:
    """No choice where all are read whatever is chosen."""
    if 0 < listed <= TAKE_ALL:
        st.markdown(f"**How many are read:** all {listed}. Of {TAKE_ALL} or fewer, all are read: a convention.")
        return typed.margin
    margin: Margin = st.radio(
        "How many are read",
        MARGINS,
        MARGINS.index(typed.margin),
        format_func=lambda one: words.capital(how_many(one, listed)),
        key=f"{key}-margin",
    )
    st.caption(f"{HOW_MANY} Of {TAKE_ALL} or fewer, all are read: a convention.")
    return margin


def _standards(key: str, typed: ReviewRules) -> tuple[int | None, int | None]:
    st.markdown(
        "Your own standards in days, if you have any. Without one, that clock is shown and not judged; once you write "
        "one, what passed in records whose dates were given before is judged by it too."
    )
    days = [
        clearable.number(place, title, getattr(typed, field), f"{key}-{field}", step=1, placeholder="None")
        for place, (field, title) in zip(st.columns(2), STANDARDS.items(), strict=True)
    ]
    start, service = (None if one is None else int(one) for one in days)
    return start, service
