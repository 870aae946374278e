// Names that all scripts share. Every other file keeps its own to itself.

// Words of the interface in the language of the page; where that is both, or none, in both.
const say = (zh, en) => ({ zh, en })[document.documentElement.dataset.tree] ?? `${zh} · ${en}`;

// A real button in place of a label, so that the keyboard reaches it.
const buttonFor = (label, act) => {
  const button = document.createElement("button");
  button.type = "button";
  button.className = label.className;
  button.dataset.for = label.dataset.for;
  button.append(...label.childNodes);
  button.addEventListener("click", act);
  label.replaceWith(button);
  return button;
};

// What few readers do is in scripts of its own, each fetched when it is first needed; it leaves what it can do in `able`.
const able = {}, fetched = {};
const need = (name) => fetched[name] ??= new Promise((done, fail) => {
  const script = document.createElement("script");
  script.src = document.documentElement.dataset[`${name}Script`];
  script.onload = () => done(able[name]);
  script.onerror = fail;
  document.head.append(script);
});
