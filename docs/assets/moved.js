// Follows an anchor that has moved to another page.
const follow = () => {
  const link = document.getElementById(location.hash.slice(1));
  if (!link?.matches("a.moved[href]")) return;
  const to = new URL(link.href);
  if (to.protocol === "file:" && to.pathname.endsWith("/")) to.pathname += "index.html";
  location.replace(to);
};
addEventListener("hashchange", follow);
follow();
