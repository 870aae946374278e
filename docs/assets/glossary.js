// A field above the glossary: only entries that hold what is typed stay in sight, in whichever language it is typed.
(() => {
const lists = [...document.querySelectorAll("dl.glossary")];

// An entry is a term and what it means; a group, the list of its entries and the heading above it, if it has one.
const asEntry = (term) => ({ parts: [term, term.nextElementSibling], words: `${term.textContent} ${term.nextElementSibling.textContent}`.toLowerCase() });
const asGroup = (list) => {
  const above = list.previousElementSibling;
  return { parts: above.matches(".heading") && !above.querySelector("h1") ? [above, list] : [list], entries: [...list.querySelectorAll("dt")].map(asEntry) };
};

const display = (parts, shown) => parts.forEach((part) => { part.hidden = !shown; });

const addFilter = () => {
  const groups = lists.map(asGroup);
  const row = document.createElement("p"), label = document.createElement("label"), field = document.createElement("input"), status = document.createElement("span");
  row.className = "filter";
  field.type = "search";
  status.setAttribute("role", "status");
  label.append(say("筛选词条", "Filter the entries"), " ", field);
  row.append(label, " ", status);
  groups[0].parts[0].before(row);

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
    const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!place?.closest("[hidden]")) return;
    field.value = "";
    show();
    place.scrollIntoView();
  });
  field.addEventListener("input", show);
  show();
};
if (lists.length) addFilter();
})();
