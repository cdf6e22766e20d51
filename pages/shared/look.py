"""What Streamlit's theme cannot say: a handful of rules, and the one constant script of the house.

The script presses the hidden button "resync" when the connection comes back, because Streamlit then waits for a click;
it hands over what is being typed after a pause, lets a page be left only once that is on its way, and asks before a
tab with unsaved text is closed.
"""

from pathlib import Path

import streamlit as st

ICON = Path(__file__).parent / "plumbline.png"
"""A file of ours: Streamlit would fetch an icon by name from elsewhere."""
RESYNC = "resync"

STYLE = """<style>
.block-container { padding-top: 3rem; padding-bottom: 4rem; max-width: 80rem; }
button[kind="segmented_controlActive"], button[kind="segmented_controlActive"]:hover { color: inherit; }
button[kind^="primary"] { color: light-dark(#ffffff, #0a1214); }
.st-key-resync, [class*="st-key-shown-"] { display: none; }
[class*="st-key-card-"], [class*="st-key-folded-"] {
  border-color: color-mix(in srgb, currentColor 25%, transparent); gap: 0.5rem; padding: 0.75rem 1rem;
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

SCRIPT = """<script>
if (!window.plumbline) {
  window.plumbline = true;
  let typed = null, handed = 0, wait = 0, lost = false;
  const press = () => document.querySelector(".st-key-resync button")?.click();
  const app = () => document.querySelector("[data-test-connection-state]");
  const online = () => app()?.getAttribute("data-test-connection-state") === "CONNECTED";
  const enter = {key: "Enter", code: "Enter", keyCode: 13, ctrlKey: true, bubbles: true};
  const hand = () => {
    if (!typed?.isConnected || !online()) return;
    typed.dispatchEvent(new KeyboardEvent("keydown", enter));
    typed = null;
    handed = Date.now();
  };
  const long = (field) => field?.tagName === "TEXTAREA" && !field.closest("form, [data-testid='stForm']");
  document.addEventListener("input", (event) => {
    if (!long(event.target)) return;
    typed = event.target;
    clearTimeout(wait);
    wait = setTimeout(hand, 1500);
  }, true);
  document.addEventListener("pointerdown", (event) => { if (event.target !== typed) hand(); }, true);
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || Date.now() - handed > 500) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    handed = 0;
    setTimeout(() => link.click(), 300);
  }, true);
  document.addEventListener("focusout", (event) => { if (event.target === typed && online()) typed = null; }, true);
  window.addEventListener("beforeunload", (event) => {
    if (typed?.isConnected) { hand(); event.preventDefault(); }
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.(".st-key-next-unrated")) return;
    const cards = [...document.querySelectorAll('[class*="st-key-levels-"]')];
    const open = cards.find((card) => !card.querySelector("input:checked"));
    open?.scrollIntoView({block: "center", behavior: "smooth"});
    open?.querySelector("input")?.focus({preventScroll: true});
  });
  new MutationObserver(() => {
    if (!online()) { lost = true; return; }
    if (!lost) return;
    lost = false;
    hand();
    setTimeout(press, 50);
  }).observe(document.body, {attributes: true, subtree: true, attributeFilter: ["data-test-connection-state"]});
}
</script>"""


def furnish() -> None:
    """Styles, the script, and the button that the script presses; the same on every run and on every page."""
    st.html(STYLE)
    st.html(SCRIPT, unsafe_allow_javascript=True)
    st.button("Read again", key=RESYNC)
