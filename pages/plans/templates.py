"""Templates: blank forms as Word documents, in the agency's terms, and its own text on notification."""

import streamlit as st

from assessments.use_cases.agencies import sites
from assessments.use_cases.agency_texts import OwnText, agency_text, write_agency_text
from assessments.use_cases.deliveries import File
from assessments.use_cases.partners import partners
from assessments.use_cases.team import team
from pages.plans import choosing, suggested
from pages.shared import delivery, forms, hallway, house, words
from reports.paper import Paper
from reports.template import Template
from reports.template_family import family_page
from reports.template_notice import NO_REPORT, notification_sheet
from reports.template_plan import plan_form
from reports.template_referrals import partners_of, referral_list
from reports.word import word

SCOPE = "template"
WHAT_FOR = (
    "Word documents to fill in outside of Plumbline, by hand or on your own computer. They go out blank, and **nothing "
    "of a client comes back in**."
)
ASK = (
    "Who notifies, when, whom, what is said, and whether it is said without a name. The rule of your state was not "
    "checked here: it is yours to look up and to enter. No names of clients."
)


def filled(site: str) -> Template:
    """What goes into the forms of that site."""
    names = {one.id: one.name for one in house.read(sites)}
    known = [one.details for one in house.read(partners) if one.details.site_id in (None, site)]
    roles = house.read(team, house.today(), site)
    return Template(house.agency(), names[site], known, roles, house.local(house.now()))


def made(paper: Paper, right: str, *name: str) -> File:
    return delivery.word(word(paper, ()), right, *name)


def blank_forms(site: str) -> None:
    plan, known = house.agency().plan_name, filled(site)
    st.subheader("Plan")
    st.markdown(
        "The six headings with their topics, goals, team, contacts, and who gets a copy. Your partners stand under the "
        "heading that they fit, and your team in its roles. About seven pages."
    )
    delivery.offer("Blank plan", "plan", lambda: made(plan_form(filled(site)), "partners", plan, "blank"), site)
    st.subheader("List of referrals")
    st.markdown(
        "To whom, who sees to it, by when, first contact, and what came of it. Declined is an answer. At its end stand "
        f"the partners marked “Referrals go there” on the page Partners: {len(partners_of(known)) or 'none'} so far."
    )
    delivery.offer(
        "Blank list of referrals",
        "referrals",
        lambda: made(referral_list(filled(site)), "partners", plan, "referrals"),
        site,
    )
    st.subheader("One page for families")
    st.markdown(
        "What the plan is, what it is not, who sees it, and what she may refuse. No partner and nobody of your team "
        "stands in it: fill in whom she can call."
    )
    delivery.offer("Page for families", "family", lambda: made(family_page(filled(site)), "team", plan, "family"), site)


def notification(site: str) -> None:
    own = house.read(agency_text, "notification")
    st.subheader("How you notify")
    st.markdown(f"{NO_REPORT} It is a sheet of its own: it stands in no plan, no safety plan and no report.")
    st.text(own.body) if own.body else st.info("Nothing is written yet. Write it, and it can be printed as a sheet.")
    if own.at:
        st.caption(f"Saved {words.clock(house.local(own.at), house.today())} by {words.plain(own.by)}")
    st.caption(ASK)
    forms.door(SCOPE, "Change the text" if own.body else "Write it", own, own.version, ":material/edit:")
    forms.show(
        SCOPE,
        "Save",
        text_field,
        lambda text, shown, keep: house.write(write_agency_text, "notification", text.body, shown, keep),
        "The text is saved.",
        own.version,
    )
    if own.body:
        delivery.offer(
            "Sheet on notification",
            "notice",
            lambda: made(notification_sheet(filled(site), own.body), "agency_text", "notification"),
            site,
        )


def text_field(key: str, own: OwnText) -> OwnText:
    return OwnText(
        st.text_area("How you notify", own.body, height=240, key=f"{key}-body"),
        own.version,
    )


st.title("Templates")
choosing.say_what_it_is()
st.markdown(WHAT_FOR)
forms.only(SCOPE)
chosen = suggested.site("templates-site")
blank_forms(chosen)
notification(chosen)
hallway.next_step(hallway.COUNTS, "Go to the quarterly counts", ":material/pin:")
