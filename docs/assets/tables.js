// What scrolls sideways for want of room can be scrolled by the keyboard too.
const watch = new ResizeObserver((seen) => seen.forEach(({ target }) => {
  put(target, { tabindex: target.scrollWidth > target.clientWidth ? 0 : null });
}));
document.querySelectorAll("article :is(table, pre > code)").forEach((part) => watch.observe(part));
