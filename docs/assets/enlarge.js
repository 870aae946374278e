// A figure as large as the screen lets it be: an image, so that a long press saves it or sends it on. Escape, the back of the
// picture and the button close it; two fingers enlarge it further.
able.enlarge = (figure) => {
  const image = new Image(), dialog = document.createElement("dialog"), button = document.createElement("button");
  const own = figure.querySelector("img"), files = [...figure.querySelectorAll("a[download]")];
  image.src = own?.src ?? files[files.length - 1].href; // the PNG where there is one: not every chat takes an SVG
  image.alt = own?.alt ?? figure.querySelector("svg > title").textContent;
  if (!dialog.showModal) return location.assign(image.src);
  button.type = "button";
  button.textContent = "×";
  button.setAttribute("aria-label", say("关闭", "Close"));
  dialog.className = innerWidth < 600 ? "enlarged enlarged--more" : "enlarged"; // whole it would be smaller there than on the page
  dialog.setAttribute("aria-label", image.alt);
  dialog.append(button, image);
  dialog.addEventListener("click", (event) => event.target === image ? dialog.classList.toggle("enlarged--more") : dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
};
