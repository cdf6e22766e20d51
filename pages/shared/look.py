"""What Streamlit's theme cannot say: a handful of rules, and the one constant script of the house.

The script presses the hidden button "resync" when the connection comes back, because Streamlit then waits for a click;
it hands over what is being typed after a pause, lets a page be left only once that is on its way, asks before a tab
with something unsaved is closed, names fields without the escapes of their labels, takes a file that was made from
its link, once, brings the next vignette into view, leads a key of the meeting to its reason, and a click on a door, or
on a link of ours in a piece of HTML, to its page.
"""

from base64 import b64encode
from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from pages.shared import drafts

ICON = "data:image/png;base64," + b64encode((Path(__file__).parent / "plumbline.png").read_bytes()).decode()
"""Of ours: Streamlit would fetch an icon by name from elsewhere, and read a file again on every run."""
RESYNC = "resync"
CONSTANT = Path(__file__).parent / "look.js"
"""The door allows it by its hash, which it takes from the same file."""

CARDS = "cards"
"""The container of a part's cards. Its rules name whole classes and nothing that is above what they style changes:
a rule that begins with a part of a class, or with `:has`, has the browser look at all cards again at every click.
"""

ROSTER = "roster"
"""The container of its tables: a long name goes on in the next line, and is never cut."""

LISTED = "listed"
"""The container of a table of records: a code and a quarter keep to one line on a phone."""

ROWS = "rows"
"""Around `CARDS`: the levels stand one under the other, name and words side by side, where their words are long."""

FOUND = "found"
"""The container of tables whose cells name their column: on a phone a row is a card, and there alone the names show."""

STYLE = """<style>
.block-container { padding-top: 2rem; padding-bottom: 4rem; max-width: 80rem; }
button[kind="segmented_controlActive"], button[kind="segmented_controlActive"]:hover { color: inherit; }
button[kind^="primary"] { color: light-dark(#ffffff, #0a1214); }
.st-key-resync, [class*="st-key-shown-"] { display: none; }
.doors { position: fixed; top: 0; z-index: 999991; }
[data-testid="stHeader"] { height: 3.25rem; min-height: 0; background: light-dark(#ffffff, #11181a); }
.st-key-doors .stElementContainer { opacity: 1 !important; transition: none !important; }
.doors .doors-skip { position: absolute; top: 0.5rem; z-index: 1; background: light-dark(#ffffff, #182225); }
.doors-skip:not(:focus) { clip-path: inset(50%); }
.doors ul { list-style: none; margin: 0; padding: 0; }
.doors li, .doors a, .doors summary { margin: 0; font-size: 0.875rem; }
.doors > ul { display: flex; align-items: center; height: 3.25rem; gap: 0.25rem; }
.doors a, .doors summary {
  display: block; padding: 0.375rem 0.625rem; border-radius: 0.25rem; cursor: pointer; white-space: nowrap;
}
.doors a, .doors a:hover { color: inherit; text-decoration: none; }
.doors a:hover, .doors summary:hover { background: color-mix(in srgb, currentColor 8%, transparent); }
.doors :is(a, summary):focus-visible { outline: 2px solid light-dark(#1f6f78, #5fb8c1); outline-offset: -2px; }
.doors [aria-current], .doors .here { font-weight: 600; }
.doors summary::-webkit-details-marker { display: none; }
.doors summary::after { content: " \\25be"; }
.doors details ul {
  position: absolute; padding: 0.375rem; border-radius: 0.375rem; background: light-dark(#ffffff, #182225);
  border: 1px solid color-mix(in srgb, currentColor 25%, transparent); box-shadow: 0 4px 16px rgb(0 0 0 / 0.16);
}
.doors-all { display: none; }
@media print { .doors { display: none; } }
.st-key-cards > * > .stHorizontalBlock {
  border-color: color-mix(in srgb, currentColor 25%, transparent); gap: 0.5rem; padding: 0.75rem 1rem;
}
.st-key-cards > * > .stHorizontalBlock > * { flex: 1 1 0; min-width: 12rem; }
.st-key-cards > * > .stHorizontalBlock > [data-testid="stLayoutWrapper"],
.st-key-cards > * > .stHorizontalBlock > :first-child { flex: 1 1 100%; }
.st-key-cards > * > .stHorizontalBlock > [class*="st-key-door-"] { flex: 0 0 auto; min-width: 0; }
.st-key-cards .stElementContainer { opacity: 1 !important; transition: none !important; }
.st-key-cards .stRadio * { transition: none !important; }
.st-key-cards .stRadio { width: 100%; }
.st-key-cards .stRadio p { color: light-dark(#0a1214, #f2f6f6); }
.st-key-cards .stRadio [data-testid="stWidgetLabel"] p { font-size: 1rem; line-height: 1.4; }
.st-key-cards [role="radiogroup"] {
  display: grid; grid-template-columns: repeat(auto-fill, minmax(10.5rem, 1fr)); gap: 0.375rem; width: 100%;
}
.st-key-cards [role="radiogroup"] > div {
  margin: 0; padding: 0.375rem 0.5rem; border-radius: 0.375rem;
  border: 1px solid color-mix(in srgb, currentColor 14%, transparent);
}
.st-key-cards [role="radiogroup"] > [data-selected] {
  border-color: light-dark(#1f6f78, #5fb8c1); box-shadow: inset 0 0 0 1px light-dark(#1f6f78, #5fb8c1);
  background: color-mix(in srgb, light-dark(#1f6f78, #5fb8c1) 12%, transparent);
}
.st-key-cards [role="radiogroup"] p { line-height: 1.35; }
.st-key-cards [data-testid="stRadioOption"] > div { align-items: flex-start; }
.st-key-cards [role="radiogroup"] em { display: block; font-style: normal; font-size: 0.8125rem; }
.st-key-cards .stMarkdown p { font-size: 0.875rem; }
.st-key-rows [role="radiogroup"] { grid-template-columns: 1fr; gap: 0.25rem; }
.st-key-rows [role="radiogroup"] > div { padding: 0.25rem 0.5rem; }
.shown, .gaps { overflow-wrap: anywhere; }
:is(.shown, .gaps) .typed { white-space: pre-line; }
.shown { width: 100%; border-collapse: collapse; font-size: 0.875rem; }
.shown :is(th, td) {
  padding: 0.375rem 0.5rem; border: 0; text-align: left; vertical-align: top; font-weight: 400;
  border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent);
}
.shown thead th { opacity: 0.75; }
.stHtml .gaps { list-style: none; margin: 0; padding: 0; display: grid; gap: 1rem; }
.stHtml .gaps li {
  display: flex; align-items: center; gap: 1rem; margin: 0; padding: 1rem; border-radius: 0.25rem;
  border: 1px solid color-mix(in srgb, currentColor 25%, transparent);
}
.gaps li > div { flex: 1; min-width: 0; }
.gaps p { margin: 0; }
.leads, .leads:visited { color: light-dark(#17606a, #7fcbd3); }
.gaps .ways { display: flex; gap: 1rem; white-space: nowrap; }
.gaps .badge {
  padding: 0.125rem 0.375rem; border-radius: 0.25rem; font-size: 0.875rem;
  background: color-mix(in srgb, currentColor 10%, transparent);
}
.gaps .urgent { color: light-dark(#a11d1d, #ff9d94); }
.st-key-found td:not(:first-child) p > em:first-child { display: none; }
.st-key-roster td:first-child p { min-width: 5rem; overflow-wrap: anywhere; }
.st-key-listed td:nth-child(2) p { white-space: nowrap; }
.st-key-listed td:first-child p { min-width: 3.25rem; }
@media (max-width: 1080px) {
  .doors { margin-left: 2.25rem; }
  .doors-all { display: block; }
  .doors-all summary { margin-top: 0.5rem; }
  .doors-all + ul { display: none; }
  .doors-all[open] + ul {
    display: block; position: fixed; top: 3.25rem; min-width: 18rem; height: auto; max-height: calc(100vh - 3.25rem);
    overflow: auto; padding: 0.5rem 1rem 2rem; background: light-dark(#ffffff, #11181a);
    box-shadow: 0 4px 16px rgb(0 0 0 / 0.16);
  }
  .doors a, .doors summary { padding: 0.625rem; }
  .doors details ul { position: static; border: 0; box-shadow: none; padding: 0 0 0 1rem; background: none; }
}
@media (max-width: 640px) {
  .doors-all[open] + ul { inset: 3.25rem 0 0; max-height: none; }
  .block-container { padding-left: 1rem; padding-right: 1rem; }
  .st-key-cards [role="radiogroup"] { grid-template-columns: 1fr; }
  .stHtml .gaps li { display: block; }
  .gaps .ways { margin-top: 0.5rem; }
  .st-key-found thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .st-key-found tr, .st-key-found td { display: block; }
  .st-key-found tr { padding: 0.5rem 0; border-bottom: 1px solid color-mix(in srgb, currentColor 20%, transparent); }
  .st-key-found td { padding: 0.125rem 0; border: 0; }
  .st-key-found td:not(:first-child) p > em:first-child { display: inline; font-style: normal; }
}
@media (min-width: 641px) {
  .st-key-rows [data-testid="stRadioOption"] p { display: grid; grid-template-columns: 8.5rem 1fr; gap: 0.5rem; }
}
</style>"""

SCRIPT = f"<script>{CONSTANT.read_text(encoding='utf-8')}</script>"


def furnish() -> None:
    """Styles, the script, and the button that the script presses; the same on every run and on every page."""
    st.html(STYLE)
    st.html(SCRIPT, unsafe_allow_javascript=True)
    st.button("Read again", key=RESYNC, on_click=drafts.draw_all)


def show_own_level_only(places: Sequence[int]) -> None:
    """In the cards at these places, counted from 0, the words of levels that are not chosen are left out; where levels
    stand in rows, the bare names go side by side and the chosen one alone keeps its row.
    """
    cards = ", ".join(f":nth-child({place + 1})" for place in places)
    choice = '[role="radiogroup"] > div:not([data-selected]) em'
    group = f'.st-key-{ROWS} .st-key-{CARDS} > :is({cards}) [role="radiogroup"]'
    st.html(
        f"<style>.st-key-{CARDS} > :is({cards}) {choice} {{ display: none; }} @media (min-width: 641px) {{ "
        f"{group} {{ grid-template-columns: repeat(auto-fill, minmax(8rem, 1fr)); }} "
        f"{group} > [data-selected] {{ grid-column: 1 / -1; }} }}</style>"
    )
