// Finds what a reader types in every block of the book. Loaded with its indexes when the reader turns to search.
// A word matches where it stands: Han anywhere, Latin from the start of a word, singular or plural.
"use strict";
(() => {
  const [TITLE, HEADING, TERM] = [0, 1, 2], SHOWN = 100;
  const HAN = "\\u3400-\\u9fff\\uf900-\\ufaff", WORDS = `a-z0-9${HAN}`;
  const root = document.documentElement, tree = root.dataset.tree;
  const site = new URL("..", document.currentScript.src), leaf = location.protocol === "file:" ? "index.html" : "";
  const input = document.querySelector(".md-search__input");
  const list = document.querySelector(".md-search-result__list");
  const status = document.querySelector(".md-search-result__meta");
  const initial = status.textContent;
  const blocks = [], pages = new Map();
  let options = [], active = -1;

  const say = (zh, en) => ({ zh, en })[tree] ?? `${zh} · ${en}`;

  // One spelling for what looks alike, unit for unit, so that places in the folded text are places in the text.
  const ALIKE = { "’": "'", "‘": "'", "ʼ": "'", "`": "'", "“": '"', "”": '"', "—": "-", "–": "-", "‐": "-", "‑": "-" };
  const fold = (text) => text.replace(/[^\x00-\x7f\u3400-\u9fff]/g, (unit) => ALIKE[unit] ?? unit.normalize("NFKD")[0]).toLowerCase();

  // ---- Queries ----

  const escape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

  // A Latin word in either number; `open`: as the beginning of a longer one too.
  const latin = (word, open) => {
    const rest = open ? "[a-z0-9]*" : "", end = "(?![a-z0-9])";
    if (/\d/.test(word) || word.length < 3) return word + (open ? "" : end);
    if (word.endsWith("ies") && word.length > 4) return `${word.slice(0, -3)}(?:y|ies)${end}`;
    if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}(?:y${rest}|ies)${end}`;
    if (/(?:s|x|z|ch|sh)es$/.test(word)) return `${word.slice(0, -2)}(?:e?s?)${end}`;
    if (/[^siu]s$/.test(word)) return `${word.slice(0, -1)}(?:s${rest})?${end}`;
    return `${word}${open ? rest : "(?:e?s)?"}${end}`;
  };

  // A word as typed: runs of Han, Latin and digits; what stands between them may be a mark, a blank or nothing.
  const pattern = (word, open) => {
    const runs = word.match(new RegExp(`[a-z0-9]+|[${HAN}]+`, "g")) ?? [escape(word)];
    return runs.map((run, at) => {
      const isLatin = /^[a-z0-9]/.test(run), last = at === runs.length - 1;
      const between = isLatin && /[a-z0-9]$/.test(runs[at - 1] ?? "") ? `[^${WORDS}\\s]{1,3}` : `[^${WORDS}]{0,3}`;
      return (at ? between : isLatin ? "(?<![a-z0-9])" : "") + (isLatin ? latin(run, open && last) : run);
    }).join("");
  };

  const matcher = (source) => new RegExp(source, "g");

  // Ways to read a query, the strictest first: as one phrase, as words of one block. The first that finds anything counts.
  const find = (query) => {
    const words = fold(query).split(/\s+/).filter((word) => word && (new RegExp(`[${WORDS}]`).test(word) || word === fold(query).trim()));
    if (!words.length) return null;
    const phrase = words.map((word, at) => pattern(word, at === words.length - 1)).join(`[^${WORDS}]{0,3}`);
    const all = words.map((word) => pattern(word, true));
    const readings = words.length > 1 ? [[phrase], all] : [[phrase]];
    for (const reading of readings) {
      const tests = reading.map(matcher);
      const hits = blocks.filter((block) => tests.every((test) => block.folded.search(test) >= 0));
      if (hits.length) return { hits, marks: matcher(reading.join("|")) };
    }
    return { hits: [], marks: null };
  };

  // Pages in the order of their best hit: a title, a heading, the text of a chapter, then the pages around the chapters.
  // Among titles the one that the query covers best comes first, else the page with most hits.
  const rank = (hits) => {
    const groups = new Map();
    for (const hit of hits) groups.set(hit.page, [...(groups.get(hit.page) ?? []), hit]);
    const best = (group) => Math.min(TERM, ...group.map((hit) => hit.kind));
    const length = (group) => best(group) < TERM ? Math.min(...group.filter((hit) => hit.kind === best(group)).map((hit) => hit.text.length)) : 0;
    return [...groups].map(([page, group]) => [page, oncePerPlace(group).sort((a, b) => a.kind - b.kind)])
      .sort(([p, a], [q, b]) => q.chapter - p.chapter || best(a) - best(b) || length(a) - length(b) || b.length - a.length || p.order - q.order);
  };

  // On the parallel pages both halves of a block may match: the first half stands for both.
  const oncePerPlace = (group) => {
    const chosen = new Map();
    return group.filter((hit) => {
      const place = `${hit.kind} ${hit.anchor}`;
      chosen.set(place, chosen.get(place) ?? hit.lang);
      return chosen.get(place) === hit.lang;
    });
  };

  // ---- Results ----

  const element = (tag, attributes, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  };

  // The words around the first match, with every match in them marked.
  const excerpt = (block, marks) => {
    marks.lastIndex = 0;
    const first = marks.exec(block.folded)?.index ?? 0, wide = block.lang === "en" ? 2 : 1;
    const from = first < 50 * wide ? 0 : block.lang === "en" ? block.text.indexOf(" ", first - 40 * wide) + 1 : first - 30;
    const to = Math.min(block.text.length, from + 110 * wide);
    const parts = [from ? "…" : ""];
    let at = from;
    marks.lastIndex = from;
    for (let match; (match = marks.exec(block.folded)) && match.index < to; at = match.index + match[0].length) {
      if (!match[0]) break;
      parts.push(block.text.slice(at, match.index), element("mark", {}, match[0] && block.text.slice(match.index, match.index + match[0].length)));
    }
    parts.push(block.text.slice(at, Math.max(at, to)), to < block.text.length ? "…" : "");
    return parts;
  };

  // What a text belongs to: the term that it explains, or the number of its paragraph.
  const belongsTo = (block) => {
    const number = block.page.chapter && /^p(\d+\w*)$/.exec(block.anchor)?.[1];
    if (number) return block.lang === "en" ? `Para. ${number}` : `第${number}段`;
    return blocks.find((term) => term.kind === TERM && term.anchor === block.anchor && term.page === block.page && term.lang === block.lang)?.text;
  };

  const option = (block, marks, named) => {
    const address = new URL(`${tree || "zh-en"}/${block.page.address}${leaf}#${block.anchor}`, site);
    const article = element("div", { class: "md-search-result__article md-typeset", lang: block.lang === "en" ? "en" : "zh-Hans" });
    if (named) article.append(element("p", { class: "md-search-result__chapter" }, ...(block.kind === TITLE ? excerpt(block, marks) : [block.page.title])));
    const owner = block.kind > TERM && belongsTo(block);
    const label = owner ? [element("span", { class: "md-search-result__place" }, owner), " "] : [];
    if (block.kind !== TITLE) article.append(element("p", { class: block.kind === HEADING ? "md-search-result__heading" : "" }, ...label, ...excerpt(block, marks)));
    return element("a", { class: "md-search-result__link", role: "option", href: address, tabindex: "-1", "aria-selected": "false" }, article);
  };

  const show = () => {
    const query = input.value.trim(), found = query && find(query);
    options = [];
    choose(-1);
    if (!found) {
      list.replaceChildren();
      status.textContent = initial;
      return;
    }
    const groups = rank(found.hits);
    let room = SHOWN;
    list.replaceChildren(...groups.map(([page, hits]) => {
      const links = hits.slice(0, Math.max(1, room)).map((hit, at) => option(hit, found.marks, !at));
      room -= links.length;
      options.push(...links);
      return element("div", { class: "md-search-result__item", role: "group", "aria-label": page.title }, ...links);
    }));
    options.forEach((link, at) => { link.id = `search-${at}`; });
    const places = groups.reduce((sum, [, hits]) => sum + hits.length, 0);
    status.textContent = places
      ? say(`${groups.length} 页，${places} 处`, `${places} ${places === 1 ? "place" : "places"} on ${groups.length} ${groups.length === 1 ? "page" : "pages"}`)
      : say("没有找到", "Nothing found");
    input.setAttribute("aria-expanded", String(options.length > 0));
  };

  // ---- Keyboard: the focus stays in the field, the arrows walk through the results ----

  const choose = (at) => {
    options[active]?.setAttribute("aria-selected", "false");
    active = at;
    const link = options[active];
    link?.setAttribute("aria-selected", "true");
    link?.scrollIntoView({ block: "nearest" });
    link ? input.setAttribute("aria-activedescendant", link.id) : input.removeAttribute("aria-activedescendant");
  };

  input.addEventListener("keydown", (event) => {
    if (event.isComposing || !options.length) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choose((active + (event.key === "ArrowDown" ? 1 : active < 0 ? 0 : -1) + options.length) % options.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      options[Math.max(0, active)].click();
    }
  });

  input.addEventListener("input", (event) => event.isComposing || show());
  input.addEventListener("compositionend", show);
  input.form.addEventListener("submit", (event) => event.preventDefault());
  input.form.addEventListener("reset", () => setTimeout(() => { show(); input.focus(); }));

  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", say("搜索结果", "Search results"));
  list.id = "search-results";
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", list.id], ["aria-expanded", "false"]]) input.setAttribute(name, value);

  globalThis.searchIndex = (lang, index) => {
    const own = index.pages.map(([address, title, part, chapter], order) => {
      const name = part ? `${part} › ${title}` : title, known = pages.get(address);
      const page = known ?? { address, order, chapter };
      page.title = known ? `${known.title} · ${title}` : name;
      pages.set(address, page);
      return page;
    });
    for (const [page, anchor, kind, text] of index.blocks) blocks.push({ page: own[page], anchor, kind, text, lang, folded: fold(text) });
    show();
  };
})();
