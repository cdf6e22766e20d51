"""How far two raters agree, for people who have never heard of a kappa: a sentence first, then the table."""

import pandas as pd
import streamlit as st

from assessments.rules.agreement import CAUTION, CONVENTION
from assessments.use_cases.consensus import Comparison, Pair
from pages.shared import choices, house, words
from reports.agreement import COLUMNS, MEANING, cells, sentence, without_kappa

PAIR = "agreement.pair"


def show(found: Comparison) -> None:
    pair = _choose(found)
    whole = pair.agreements.whole
    st.markdown(words.marked(sentence(pair)))
    if not whole.compared:
        return
    st.table(table(found, pair), hide_index=True, border="horizontal")
    every = [whole, *pair.agreements.domains.values()]
    if why_not := without_kappa(pair):
        st.markdown(why_not)
    if any(one.chance and one.chance.lopsided for one in every):
        st.warning(CAUTION)
    st.markdown(f":small[{MEANING} {CONVENTION}]")


def _choose(found: Comparison) -> Pair:
    pairs = [(one, other) for one in range(len(found.names)) for other in range(one + 1, len(found.names))]
    if len(pairs) == 1:
        return found.pair(*pairs[0])
    say = choices.steady(PAIR, pairs, lambda pair: " and ".join(found.names[place] for place in pair))
    chosen = st.selectbox("Which two", pairs, format_func=say, key=PAIR)
    return found.pair(*chosen)


def table(found: Comparison, pair: Pair) -> pd.DataFrame:
    titles = {one.id: words.plain(words.in_terms(one.title, house.agency())) for one in found.checklist.domains}
    rows = [("**Over all**", *cells(pair.agreements.whole))]
    rows += [(titles[name], *cells(one)) for name, one in pair.agreements.domains.items()]
    return pd.DataFrame(rows, columns=["Domain", *COLUMNS])
