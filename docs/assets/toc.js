// The contents show which section is being read.
const links = [...document.querySelectorAll(".contents__sections a")];
const headed = ({ hash }) => document.getElementById(decodeURIComponent(hash.slice(1)));
const headings = links.map(headed);

const mark = () => {
  const passed = (heading) => heading?.getBoundingClientRect().top < innerHeight / 3;
  const current = headings.filter(passed).length - 1;
  links.forEach((link, at) => {
    if (at === current) link.setAttribute("aria-current", "location");
    else link.removeAttribute("aria-current");
  });
};

if (links.length) {
  addEventListener("scroll", mark, { passive: true });
  requestAnimationFrame(mark);
}
