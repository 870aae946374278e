// Opens and closes the search, and fetches it the first time the reader turns to it: nothing of it is loaded before.
const toggle = document.getElementById("__search");
const panel = document.querySelector(".md-search");
const input = panel?.querySelector("input");
const files = document.documentElement.dataset.search?.split(" ") ?? [];

const results = panel?.querySelector(".md-search-result__list");

const load = () => {
  if (files.length) results.setAttribute("aria-busy", "true");
  for (const file of files.splice(0)) {
    const isSheet = file.endsWith(".css"), part = document.createElement(isSheet ? "link" : "script");
    const ready = () => results.setAttribute("aria-busy", String(part !== document.head.lastElementChild));
    document.head.append(Object.assign(part, isSheet ? { rel: "stylesheet", href: file } : { src: file, async: false, onload: ready }));
  }
};

// What search.js tells a screen reader holds only while the results are on the screen.
const tell = (shown) => input.getAttribute("role") && input.setAttribute("aria-expanded", String(shown && results.childElementCount > 0));

const open = () => {
  load();
  tell(true);
  toggle.checked = true;
  opener?.setAttribute("aria-expanded", "true");
};

const close = () => {
  tell(false);
  toggle.checked = false;
  opener?.setAttribute("aria-expanded", "false");
};

// On a small screen a button opens the search, and the arrow in the field closes it.
const label = document.querySelector(".md-header label[data-for=search]");
const opener = label && buttonFor(label, () => {
  open();
  input.focus();
});

// Where a button opened the search the focus goes back to it; else it stays in the field, which opens again when something is typed.
const leave = () => {
  close();
  if (opener?.offsetParent) opener.focus();
};

if (input) {
  opener?.setAttribute("aria-expanded", "false");
  toggle.checked = false;
  input.addEventListener("focus", open);
  input.addEventListener("input", open);
  input.addEventListener("keydown", (event) => {
    if (toggle.checked || !["Enter", "ArrowDown"].includes(event.key)) return;
    event.preventDefault();
    event.stopImmediatePropagation(); // no result is followed that nobody sees
    open();
  });
  // No single key does anything, so it takes two: Ctrl or ⌘ with K.
  const [control, name] = /Mac|iP/.test(navigator.platform) ? ["metaKey", "⌘K"] : ["ctrlKey", "Ctrl+K"];
  input.title = name;
  document.addEventListener("keydown", (event) => {
    if (!event[control] || event.shiftKey || event.altKey || event.key.toLowerCase() !== "k") return;
    event.preventDefault();
    open();
    input.focus();
  });
  panel.querySelector("label.md-search__icon")?.addEventListener("click", (event) => {
    event.preventDefault();
    if (toggle.checked) return leave();
    input.focus();
    open();
  });
  panel.addEventListener("keydown", (event) => event.key === "Escape" && leave());
  panel.addEventListener("click", (event) => event.target.closest("a") && close());
  panel.addEventListener("focusout", (event) => event.relatedTarget && !panel.contains(event.relatedTarget) && close());
  document.addEventListener("pointerdown", (event) => panel.contains(event.target) || opener?.contains(event.target) || close());
}
