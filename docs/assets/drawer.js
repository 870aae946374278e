// The contents as a drawer: the focus is led in and back, nothing behind it is reachable.
const toggle = document.getElementById("__drawer");
const drawer = document.querySelector(".md-sidebar--primary");
const behind = document.querySelectorAll(".md-header, .md-content, .colophon, .md-skip");
const set = (open) => {
  if (toggle.checked === open) return;
  toggle.checked = open;
  follow();
};
const [opener, closer] = [...document.querySelectorAll("label[data-for=drawer]")]
  .map((label) => buttonFor(label, () => set(!toggle.checked)));

const follow = () => {
  behind.forEach((part) => { part.inert = toggle.checked; });
  put(opener, { "aria-expanded": toggle.checked });
  (toggle.checked ? closer : opener).focus({ preventScroll: true });
};

if (drawer && closer) {
  put(opener, { "aria-controls": "__contents", "aria-expanded": false });
  toggle.checked = false;
  toggle.addEventListener("change", follow); // the veil beside the drawer is a label still
  drawer.addEventListener("click", ({ target }) => target.closest("a") && set(false));
  onEscape(() => set(false));
  matchMedia("(min-width: 76.25em)").addEventListener("change", () => set(false));
}
