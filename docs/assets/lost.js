// The missing page speaks the language of the tree that was asked for, and leads to the page that
// was meant where marks or words are glued to its address.
const top = new URL("..", document.currentScript.src).pathname;
const asked = decode(location.pathname).slice(top.length);
const [tree] = /^(?:zh-en|zh|en)(?=\/|$)/.exec(asked) ?? [];

const lead = () => {
  dataset.tree = tree;
  for (const link of document.querySelectorAll(".contents a, .brand, .colophon a")) {
    link.href = top + link.pathname.slice(top.length).replace(/^[^/]+/, tree);
  }
};
const speak = (lang, other, at) => {
  const half = (words) => words.split(" · ")[at] ?? words;
  document.documentElement.lang = lang;
  dataset.search = dataset.search.replace(at ? /\S*search-zh\.\S*/ : /\S*search-en\.\S*/, "");
  document.title = `404 — ${half(document.title.replace("404 — ", ""))}`;
  for (const part of document.querySelectorAll(`span[lang=${other}], .lost > [lang=${other}]`)) {
    part.remove();
  }
  for (const element of document.querySelectorAll("body *")) {
    for (const one of element.attributes) one.value = half(one.value);
  }
};

const follow = async (pages) => {
  for (const page of pages) {
    const answer = await fetch(top + page, { method: "HEAD" });
    if (answer.ok) return location.replace(top + page + location.hash);
  }
};

if (tree) lead();
if (tree === "zh") speak("zh-Hans", "en", 0);
if (tree === "en") speak("en", "zh-Hans", 1);
// Without what is glued to it: first without marks, then as far as names go.
const names = [asked.replace(/[\p{P}\p{S}\s]+$/u, ""), /^[\w/-]*/.exec(asked)[0]];
const meant = names.map((name) => (/\/$|\.\w+$/.test(name) ? name : `${name}/`));
const others = meant.filter((page) => page !== asked && page !== "/");
if (asked !== "404.html") follow(others).catch(() => {}); // by that name it was called; no network
