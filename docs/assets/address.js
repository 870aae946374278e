// Where the address leads: an anchor that has moved, to its other page; the name of a place with a
// full stop, a bracket or the next words glued to its end, to the place.
const follow = () => {
  const place = named(location.hash), hash = decode(location.hash);
  if (place?.matches("a.moved[href]")) {
    const to = new URL(place.href);
    if (to.protocol === "file:" && to.pathname.endsWith("/")) to.pathname += "index.html";
    return location.replace(to);
  }
  const [meant] = /^#?[\w-]*/.exec(hash);
  if (!place && meant !== hash && named(meant)) location.replace(meant);
};
addEventListener("hashchange", follow);
follow();
