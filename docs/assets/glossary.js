// A field above the glossary: only entries that hold what is typed stay in sight, and groups that
// have any, with the heading above them.
const asEntry = (term) => {
  const parts = [term, term.nextElementSibling];
  return { parts, words: parts.map((part) => part.textContent).join(" ").toLowerCase() };
};
const groups = [...document.querySelectorAll("dl.glossary")].map((list) => {
  const above = list.previousElementSibling;
  const headed = above.matches(".heading") && !above.querySelector("h1");
  const entries = [...list.querySelectorAll("dt")].map(asEntry);
  return { parts: headed ? [above, list] : [list], entries };
});

const field = make("input", { type: "search" }), status = make("span", { role: "status" });
const label = make("label", {}, say("筛选词条", "Filter the entries"), "\u2002", field);
groups[0].parts[0].before(make("p", { className: "filter" }, label, " ", status));

const display = (parts, shown) => parts.forEach((part) => { part.hidden = !shown; });
const show = () => {
  const wanted = field.value.trim().toLowerCase();
  let shown = 0;
  for (const { parts, entries } of groups) {
    const found = entries.filter(({ words }) => words.includes(wanted));
    entries.forEach((entry) => display(entry.parts, found.includes(entry)));
    display(parts, found.length);
    shown += found.length;
  }
  status.textContent = say(`${shown}条`, shown === 1 ? "1 entry" : `${shown} entries`);
};
// Who follows a link to an entry or a group sees it.
addEventListener("hashchange", () => {
  const place = named(location.hash);
  if (!place?.closest("[hidden]")) return;
  field.value = "";
  show();
  place.scrollIntoView();
});
field.addEventListener("input", show);
show();
