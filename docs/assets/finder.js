// Opens and closes the search, and fetches it the first time.
const toggle = document.getElementById("__search");
const panel = document.querySelector(".md-search");
const input = panel?.querySelector("input");

const load = async () => {
  const [sheet, ...scripts] = dataset.search.match(/\S+/g);
  const results = panel.querySelector(".md-search-result__list");
  put(results, { "aria-busy": true });
  await Promise.all([fetchSheet(sheet), ...scripts.map((src) => fetchPart("script", { src }))]);
  put(results, { "aria-busy": false });
};

const set = (open) => {
  toggle.checked = open;
  put(opener, { "aria-expanded": open });
  if (open) fetched.search ??= load();
  able.search?.(open);
};
const turnTo = () => {
  set(true);
  input.focus();
};
const opener = input && buttonFor(document.querySelector("label[data-for=search]"), turnTo);

// The focus goes back to the button, or stays in the field, which opens again by typing.
const leave = () => {
  set(false);
  if (opener.offsetParent) opener.focus();
};

if (input) {
  set(false);
  input.form.addEventListener("submit", (event) => event.preventDefault());
  for (const type of ["focus", "input"]) input.addEventListener(type, () => set(true));
  toggle.addEventListener("change", () => (toggle.checked ? turnTo() : leave())); // by its label
  // No single key does anything, so it takes two: Ctrl or ⌘ with K.
  const isApple = /Mac|iP/.test(navigator.platform), control = isApple ? "metaKey" : "ctrlKey";
  input.title = isApple ? "⌘K" : "Ctrl+K";
  document.addEventListener("keydown", (event) => {
    if (!event[control] || event.shiftKey || event.altKey || !/^k$/i.test(event.key)) return;
    event.preventDefault();
    turnTo();
  });
  panel.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") leave();
    else if (["Enter", "ArrowDown"].includes(key)) set(true);
  });
  panel.addEventListener("click", ({ target }) => target.closest("a") && set(false));
  for (const type of ["focusin", "pointerdown"]) {
    document.addEventListener(type, ({ target }) => {
      if (!panel.contains(target)) set(false);
    });
  }
}
