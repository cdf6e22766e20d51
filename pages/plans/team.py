"""Team: who fills each role in making the plans, and in how many of them it took part."""

import streamlit as st

from assessments.rules.team_share import FAMILY, RoleDetails
from assessments.use_cases.partners import partners
from assessments.use_cases.proposals import TEAMED, proposed_levels
from assessments.use_cases.team import CHECKLIST, RoleLine, team, write_team_role
from pages.plans import choosing, suggested
from pages.plans import partner_words as said
from pages.shared import forms, hallway, house, words
from standards import catalogue

SCOPE = "team"
OURS = ""
MAY = (
    "The guidance says that a team **may** include these roles. A role that nobody fills breaks no rule; it is "
    "something to think about. Who took part is marked as each plan is read. Name professionals only, never a "
    "client or a family."
)


def standing(line: RoleLine) -> str:
    """Who fills it, from where, and in how many plans it took part."""
    details, share = line.details, line.share
    who = f"Filled by {details.holder}" if details.holder else "Nobody is named yet"
    substitute = f"Substitute: {details.substitute}" if details.substitute else "No substitute is named"
    parts = [f"{who} · {substitute}" if details.holder or details.substitute else who]
    if line.indicator == FAMILY:
        parts = ["The family holds this seat itself"]
    if line.partner:
        kinds = ", ".join(said.WITHIN[kind] for kind in line.in_force)
        parts.append(
            f"From {line.partner}, {f'{kinds} in force, which is no consent' if kinds else 'no agreement in force'}"
        )
    took = f"Took part in {share.met} of {share.of} plans where it was relevant ({share.cycle})" if share.of else ""
    parts.append(
        took + " · provisional: fewer than five plans" * share.provisional if took else "Not marked in any plan"
    )
    return "  \n".join(words.plain(part) for part in parts)


def fields(key: str, details: RoleDetails, known: dict[str, str]) -> RoleDetails:
    first, second = st.columns(2)
    holder = first.text_input("Who fills it", details.holder, key=f"{key}-holder")
    substitute = second.text_input("The substitute", details.substitute, key=f"{key}-substitute")
    names = {OURS: "Your own agency", **known}
    partner = st.selectbox(
        "From",
        list(names),
        list(names).index(details.partner_id) if details.partner_id in known else 0,
        format_func=names.__getitem__,
        key=f"{key}-partner",
    )
    return RoleDetails(holder, substitute, partner or None)


def change(site: str, line: RoleLine, known: dict[str, str]) -> None:
    name = f"{SCOPE}-{site}-{line.indicator}"
    forms.door(name, "Change" if line.version else "Say who fills it", line.details, line.version, ":material/edit:")
    forms.show(
        name,
        "Save",
        lambda key, details: fields(key, details, known),
        lambda details, shown, keep: house.write(write_team_role, site, line.indicator, details, shown, keep),
        f"{line.indicator} is saved.",
        line.version,
    )


st.title("Team")
choosing.say_what_it_is()
st.markdown(MAY)
forms.only(SCOPE)
site = suggested.site("team-site")
checklist = catalogue.library()[CHECKLIST]
made = house.read(proposed_levels, house.today(), site, TEAMED)
target = suggested.into(site, TEAMED, checklist) if made else None
known = {one.id: one.details.name for one in house.read(partners)}
for line in house.read(team, house.today(), site):
    with st.container(border=True):
        text = words.plain(words.in_terms(checklist.indicator[line.indicator].text, house.agency()))
        st.markdown(f"**{line.indicator}** {text}  \n{standing(line)}")
        if line.indicator != FAMILY:
            change(site, line, known)
        if line.indicator in made:
            suggested.show(SCOPE, checklist, line.indicator, made[line.indicator], target)
st.caption("Whether a standing team exists (POT-06) is rated by hand: no list of names can tell.")
hallway.next_step(hallway.PARTNERS, "Go to the partners", ":material/handshake:")
