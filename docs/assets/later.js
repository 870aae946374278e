// What brings the scripts that few readers need.
if (document.querySelector("dl.glossary")) need("glossary");

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a.permalink, .cite button");
  if (link?.matches("button")) return need("share").then(({ cite }) => cite(link));
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const keyed = event.detail === 0 || event.pointerType === ""; // Firefox counts an Enter as one
  need("share").then(({ open }) => open(link, keyed));
});
document.querySelector(".apparatus")
  ?.addEventListener("toggle", () => need("share"), { capture: true, once: true });

// A figure that leads nowhere else opens large.
for (const figure of document.querySelectorAll(".md-typeset figure")) {
  const shown = figure.querySelectorAll(":scope > :is(img, svg)");
  if (!shown.length || figure.querySelector(".onward")) continue;
  const onclick = () => need("enlarge").then((enlarge) => enlarge(figure));
  const textContent = say("放大", "Enlarge"), className = "fig-enlarge";
  let tools = figure.querySelector(".fig-tools");
  if (!tools) figure.append(tools = make("div", { className: "fig-tools" }));
  tools.prepend(make("button", { type: "button", className, textContent, onclick }));
  shown.forEach((part) => part.addEventListener("click", onclick));
}

// Terms and notes are readable in place: by hover, by the keyboard's focus, by touch, where the
// second touch follows the link.
const explain = (event, show = true) => {
  const word = event.target.closest?.("a.term, a.footnote-ref");
  if (word && show) need("bubbles").then(({ open }) => open(word));
  return word;
};
let touched = null;
document.addEventListener("pointerover", (event) => explain(event, event.pointerType === "mouse"));
document.addEventListener("focusin", (event) => explain(event));
// Firefox leaves as it is what it sees half.
document.addEventListener("keyup", ({ key, target }) => {
  if (key === "Tab" && target.closest("article")) target.scrollIntoView({ block: "nearest" });
});
document.addEventListener("pointerdown", (event) => {
  const word = explain(event, false);
  touched = event.pointerType !== "mouse" && word && !able.bubbles?.shows(word) ? word : null;
});
document.addEventListener("click", (event) => {
  if (!touched || explain(event) !== touched) return;
  event.preventDefault();
  touched = null;
});
