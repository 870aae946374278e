// Opens and closes the search, and fetches it the first time.
const toggle = document.getElementById("__search");
const panel = document.querySelector(".md-search");
const input = panel?.querySelector("input");
const results = panel?.querySelector(".md-search-result__list");
let files = dataset.search?.split(/\s+/) ?? [];

const load = async () => {
  const [sheet, ...scripts] = files;
  if (!sheet) return;
  files = [];
  put(results, { "aria-busy": true });
  await Promise.all([fetchSheet(sheet), ...scripts.map((src) => fetchPart("script", { src }))]);
  put(results, { "aria-busy": false });
};

const set = (open) => {
  toggle.checked = open;
  if (opener) put(opener, { "aria-expanded": open });
  const shown = open && results.childElementCount > 0;
  if (input.getAttribute("role")) put(input, { "aria-expanded": shown });
};
const open = () => {
  load();
  set(true);
};
const turnTo = () => {
  open();
  input.focus();
};

const label = document.querySelector(".md-header label[data-for=search]");
const opener = label && buttonFor(label, turnTo);

// The focus goes back to the button, or stays in the field, which opens again by typing.
const leave = () => {
  set(false);
  if (opener?.offsetParent) opener.focus();
};

if (input) {
  set(false);
  input.addEventListener("focus", open);
  input.addEventListener("input", open);
  input.addEventListener("keydown", (event) => {
    if (toggle.checked || !["Enter", "ArrowDown"].includes(event.key)) return;
    event.preventDefault();
    event.stopImmediatePropagation(); // no result is followed that nobody sees
    open();
  });
  // No single key does anything, so it takes two: Ctrl or ⌘ with K.
  const isApple = /Mac|iP/.test(navigator.platform), control = isApple ? "metaKey" : "ctrlKey";
  input.title = isApple ? "⌘K" : "Ctrl+K";
  document.addEventListener("keydown", (event) => {
    if (!event[control] || event.shiftKey || event.altKey || !/^k$/i.test(event.key)) return;
    event.preventDefault();
    turnTo();
  });
  panel.querySelector("label.md-search__icon")?.addEventListener("click", (event) => {
    event.preventDefault();
    if (toggle.checked) leave();
    else turnTo();
  });
  panel.addEventListener("keydown", ({ key }) => key === "Escape" && leave());
  panel.addEventListener("click", ({ target }) => target.closest("a") && set(false));
  const outside = (target) => target && !panel.contains(target) && !opener?.contains(target);
  panel.addEventListener("focusout", ({ relatedTarget }) => outside(relatedTarget) && set(false));
  document.addEventListener("pointerdown", ({ target }) => outside(target) && set(false));
}
