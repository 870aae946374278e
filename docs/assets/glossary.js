// A field above the glossary: only entries that hold what is typed stay in sight, in whichever language it is typed.
const list = document.querySelector("dl.glossary");
const say = (zh, en) => ({ zh, en })[document.documentElement.dataset.tree] ?? `${zh} · ${en}`;

const addFilter = () => {
  const entries = [...list.querySelectorAll("dt")].map((term) => ({ parts: [term, term.nextElementSibling], words: `${term.textContent} ${term.nextElementSibling.textContent}`.toLowerCase() }));
  const row = document.createElement("p"), label = document.createElement("label"), field = document.createElement("input"), status = document.createElement("span");
  row.className = "filter";
  field.type = "search";
  status.setAttribute("role", "status");
  label.append(say("筛选词条", "Filter the entries"), " ", field);
  row.append(label, " ", status);
  list.before(row);

  const show = () => {
    const wanted = field.value.trim().toLowerCase();
    const shown = entries.filter(({ parts, words }) => {
      parts.forEach((part) => { part.hidden = !words.includes(wanted); });
      return !parts[0].hidden;
    }).length;
    status.textContent = say(`${shown} 条`, shown === 1 ? "1 entry" : `${shown} entries`);
  };
  // Who follows a link to an entry sees it.
  addEventListener("hashchange", () => {
    const place = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!place?.hidden) return;
    field.value = "";
    show();
    place.scrollIntoView();
  });
  field.addEventListener("input", show);
  show();
};
if (list) addFilter();
