// Where the reader stands: the switch of views keeps the place, and Tab stops at one permalink.
const header = document.querySelector(".md-header");
const top = () => header?.offsetHeight ?? 0; // the cover has no header

// The block the address names while it is on the screen, else the topmost one in sight.
const here = () => {
  const inSight = (block) => {
    const { bottom, top: upper, height } = block.getBoundingClientRect();
    return height && bottom > top() + 12 && upper < innerHeight;
  };
  const target = document.querySelector(".md-content :target");
  if (target && inSight(target)) return target.id;
  if (scrollY < 40) return "";
  const kinds = "h1, h2, h3, h4, p, li, dt, dd, figure, .pair, .admonition";
  const blocks = [...document.querySelectorAll(`.md-content :is(${kinds})[id]`)];
  return blocks.find(inSight)?.id ?? "";
};

document.addEventListener("click", ({ target }) => {
  const link = target.closest?.("a[data-view]");
  if (!link) return;
  const place = here();
  link.href = link.href.split("#")[0] + (place && `#${place}`);
});

// The permalink nearest the reader is the one for Tab; arrows, of which the ear is told here and
// the eye by type.css, lead to the others.
const permalinks = [...document.querySelectorAll("a.permalink")];
const textContent = say(
  "用上下方向键在段落间移动",
  "Use the up and down arrow keys to move between paragraphs",
);
document.body.append(make("span", { id: "permalink-hint", hidden: true, textContent }));
const stopAt = (chosen) => {
  for (const link of permalinks) link.tabIndex = link === chosen ? 0 : -1;
};

permalinks.forEach((link, at) => {
  put(link, { "aria-describedby": "permalink-hint" });
  link.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const next = step && permalinks[at + step];
    if (!next || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    stopAt(next);
    next.focus();
  });
});

document.addEventListener("keydown", ({ key, target }) => {
  if (key !== "Tab" || permalinks.includes(target)) return;
  const ahead = (link) => link.parentElement.getBoundingClientRect().bottom > top();
  stopAt(permalinks.find(ahead) ?? permalinks[0]);
});
stopAt(permalinks[0]);
