// The missing page, which stands in for every address that leads nowhere: it speaks the language of the tree, and leads to the page
// that was meant where marks or the next words are glued to its address. Runs before the script of all pages.
"use strict";
(() => {
  const top = new URL("..", document.currentScript.src).pathname;
  let asked = location.pathname;
  try {
    asked = decodeURIComponent(asked);
  } catch {
    // no address that a browser wrote
  }
  asked = asked.slice(top.length);
  const [tree] = /^(?:zh-en|zh|en)(?=\/|$)/.exec(asked) ?? [];

  // The page is in both languages; under one of the trees it is in that one's, and leads into it.
  const speak = () => {
    const at = tree === "en" ? 1 : 0, root = document.documentElement;
    root.dataset.tree = tree;
    document.querySelectorAll(".contents a, .brand, .colophon a").forEach((link) => {
      const inside = link.pathname.slice(top.length).replace(/^[^/]+/, tree);
      link.href = top + inside;
    });
    if (tree === "zh-en") return;
    root.lang = ["zh-Hans", "en"][at];
    root.dataset.search = root.dataset.search.split(" ").filter((file) => !file.includes(`search-${["en", "zh"][at]}.`)).join(" ");
    document.title = document.title.replace(/(— )?([^—]+) · (.+)$/, (_, dash = "", ...halves) => dash + halves[at]);
    document.querySelectorAll(`span[lang=${["en", "zh-Hans"][at]}], .lost > [lang=${["en", "zh-Hans"][at]}]`).forEach((half) => half.remove());
    for (const element of document.querySelectorAll("body *")) {
      for (const { name, value } of [...element.attributes]) if (value.includes(" · ")) element.setAttribute(name, value.split(" · ")[at]);
    }
  };

  // Goes to the first of these pages that there is.
  const follow = async (pages) => {
    for (const page of pages) {
      const answer = await fetch(top + page, { method: "HEAD" });
      if (answer.ok) return location.replace(top + page + location.hash);
    }
  };

  // Without what is glued to it: first without marks, then as far as names go.
  const names = [asked.replace(/[\p{P}\p{S}\s]+$/u, ""), /^[\w/-]*/.exec(asked)[0]];
  const meant = names.map((name) => (/\/$|\.\w+$/.test(name) ? name : `${name}/`));
  if (tree) speak();
  if (asked === "404.html") return; // called by its own name
  follow(meant.filter((page) => page !== asked && page !== "/")).catch(() => {}); // without the network there is but this page
})();
