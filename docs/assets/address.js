// The name of a place as people paste it, with a full stop, a bracket or the next words glued to
// its end, leads to the place.
const mend = () => {
  let hash = location.hash.slice(1);
  try {
    hash = decodeURIComponent(hash);
  } catch {
    // no address that a browser wrote
  }
  const [id] = /^[\w-]*/.exec(hash), named = (name) => document.getElementById(name);
  if (id !== hash && named(id) && !named(hash)) location.replace(`#${id}`);
};
addEventListener("hashchange", mend);
mend();
