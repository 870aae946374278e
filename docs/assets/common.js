// Names that all scripts share. Every other file keeps its own to itself.
const { dataset } = document.documentElement;

// Words in the language of the page; where that is both, or none, in both.
const say = (zh, en) => ({ zh, en })[dataset.tree] ?? `${zh} · ${en}`;

const make = (tag, properties, ...parts) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...parts);
  return element;
};

// A real button in place of a label, so that the keyboard reaches it.
const buttonFor = (label, onclick) => {
  const button = make("button", { type: "button", className: label.className, onclick });
  button.dataset.for = label.dataset.for;
  button.append(...label.childNodes);
  label.replaceWith(button);
  return button;
};

// Scripts fetched when first needed, with one sheet for all; each leaves what it does in `able`.
const able = {}, fetched = {};
const fetchPart = (tag, properties) => new Promise((onload, onerror) => {
  document.head.append(make(tag, { async: false, ...properties, onload, onerror }));
});
const fetchSheet = (href) => fetchPart("link", { rel: "stylesheet", href }).catch(() => {});
const need = (name) => fetched[name] ??= Promise.all([
  fetchPart("script", { src: dataset[`${name}Script`] }),
  fetched.sheet ??= fetchSheet(dataset.laterSheet),
]).then(() => able[name]);
