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
    if (!link || Date.now() - handed > 500 || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    handed = 0;
    setTimeout(() => link.click(), 300);
  }, true);
  const shut = () => document.querySelectorAll(".doors [open]").forEach((one) => { one.open = false; });
  // Led as the way back is, so that the session goes on; with a key held, the browser opens it as it opens any link.
  document.addEventListener("click", (event) => {
    const door = event.target.closest?.(".doors a, a.leads");
    if (!door) { if (!event.target.closest?.(".doors")) shut(); return; }
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (door.matches(".doors-skip")) {
      const page = document.querySelector("[data-testid=stMain] h1");
      if (page) { page.tabIndex = -1; page.focus(); }
      return;
    }
    if (event.detail > 1 || !online()) return;
    setTimeout(shut, 300);  // not at once: the second click of two would meet what lies beneath
    if (new URL(door.href).pathname !== location.pathname) history.pushState({}, "", door.href);
    window.dispatchEvent(new PopStateEvent("popstate"));
  });
  document.addEventListener("keydown", (event) => {
    const bar = event.key === "Escape" && event.target.closest?.(".doors");
    const open = bar && (event.target.closest("[open]") ?? bar.querySelector("[open]"));
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });
  document.addEventListener("focusout", (event) => { if (event.target === typed && online()) typed = null; }, true);
  window.addEventListener("beforeunload", (event) => {
    if (typed?.isConnected) { hand(); event.preventDefault(); }
    if (document.querySelector('[class*="st-key-waits-"]')) event.preventDefault();
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.(".st-key-next-unrated")) return;
    const cards = [...document.querySelectorAll('[class*="st-key-levels-"]')];
    const open = cards.find((card) => !card.querySelector("input:checked"));
    open?.scrollIntoView({block: "center", behavior: "smooth"});
    open?.querySelector("input")?.focus({preventScroll: true});
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.(".st-key-next-vignette")) return;
    document.querySelector(".st-key-vignette")?.scrollIntoView({block: "start", behavior: "smooth"});
  });
  document.addEventListener("keydown", (event) => {
    const reason = document.querySelector('.st-key-meeting [class*="st-key-agree-meeting-because-"] input');
    const held = event.ctrlKey || event.metaKey || event.altKey;
    if (event.target === reason) {
      if (event.key === "Escape" || (event.key === "Enter" && held)) setTimeout(() => reason.blur());
    } else if (reason && event.key === "t" && !held && !event.target.closest?.("input, textarea, select")) {
      event.preventDefault();
      reason.focus();
    }
  });
  const knock = () => fetch("/_stcore/host-config", {cache: "no-store"})
    .then((answer) => { if (answer.status === 401) { typed = null; location.reload(); } }, () => null);
  const takenAlong = new Set();
  // Streamlit shows a label as Markdown, and names its field to who listens with the escapes still in it.
  const named = new WeakMap(), ESCAPE = /\\([!-\/:-@[-`{-~])/g;
  const name = (field) => {
    const label = field.getAttribute("aria-label");
    if (named.get(field) === label) return;
    named.set(field, label.replace(ESCAPE, "$1"));
    field.setAttribute("aria-label", named.get(field));
  };
  const see = () => {
    document.querySelectorAll('[aria-label*="\\\\"]').forEach(name);
    for (const {href} of document.querySelectorAll('[class*="st-key-delivery-"] a[href^="/download/"]')) {
      if (takenAlong.has(href)) continue;
      takenAlong.add(href);
      Object.assign(document.createElement("a"), {href, download: ""}).click();
    }
  };
  see();
  new MutationObserver(see).observe(document.body, {childList: true, subtree: true});
  new MutationObserver(() => {
    if (!online()) { if (!lost) knock(); lost = true; return; }
    if (!lost) return;
    lost = false;
    hand();
    setTimeout(press, 50);
  }).observe(document.body, {attributes: true, subtree: true, attributeFilter: ["data-test-connection-state"]});
}
