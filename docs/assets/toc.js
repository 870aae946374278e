// The contents show which section is being read.
const links = [...document.querySelectorAll(".contents__sections a")];
const headings = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));

const mark = () => {
  const current = headings.findLastIndex((heading) => heading?.getBoundingClientRect().top < innerHeight / 3);
  links.forEach((link, at) => at === current ? link.setAttribute("aria-current", "location") : link.removeAttribute("aria-current"));
};

if (links.length) {
  addEventListener("scroll", mark, { passive: true });
  requestAnimationFrame(mark);
}
