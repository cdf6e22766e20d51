"""What Streamlit's theme cannot say: a handful of rules, and the one constant script of the house.

The script presses the hidden button "resync" when the connection comes back, because Streamlit then waits for a click;
it hands over what is being typed after a pause, lets a page be left only once that is on its way, asks before a tab
with unsaved text is closed, and takes a file that was made from its link, once.
"""

from base64 import b64encode
from pathlib import Path

import streamlit as st

ICON = "data:image/png;base64," + b64encode((Path(__file__).parent / "plumbline.png").read_bytes()).decode()
"""Of ours: Streamlit would fetch an icon by name from elsewhere, and read a file again on every run."""
RESYNC = "resync"
CONSTANT = Path(__file__).parent / "look.js"
"""The door allows it by its hash, which it takes from the same file."""

STYLE = """<style>
.block-container { padding-top: 3rem; padding-bottom: 4rem; max-width: 80rem; }
button[kind="segmented_controlActive"], button[kind="segmented_controlActive"]:hover { color: inherit; }
button[kind^="primary"] { color: light-dark(#ffffff, #0a1214); }
.st-key-resync, [class*="st-key-shown-"] { display: none; }
[class*="st-key-card-"], [class*="st-key-folded-"] {
  border-color: color-mix(in srgb, currentColor 25%, transparent); gap: 0.5rem; padding: 0.75rem 1rem;
}
[class*="st-key-card-"] > *, [class*="st-key-folded-"] > * { flex: 1 1 0; min-width: 12rem; }
[class*="st-key-card-"] > [data-testid="stLayoutWrapper"], [class*="st-key-folded-"] > [data-testid="stLayoutWrapper"],
[class*="st-key-card-"] > [class*="st-key-levels-"], [class*="st-key-folded-"] > [class*="st-key-levels-"] {
  flex: 1 1 100%;
}
[class*="st-key-card-"] > [class*="st-key-door-"], [class*="st-key-folded-"] > [class*="st-key-door-"] {
  flex: 0 0 auto;
}
[class*="st-key-levels-"] [data-testid="stWidgetLabel"] p { font-size: 1rem; line-height: 1.4; }
[class*="st-key-levels-"] [role="radiogroup"] {
  display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); gap: 0.375rem; width: 100%;
}
[class*="st-key-levels-"], [class*="st-key-levels-"] > div { width: 100%; }
[class*="st-key-levels-"] [role="radiogroup"] > div {
  margin: 0; padding: 0.375rem 0.5rem; border-radius: 0.375rem;
  border: 1px solid color-mix(in srgb, currentColor 14%, transparent);
}
[class*="st-key-levels-"] [role="radiogroup"] > div:has(input:checked) {
  border-color: light-dark(#1f6f78, #5fb8c1); box-shadow: inset 0 0 0 1px light-dark(#1f6f78, #5fb8c1);
  background: color-mix(in srgb, light-dark(#1f6f78, #5fb8c1) 12%, transparent);
}
[class*="st-key-levels-"] [role="radiogroup"] p { line-height: 1.35; }
[class*="st-key-levels-"] [data-testid="stRadioCaption"] * { color: inherit; opacity: 1; }
[class*="st-key-levels-"] [data-testid="stRadioCaption"] p { font-size: 0.8125rem; }
[class*="st-key-folded-"] [role="radiogroup"] > div:not(:has(input:checked)) [data-testid="stRadioCaption"] {
  display: none;
}
[class*="st-key-card-"] [data-testid="stMarkdown"] p, [class*="st-key-folded-"] [data-testid="stMarkdown"] p {
  font-size: 0.875rem;
}
@media (max-width: 640px) {
  .block-container { padding-left: 1rem; padding-right: 1rem; }
  [class*="st-key-levels-"] [role="radiogroup"] { grid-template-columns: 1fr; }
}
</style>"""

SCRIPT = f"<script>{CONSTANT.read_text(encoding='utf-8')}</script>"


def furnish() -> None:
    """Styles, the script, and the button that the script presses; the same on every run and on every page."""
    st.html(STYLE)
    st.html(SCRIPT, unsafe_allow_javascript=True)
    st.button("Read again", key=RESYNC)
