// As the system, light, dark, and round again. Kept on the device; "as the system" forgets it.
const KEY = "hard-tech.scheme", ORDER = ["auto", "light", "dark"];
const root = document.documentElement, button = document.querySelector(".scheme");

const show = () => {
  const scheme = root.getAttribute("data-scheme");
  button.setAttribute("aria-label", button.dataset[scheme]);
  button.title = button.dataset[scheme];
  document.querySelectorAll("meta[name=theme-color]").forEach((meta, dark) => {
    meta.media = scheme === "auto" ? `(prefers-color-scheme: ${ORDER[dark + 1]})` : scheme === ORDER[dark + 1] ? "all" : "not all";
  });
};

button?.addEventListener("click", () => {
  const scheme = ORDER[(ORDER.indexOf(root.getAttribute("data-scheme")) + 1) % ORDER.length];
  root.setAttribute("data-scheme", scheme);
  show();
  try {
    scheme === "auto" ? localStorage.removeItem(KEY) : localStorage.setItem(KEY, scheme);
  } catch {
    // a device that remembers nothing
  }
});
if (button) show();
