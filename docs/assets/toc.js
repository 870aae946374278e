// The contents show which section is being read.
const links = [...document.querySelectorAll(".contents__sections a")];
const headings = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));

const mark = () => {
  const passed = headings.filter((heading) => heading?.getBoundingClientRect().top < innerHeight / 3);
  const current = headings.indexOf(passed.pop());
  links.forEach((link, at) => at === current ? link.setAttribute("aria-current", "location") : link.removeAttribute("aria-current"));
};

if (links.length) {
  addEventListener("scroll", mark, { passive: true });
  requestAnimationFrame(mark);
}
