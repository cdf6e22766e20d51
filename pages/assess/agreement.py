"""How far two raters agree, for people who have never heard of a kappa: a sentence first, then the table."""

from fractions import Fraction

import pandas as pd
import streamlit as st

from assessments.rules.agreement import CAUTION, CONVENTION, Agreement
from assessments.use_cases.consensus import Comparison, Pair
from pages.shared import house, words

COLUMNS = (
    "Domain",
    "Both gave a level",
    "Same level",
    "At most one apart",
    "Mean difference",
    "Kappa (linear)",
    "AC2",
)
MEANING = (
    "The mean difference is in levels, whichever way. Kappa and AC2 say how far two raters agree beyond what chance "
    "would bring: 1 is all the way, 0 is no better than chance. Labels of kappa: 0.41 moderate, 0.61 substantial."
)


def show(found: Comparison) -> None:
    pair = _choose(found)
    whole = pair.agreements.whole
    st.markdown(sentence(pair))
    if not whole.compared:
        return
    st.table(table(found, pair), hide_index=True, border="horizontal")
    every = [whole, *pair.agreements.domains.values()]
    if whole.why_not:
        st.markdown(f"Over all: {whole.why_not}")
    elif any(one.why_not for one in every):
        st.markdown(
            "In a domain without a kappa, the two did not both give a level to 20 indicators, or one of them gave the "
            "same level everywhere."
        )
    if any(one.chance and one.chance.lopsided for one in every):
        st.warning(CAUTION)
    st.markdown(f":small[{MEANING} {CONVENTION}]")


def _choose(found: Comparison) -> Pair:
    pairs = [(one, other) for one in range(len(found.names)) for other in range(one + 1, len(found.names))]
    if len(pairs) == 1:
        return found.pair(*pairs[0])
    chosen = st.selectbox(
        "Which two", pairs, format_func=lambda pair: " and ".join(found.names[place] for place in pair)
    )
    return found.pair(*chosen)


def sentence(pair: Pair) -> str:
    whole, names = pair.agreements.whole, f"{words.plain(pair.first)} and {words.plain(pair.second)}"
    if not whole.compared:
        return f"There is no indicator to which both {names} gave a level, so nothing can be said yet."
    verdict = (
        "**That is enough to be ready to rate, by the convention below.**"
        if whole.ready
        else "**By the convention below that is not enough yet: talk over how you read the levels.**"
    )
    return (
        f"{names} both gave a level to {words.count(whole.compared, 'indicator')}. On **{whole.exact}** of them it is "
        f"the same level ({words.percent(whole.exact_share)}), on **{whole.within_one}** they are at most one level "
        f"apart ({words.percent(whole.within_share)}). {verdict}"
    )


def table(found: Comparison, pair: Pair) -> pd.DataFrame:
    titles = {one.id: words.plain(words.in_terms(one.title, house.agency())) for one in found.checklist.domains}
    rows = [_row("**Over all**", pair.agreements.whole)]
    rows += [_row(titles[name], one) for name, one in pair.agreements.domains.items()]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _row(title: str, one: Agreement) -> tuple[str, ...]:
    if not one.compared:
        return (title, "0", "", "", "", "", "")
    kappa, ac2 = (
        (f"{hundredths(one.chance.kappa)} {one.chance.label}", hundredths(one.chance.ac2))
        if one.chance
        else (
            "not given",
            "not given",
        )
    )
    shares = (words.percent(one.exact_share), words.percent(one.within_share))
    apart = hundredths(one.mean_apart) if one.mean_apart is not None else ""
    return (title, str(one.compared), *shares, apart, kappa, ac2)


def hundredths(value: Fraction) -> str:
    """Cut and not rounded, so that no number looks as if it had reached a label."""
    cut = int(abs(value) * 100)
    return f"{'−' if value < 0 and cut else ''}{cut // 100}.{cut % 100:02}"
