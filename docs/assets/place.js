// Where the reader stands: the switch of views keeps the place, and permalinks are one stop for the keyboard, not a hundred.
const header = document.querySelector(".md-header");
const blocks = () => [...document.querySelectorAll(".md-content :is(h1, h2, h3, h4, p, li, dt, dd, figure, .pair, .admonition)[id]")];

// The block the address names while it is on the screen, else the topmost one in sight.
const here = () => {
  const top = (header?.offsetHeight ?? 0) + 4; // the cover has no header
  const inSight = (block) => {
    const { bottom, top: upper, height } = block.getBoundingClientRect();
    return height && bottom > top + 8 && upper < innerHeight;
  };
  const target = document.querySelector(":target");
  if (target?.id && target.closest(".md-content") && inSight(target)) return target.id;
  if (scrollY < 40) return "";
  return blocks().find(inSight)?.id ?? "";
};

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-view]");
  if (!link) return;
  const place = here();
  link.href = link.href.split("#")[0] + (place && `#${place}`);
});

// The Tab key stops at one permalink only, the one nearest the reader; the arrows lead to the others.
const permalinks = [...document.querySelectorAll("a.permalink")];

// The ear is told so; the eye sees the arrows beside the link (place.css).
const hint = document.createElement("span");
hint.id = "permalink-hint";
hint.hidden = true;
hint.textContent = say("用上下方向键在段落间移动", "Use the up and down arrow keys to move between paragraphs");
document.body.append(hint);
permalinks.forEach((link) => link.setAttribute("aria-describedby", hint.id));

const stopAt = (chosen) => permalinks.forEach((link) => { link.tabIndex = link === chosen ? 0 : -1; });

permalinks.forEach((link, at) => link.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const next = step && permalinks[at + step];
  if (!next || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  stopAt(next);
  next.focus();
}));

const follow = () => {
  if (permalinks.includes(document.activeElement)) return;
  stopAt(permalinks.find((link) => link.parentElement.getBoundingClientRect().bottom > header.offsetHeight) ?? permalinks[0]);
};

stopAt(permalinks[0]);
let waiting = 0;
addEventListener("scroll", () => {
  clearTimeout(waiting);
  waiting = setTimeout(follow, 150);
}, { passive: true });
addEventListener("hashchange", () => setTimeout(follow));
