// As the system, light, dark, and round again. Kept on the device; "as the system" forgets it.
const KEY = "hard-tech.scheme", ORDER = ["auto", "light", "dark"];
const button = document.querySelector(".scheme");

const show = () => {
  const { scheme } = dataset;
  put(button, { title: button.dataset[scheme], "aria-label": button.dataset[scheme] });
  document.querySelectorAll("meta[name=theme-color]").forEach((meta, dark) => {
    const own = ORDER[dark + 1], chosen = scheme === own ? "all" : "not all";
    meta.media = scheme === "auto" ? `(prefers-color-scheme: ${own})` : chosen;
  });
};

button?.addEventListener("click", () => {
  dataset.scheme = ORDER[(ORDER.indexOf(dataset.scheme) + 1) % ORDER.length];
  show();
  try {
    if (dataset.scheme === "auto") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, dataset.scheme);
  } catch {
    // a device that remembers nothing
  }
});
if (button) show();
