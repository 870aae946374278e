// What brings the scripts that few readers need: the glossary's filter, and passing on a place, a selection, a page.
if (document.querySelector("dl.glossary")) need("glossary");

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a.permalink");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  need("share").then(({ open }) => open(link, event.detail === 0));
});

let selecting = 0;
document.addEventListener("selectionchange", () => {
  clearTimeout(selecting);
  if (able.share || !getSelection().isCollapsed) selecting = setTimeout(() => need("share").then(({ select }) => select()), 300);
});

document.querySelector(".apparatus")?.addEventListener("toggle", () => need("share"), { capture: true, once: true });

// A figure that leads nowhere else opens large: by a click on it, or by a button, which the keyboard reaches.
for (const figure of document.querySelectorAll(".md-typeset figure")) {
  const shown = [...figure.children].filter((part) => /^(img|svg)$/.test(part.localName));
  if (!shown.length || figure.querySelector(".onward")) continue;
  const open = () => need("enlarge").then((enlarge) => enlarge(figure)), button = document.createElement("button");
  let tools = figure.querySelector(".fig-tools");
  if (!tools) figure.append(tools = Object.assign(document.createElement("div"), { className: "fig-tools" }));
  button.type = "button";
  button.className = "fig-enlarge";
  button.textContent = say("放大", "Enlarge");
  button.addEventListener("click", open);
  tools.append(button);
  for (const part of shown) part.addEventListener("click", open);
}
