"""For those who see no single person: of each competency, what groups of five and more have in common."""

import pandas as pd
import streamlit as st

from assessments.rules.rolled_up import FEWEST
from assessments.use_cases.agencies import sites
from assessments.use_cases.staff_counts import staff_shares
from pages.shared import choices, hallway, house, words
from pages.staff.matrix_choices import in_terms
from reports.competencies import told
from standards.model import Checklist

SITE = "matrix-shares-site"


def show(checklist: Checklist) -> None:
    st.info(
        "You may see no single person's competencies, so here is what the staff of a site have in common, in groups of "
        f"{FEWEST} and more. Supervisors see their team, trainers everybody."
    )
    found = {one.id: one.name for one in house.read(sites)}
    say = choices.steady(SITE, found, found.__getitem__)
    site = st.selectbox("Site", list(found), format_func=say, key=SITE)
    shares = house.read(staff_shares, house.today(), site, checklist.key)
    for domain in checklist.domains:
        st.header(words.plain(in_terms(domain.title)))
        rows = [
            {
                "Competency": f"**{words.plain(one.id)}** {words.plain(in_terms(one.text))}",
                "Staff": told(shares[one.id]),
            }
            for one in checklist.by_domain[domain.id]
        ]
        st.table(pd.DataFrame(rows), hide_index=True, border="horizontal")
    hallway.next_step(hallway.ASSESSMENTS, "Go to assessments")
