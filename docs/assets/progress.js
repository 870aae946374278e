// A hair under the header: how far the page has been read.
const bar = document.createElement("div");
bar.className = "progress";
let waiting = false;

const draw = () => {
  const rest = document.documentElement.scrollHeight - innerHeight;
  bar.style.transform = `scaleX(${rest > 0 ? Math.min(1, scrollY / rest) : 0})`;
  waiting = false;
};

if (document.querySelector(".kicker")) {
  document.querySelector(".md-header").append(bar);
  addEventListener("scroll", () => {
    if (!waiting) waiting = requestAnimationFrame(draw);
  }, { passive: true });
  requestAnimationFrame(draw);
}
