"""What one rating rests on: its lines of evidence with their files, and the form for one more."""

import streamlit as st

from assessments.errors import BadInput, LooksLikeClientData, ToolkitError
from assessments.rules.files import KINDS
from assessments.rules.ratings import strength
from assessments.use_cases.evidence import (
    EVIDENCE_KINDS,
    LONGEST_REVIEW,
    add_evidence,
    remove_evidence,
    remove_evidence_file,
    revise_evidence,
)
from assessments.use_cases.evidence_files import LARGEST_SAID, STATEMENT, Brought, evidence_file
from assessments.use_cases.sheets import EvidenceDetails, EvidenceLine
from pages.assess.card import Card
from pages.shared import delivery, house, words
from pages.shared.drafts import Field
from reports import confidence

NO_FILE = (
    "Nothing was saved: you say that you bring a file, and none has arrived. One of more than "
    f"{LARGEST_SAID} is not sent at all. Choose a smaller one, or the pages that matter; or take the tick away."
)
EDITED, ADDED = "details.edited", "details.added"


def show(card: Card) -> None:
    found, held = strength(card.row.rated.evidence), confidence.of_row(card.row, house.today())
    said = f"**Evidence** · {words.STRENGTHS[found]}"
    if found < 2:
        said += ": shown hollow in the charts"
    if held < found:
        said += f" · confidence {held} of 4, one less than that, because some of it is stale"
    st.markdown(said)
    for line in card.row.evidence:
        _line(card.field, line, card.frozen)
    edited = next((line for line in card.row.evidence if st.session_state.get(EDITED) == line.id), None)
    if not card.frozen:
        _form(card.field, edited)


def _line(field: Field, line: EvidenceLine, frozen: bool) -> None:
    about = line.details
    parts = [f"**{words.EVIDENCE[about.kind]}**: {words.plain(about.what)}"]
    if about.as_of:
        parts.append(f"as of {words.day(about.as_of)}")
    if again := confidence.look_again(about, house.today()):
        parts.append(again)
    if about.link:
        parts.append(f"[link]({words.address(about.link)})")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(", ".join(parts))
        if not frozen:
            _buttons(field, line)
    if line.file_name:
        label = f"{words.plain(line.file_name)} ({delivery.size(line.file_size)})"
        delivery.offer(label, f"file-{line.id}", lambda: house.read(evidence_file, line.id), line.id)


def _buttons(field: Field, line: EvidenceLine) -> None:
    if st.button("Change", key=f"edit-{line.id}", type="tertiary"):
        st.session_state[EDITED] = line.id
        st.rerun()
    both = {"Remove": remove_evidence} | ({"Remove its file": remove_evidence_file} if line.file_name else {})
    for label, remove in both.items():
        pressed = st.button(label, key=f"{label}-{line.id}", type="tertiary")
        if pressed and house.done(remove, field.assessment, line.id, line.version):
            st.rerun()


def _form(field: Field, edited: EvidenceLine | None) -> None:
    about = edited.details if edited else EvidenceDetails("document", "")
    added = st.session_state.setdefault(ADDED, 0)
    name = edited.id if edited else f"new-{field.assessment}-{field.indicator}-{added}"
    with st.form(f"evidence-{name}", clear_on_submit=False):
        details = _details(about)
        file, stated = _brought(edited, name)
        refused = st.session_state.get(f"refused-{name}")
        stopped = isinstance(refused, LooksLikeClientData)
        because = st.text_input("Why it is not a client's data", key=f"because-{name}") if stopped else ""
        if refused:
            st.error(words.plain(str(refused)))
        if st.form_submit_button("Save the change" if edited else "Add this evidence"):
            _save(field, edited, details, because, file, stated, name)


def _details(about: EvidenceDetails) -> EvidenceDetails:
    first, second, third = st.columns([2, 1, 1], vertical_alignment="bottom")
    kind = first.selectbox(
        "Kind of evidence", EVIDENCE_KINDS, EVIDENCE_KINDS.index(about.kind), lambda kind: words.EVIDENCE[kind]
    )
    as_of = second.date_input("As of", value=about.as_of, max_value=house.today(), format="MM/DD/YYYY")
    months = third.number_input(
        "Look again after (months)",
        min_value=1,
        max_value=LONGEST_REVIEW,
        value=about.review_months,
        step=1,
        help="Counted from the date beside it. After that it is stale: confidence goes down, the score stays.",
    )
    what = st.text_input("What it is", value=about.what, placeholder="Admission policy 4.2, section 3")
    link = st.text_input("Link, if there is one", value=about.link, placeholder="https://")
    return EvidenceDetails(kind, what, as_of, link, months)


def _brought(edited: EvidenceLine | None, name: str) -> tuple[Brought | None, bool]:
    """With whether the statement was made: of a file that the browser did not send we know nothing else."""
    label = "File, in place of the one that is there" if edited and edited.file_name else "File, if there is one"
    file = st.file_uploader(f"{label} (at most {LARGEST_SAID})", list(KINDS), key=f"brought-{name}", max_upload_size=10)
    stated = st.checkbox(f"I bring a file and have looked through it. {STATEMENT}.", key=f"stated-{name}")
    return Brought(file.name, file.getvalue(), stated) if file else None, stated


def _save(
    field: Field,
    edited: EvidenceLine | None,
    details: EvidenceDetails,
    because: str,
    file: Brought | None,
    stated: bool,
    name: str,
) -> None:
    try:
        if stated and file is None:
            raise BadInput(NO_FILE)
        if edited:
            house.write(revise_evidence, field.assessment, edited.id, details, edited.version, because, file)
        else:
            house.write(add_evidence, field.assessment, field.indicator, details, because, file)
    except ToolkitError as error:
        st.session_state[f"refused-{name}"] = error
    else:
        st.session_state.pop(EDITED, None)
        st.session_state.pop(f"refused-{name}", None)
        st.session_state[ADDED] += 1  # the next form is a new one, and empty
    st.rerun()
