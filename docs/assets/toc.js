// The contents show which section is being read.
const links = [...document.querySelectorAll(".contents__sections a")];
const headings = links.map(({ hash }) => named(hash));

const mark = () => {
  const passed = (heading) => heading?.getBoundingClientRect().top < innerHeight / 3;
  const current = headings.filter(passed).length - 1;
  links.forEach((link, at) => put(link, { "aria-current": at === current ? "location" : null }));
};

if (links.length) {
  addEventListener("scroll", mark, { passive: true });
  requestAnimationFrame(mark);
}
