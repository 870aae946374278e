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
