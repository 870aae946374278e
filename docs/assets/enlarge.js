// A figure as large as the screen lets it be: an image, so that a long press saves it or sends it
// on. Escape, a click beside it and the button close it; two fingers enlarge it further.
able.enlarge = (figure) => {
  const own = figure.querySelector("img"), files = [...figure.querySelectorAll("a[download]")];
  const image = make("img", {
    src: own?.src ?? files[files.length - 1].href, // the PNG, if any: not every chat takes an SVG
    alt: own?.alt ?? figure.querySelector("svg > title").textContent,
  });
  const button = make("button", { type: "button", textContent: "×" });
  button.setAttribute("aria-label", say("关闭", "Close"));
  const dialog = make("dialog", { className: "enlarged" }, button, image);
  if (!dialog.showModal) return location.assign(image.src);
  const more = () => dialog.classList.toggle("enlarged--more");
  if (innerWidth < 600) more(); // whole it would be smaller there than on the page
  dialog.setAttribute("aria-label", image.alt);
  dialog.addEventListener("click", ({ target }) => (target === image ? more() : dialog.close()));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
};
