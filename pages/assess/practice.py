"""Try it first: invented programs to rate, one at a time, and one's own levels beside the reference."""

from collections.abc import Sequence

import streamlit as st

from assessments.errors import BadInput
from assessments.rules.agreement import CONVENTION
from assessments.rules.text import name_key
from assessments.rules.vignettes import Deviation
from assessments.rules.vignettes import words as in_words
from assessments.use_cases.trials import Compared, Tried, checked_rater, deviation_of, take_out_trials, trials
from pages.assess import trying
from pages.shared import choices, house, reading, words
from standards.model import Checklist
from standards.vignettes import Vignette, Vignettes

NAME = "practice.name"
NEXT = "practice.next"


def show(checklist: Checklist, about: Vignettes) -> None:
    found = house.read(trials, *checklist.key)
    st.markdown(
        f"{words.count(len(about.vignettes), 'vignette')}, short descriptions of programs that do not exist. "
        f"{about.about} This is practice: nothing of it enters a score, and nobody passes or fails."
    )
    rater = _name()
    if found:
        so_far = (f"{words.plain(one.rater)} ({len(one.given)} of {one.total})" for one in found.values())
        st.markdown(f"**Practiced so far:** {', '.join(so_far)}. Type one of these names to go on with it.")
    if not name_key(rater):
        st.info("Give your name, and the first vignette opens.")
        return
    if refused := _refused(rater):
        st.error(words.plain(refused), icon=":material/error:")
        return
    tried = found.get(name_key(rater)) or Tried(rater, len(about.references))
    with st.container(key="vignette"):  # the house's script brings its top into view on the way to the next one
        vignette = _choose(about, tried)
        _vignette(checklist, rater, vignette, tried)
        _next(about, vignette, tried)
    if len(tried.compared) > 1:
        _over_all(tried)
    if tried.given:
        _start_again(checklist, rater)


def _name() -> str:
    """Kept while the tab is open: a field that is not on the screen forgets what stood in it."""
    kept: str = st.session_state.get(NAME, "")
    rater = st.text_input(
        "Your name",
        value=kept,
        placeholder="As your colleagues know you",
        key="practice-name",
    )
    st.session_state[NAME] = rater
    return rater


def _refused(rater: str) -> str:
    """What every rating under this name would be refused with."""
    try:
        checked_rater(rater)
    except BadInput as wrong:
        return str(wrong)
    return ""


def _choose(about: Vignettes, tried: Tried) -> Vignette:
    by_id = {one.id: one for one in about.vignettes}
    key = f"vignette-{trying.mark(tried.rater)}"
    if NEXT in st.session_state:
        st.session_state[key] = st.session_state.pop(NEXT)
    elif key not in st.session_state:
        st.session_state[key] = next((name for name in by_id if name not in tried.compared), next(iter(by_id)))
    chosen = st.segmented_control(
        "Vignette",
        list(by_id),
        format_func=choices.steady(
            key,
            by_id,
            lambda name: f"{by_id[name].title}{' :material/check:' if name in tried.compared else ''}",
            required=True,
        ),
        key=key,
        required=True,
        label_visibility="collapsed",
    )
    return by_id[chosen or next(iter(by_id))]


def _vignette(checklist: Checklist, rater: str, vignette: Vignette, tried: Tried) -> None:
    st.subheader(words.plain(vignette.title))
    st.markdown(reading.text(vignette.text))
    lines = tried.compared.get(vignette.id)
    if not lines:
        asked = words.count(len(vignette.references), "rating")
        st.markdown(f"**{asked} to give.** The reference is shown when all of them are given.")
        trying.rate(checklist, rater, vignette, tried)
        return
    trying.tell_refused(checklist, vignette.id)
    st.markdown("#### You and the reference")
    for line in lines:
        _line(checklist, line)
    _figures(deviation_of(lines))
    if st.button("Rate this one again", key="again-one", icon=":material/replay:") and house.done(
        take_out_trials, *checklist.key, rater, vignette.id
    ):
        st.rerun()


def _line(checklist: Checklist, line: Compared) -> None:
    indicator, ladder = checklist.indicator[line.indicator], checklist.ladder_of[line.indicator]

    def level(value: int) -> str:
        return f"{value} {words.plain(ladder.level(value).name)}"

    how = "same level" if not line.apart else f"{words.count(line.apart, 'level')} apart"
    with st.container(border=True):
        st.markdown(
            f"**{line.indicator}** {reading.text(indicator.text)}\n\n"
            f"You: **{level(line.own)}** · Reference: **{level(line.reference)}** · {how}\n\n"
            f"{reading.text(line.why)}"
        )


def _figures(found: Deviation) -> None:
    seen = found.agreement
    figures: dict[str, int | str] = {
        "Same level": seen.exact,
        "One level apart": seen.within_one - seen.exact,
        "Two or more apart": seen.compared - seen.within_one,
        "Levels apart, on average": words.mean(seen.mean_apart),
    }
    with st.container(horizontal=True, gap="large"):
        for label, figure in figures.items():
            st.metric(label, figure, width="content")
    st.markdown(in_words(found))


def _next(about: Vignettes, vignette: Vignette, tried: Tried) -> None:
    """Of those still open, the first after this one."""
    order: Sequence[Vignette] = about.vignettes
    at = order.index(vignette) + 1
    left = [one for one in (*order[at:], *order[:at]) if one.id not in tried.compared]
    if vignette.id not in tried.compared or not left:
        return
    if st.button(f"Next: {left[0].title}", type="primary", key="next-vignette"):
        st.session_state[NEXT] = left[0].id
        st.rerun()


def _over_all(tried: Tried) -> None:
    found = tried.deviation
    st.subheader(f"Over all: {len(tried.given)} of {tried.total} rated")
    _figures(found)
    if not tried.finished:
        st.markdown("The convention below is looked at when all vignettes are rated.")
    elif found.agreement.ready:
        st.success("**Ready to rate, by the convention below.**", icon=":material/check_circle:")
    else:
        st.info(
            "**Not within the convention below yet.** Talk over the ones where you differ with a colleague. You can "
            "start to rate all the same.",
            icon=":material/forum:",
        )
    st.markdown(CONVENTION)


def _start_again(checklist: Checklist, rater: str) -> None:
    label = "Take out all my practice ratings"
    if st.button(label, key="again-all", type="tertiary") and house.done(take_out_trials, *checklist.key, rater):
        house.say("Your practice ratings are taken out. You can start again, or leave it.")
        st.rerun()
