// A figure as large as the screen: an image, so that a long press saves it or sends it on. A tap
// shows the tapped place larger; Escape, a click beside it and the button close it.
const load = (src, alt = "") => new Promise((done, fail) => {
  const image = make("img", { alt, onload: () => done(image), onerror: fail, src });
});

// The drawing as it stands on the page, as a PNG: not every chat takes an SVG.
const paint = async (drawing) => {
  const [, , width, height] = drawing.getAttribute("viewBox").split(" ").map(Number);
  const style = getComputedStyle(drawing), margin = 20, canvas = document.createElement("canvas");
  const value = (_, name) => style.getPropertyValue(name).trim().replace(/"/g, "'");
  const copy = drawing.cloneNode(true);
  copy.setAttribute("width", width);
  copy.setAttribute("height", height);
  const svg = new XMLSerializer().serializeToString(copy).replace(/var\((--[\w-]+)\)/g, value);
  const image = await load(`data:image/svg+xml,${encodeURIComponent(svg)}`);
  const ink = canvas.getContext("2d"), scale = 3;
  canvas.width = (width + 2 * margin) * scale;
  canvas.height = (height + 2 * margin) * scale;
  ink.fillStyle = style.getPropertyValue("--paper");
  ink.fillRect(0, 0, canvas.width, canvas.height);
  ink.drawImage(image, margin * scale, margin * scale, width * scale, height * scale);
  return canvas.toDataURL();
};

able.enlarge = async (figure) => {
  const own = figure.querySelector("img"), drawings = [...figure.querySelectorAll(":scope > svg")];
  const drawing = drawings.find((one) => one.getClientRects().length);
  const alt = own?.alt ?? drawing.querySelector("title").textContent;
  const image = await load(own?.src ?? await paint(drawing), alt);
  const label = say("关闭", "Close");
  const button = make("button", { type: "button", textContent: "×", "aria-label": label });
  const dialog = make("dialog", { className: "enlarged", "aria-label": alt }, button, image);
  const file = own?.src ?? figure.querySelector("a[download]")?.href;
  if (!dialog.showModal) return location.assign(file);
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
