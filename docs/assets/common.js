// Names that all scripts share. Every other file keeps its own to itself.
const { dataset } = document.documentElement;

// Words in the language of the page; where that is both, or none, in both.
const say = (zh, en) => ({ zh, en })[dataset.tree] ?? `${zh} · ${en}`;

// Sets properties and, by names that are none, attributes; null takes one away.
const put = (element, settings) => {
  for (const [name, value] of Object.entries(settings)) {
    if (name in element) element[name] = value;
    else if (value === null) element.removeAttribute(name);
    else element.setAttribute(name, value);
  }
  return element;
};
const make = (tag, settings, ...parts) => {
  const element = put(document.createElement(tag), settings);
  element.append(...parts);
  return element;
};

// What a hash names on this page; a copy of it, or of a part, without what is not its text.
const decode = (address) => {
  try {
    return decodeURIComponent(address);
  } catch {
    return address; // that no browser wrote
  }
};
const named = (hash) => document.getElementById(decode(hash.slice(1)));
const copyOf = (element, without) => {
  const copy = element.cloneNode(true);
  copy.querySelectorAll(without).forEach((part) => part.remove());
  copy.querySelectorAll("[id]").forEach((part) => part.removeAttribute("id"));
  return copy;
};
const onEscape = (act) => {
  document.addEventListener("keydown", ({ key }) => key === "Escape" && act());
};

// A real button in place of a label, so that the keyboard reaches it.
const buttonFor = (label, onclick) => {
  const settings = { type: "button", className: label.className, "data-for": label.dataset.for };
  const button = make("button", { ...settings, onclick }, ...label.childNodes);
  label.replaceWith(button);
  return button;
};

// Scripts fetched when first needed, with one sheet for all; each leaves what it does in `able`.
const able = {}, fetched = {};
const fetchPart = (tag, settings) => new Promise((onload, onerror) => {
  document.head.append(make(tag, { async: false, ...settings, onload, onerror }));
});
const fetchSheet = (href) => fetchPart("link", { rel: "stylesheet", href }).catch(() => {});
const need = (name) => fetched[name] ??= Promise.all([
  fetchPart("script", { src: dataset[`${name}Script`] }),
  fetched.sheet ??= fetchSheet(dataset.laterSheet),
]).then(() => able[name]);
