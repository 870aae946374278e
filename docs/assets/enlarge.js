// A figure as large as the screen lets it be: an image, so that a long press saves it or sends it
// on. First the whole; a tap shows the place that was tapped at the size of reading. Escape, a click
// beside it and the button close it; two fingers enlarge it further.
able.enlarge = (figure) => {
  const own = figure.querySelector("img"), files = [...figure.querySelectorAll("a[download]")];
  const image = make("img", {
    src: own?.src ?? files[files.length - 1].href, // the PNG, if any: not every chat takes an SVG
    alt: own?.alt ?? figure.querySelector("svg > title").textContent,
    className: own ? "" : "drawn",
  });
  const button = make("button", { type: "button", textContent: "×" });
  button.setAttribute("aria-label", say("关闭", "Close"));
  const dialog = make("dialog", { className: "enlarged" }, button, image);
  if (!dialog.showModal) return location.assign(image.src);
  dialog.setAttribute("aria-label", image.alt);
  dialog.addEventListener("click", ({ target, clientX, clientY }) => {
    if (target !== image) return dialog.close();
    const { left, top, width, height } = image.getBoundingClientRect();
    const across = (clientX - left) / width, down = (clientY - top) / height;
    dialog.classList.toggle("enlarged--more");
    dialog.scrollLeft = across * image.offsetWidth - innerWidth / 2;
    dialog.scrollTop = down * image.offsetHeight - innerHeight / 2;
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
};
