// Finds what a reader types in every block of the book. Loaded with its indexes when the reader turns to search.
// `say` is that of common.js, which is there before.
// A word matches where it stands: Han anywhere, Latin from the start of a word, singular or plural.
"use strict";
(() => {
  const [TITLE, HEADING, TERM, TEXT] = [0, 1, 2, 3], SHOWN = 100;
  const HAN = "\\u3400-\\u9fff\\uf900-\\ufaff", WORDS = `a-z0-9${HAN}`;
  const tree = document.documentElement.dataset.tree;
  const site = new URL("..", document.currentScript.src), leaf = location.protocol === "file:" ? "index.html" : "";
  const input = document.querySelector(".md-search__input");
  const list = document.querySelector(".md-search-result__list");
  const status = document.querySelector(".md-search-result__meta");
  const initial = status.textContent;
  const blocks = [], aliases = [], pages = new Map();
  let options = [], active = -1;

  // One spelling for what looks alike, unit for unit, so that places in the folded text are places in the text.
  const ALIKE = { "’": "'", "‘": "'", "ʼ": "'", "`": "'", "“": '"', "”": '"', "—": "-", "–": "-", "‐": "-", "‑": "-" };
  // Traditional characters count as the simplified ones that the book is written in; the index brings a table of those.
  const simplified = new Map();
  let traditional = /(?!)/g;
  const learn = (pairs) => {
    for (const [variant, own] of pairs.match(/../g) ?? []) simplified.set(variant, own);
    if (simplified.size) traditional = new RegExp(`[${[...simplified.keys()].join("")}]`, "g");
  };
  const fold = (text) => text
    .replace(/[^\x00-\x7f\u3400-\u9fff]/g, (unit) => ALIKE[unit] ?? unit.normalize("NFKD")[0])
    .replace(traditional, (unit) => simplified.get(unit))
    .toLowerCase();

  // ---- Queries ----

  const escape = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

  // A Latin word with or without an apostrophe inside, in either number; `open`: as the beginning of a longer one too.
  const latin = (word, open) => {
    const rest = open ? "[a-z0-9]*" : "", end = "(?![a-z0-9])", letters = (cut = word.length) => [...word.slice(0, cut)].join("'?");
    if (/\d/.test(word) || word.length < 3) return word + (open ? "" : end);
    if (word.endsWith("ies") && word.length > 4) return `${letters(-3)}(?:y|ies)${end}`;
    if (/[^aeiou]y$/.test(word)) return `${letters(-1)}(?:y${rest}|ies)${end}`;
    if (/(?:s|x|z|ch|sh)es$/.test(word)) return `${letters(-2)}(?:e?s?)${end}`;
    if (/[^siu]s$/.test(word)) return `${letters(-1)}(?:s${rest})?${end}`;
    return `${letters()}${open ? rest : "(?:e?s)?"}${end}`;
  };

  // A word as typed: runs of Han, Latin and digits; what stands between them may be a mark, a blank or nothing.
  const pattern = (word, open) => {
    const runs = word.match(new RegExp(`[a-z0-9]+|[${HAN}]+`, "g")) ?? [escape(word)];
    return runs.map((run, at) => {
      const isLatin = /^[a-z0-9]/.test(run), last = at === runs.length - 1;
      const blank = /[a-z]-[a-z]/.test(word) ? "" : "\\s"; // what one hyphenates another writes apart
      const between = isLatin && /[a-z0-9]$/.test(runs[at - 1] ?? "") ? `[^${WORDS}${blank}]{1,3}` : `[^${WORDS}]{0,3}`;
      return (at ? between : isLatin ? "\\b" : "") + (isLatin ? latin(run, open && last) : run);
    }).join("");
  };

  const matcher = (source) => new RegExp(source, "g");

  const wordsOf = (text) => {
    const whole = fold(text).trim();
    return whole.split(/\s+/).filter((word) => word === whole || (word !== "and" && new RegExp(`[${WORDS}]`).test(word)));
  };

  const open = (words) => words.map((word, at) => pattern(word, at === words.length - 1));

  // Words as one phrase, in which "and" may stand or fall, for a text may write it as a sign; Latin words also run together.
  const phrase = (words) => {
    const apart = open(words).join(`(?:[^${WORDS}]{1,3}and)?[^${WORDS}]{0,3}`);
    return words[1] && words.every((word) => /^[a-z]+$/.test(word)) ? `${apart}|${pattern(words.join(""), true)}` : apart;
  };

  // Each block that meets a reading is a hit once, in the first one that it meets; a reading is a list of patterns that must all be there.
  const hitsOf = (readings) => {
    const made = readings.map((patterns) => ({ tests: patterns.map(matcher), marks: matcher(patterns.join("|")) }));
    return blocks.flatMap((block) => {
      const reading = made.findIndex(({ tests }) => tests.every((test) => block.folded.search(test) >= 0));
      return reading < 0 ? [] : [{ ...block, reading, marks: made[reading].marks }];
    });
  };

  // ---- Words typed as one that stand apart in the text ----

  const holders = (source) => blocks.filter(({ folded }) => folded.search(matcher(source)) >= 0).length;
  const held = (source) => holders(source) > 0;

  // All ways to cut a word into as many pieces that the book holds; a Latin run is never cut. One character alone stands only at an end.
  const cut = (units, count, first = true) => {
    const whole = units.join("");
    if (count === 1) return held(pattern(whole, true)) ? [[whole]] : [];
    const ways = [];
    for (let at = 1; at < units.length; at += 1) {
      const head = units.slice(0, at).join("");
      if (!held(pattern(head))) break; // nor does it hold anything longer
      if (head.length > 1 || first) ways.push(...cut(units.slice(at), count - 1, false).map((rest) => [head, ...rest]));
    }
    return ways;
  };

  // The patterns that may stand for a word which no text holds, the fewest and most frequent pieces first.
  const apart = (word) => {
    if (held(pattern(word, true))) return [[pattern(word, true)]];
    const units = word.match(new RegExp(`[a-z0-9]+|[${HAN}]`, "g")) ?? [];
    for (const count of units.length > 20 ? [] : [2, 3, 4]) {
      const ways = cut(units, count), words = ways.filter((pieces) => pieces.every((piece) => piece.length > 1));
      const patterns = (words[0] ? words : ways).map((pieces) => pieces.map((piece) => pattern(piece, true)));
      const rarest = (one) => Math.min(...one.map(holders));
      if (ways[0]) return patterns.map((one) => [rarest(one), one]).sort(([a], [b]) => b - a).map(([, one]) => one);
    }
    return [];
  };

  // A Latin word that nothing holds, as the two that the book or the other names of its terms hold side by side.
  const spaced = (word) => {
    if (!/^[a-z]{5,}$/.test(word) || held(pattern(word, true))) return word;
    const named = (source) => held(source) || aliases.some(([, others]) => fold(others).search(matcher(source)) >= 0);
    const two = [...word].map((_, at) => [word.slice(0, at), word.slice(at)]).slice(2, -1);
    return (two.find((pair) => named(phrase(pair))) ?? [word]).join(" ");
  };

  const hitsApart = (words) => hitsOf(words.map(apart).reduce((made, more) => made.flatMap((one) => more.map((other) => [...one, ...other])), [[]]));

  // First the query as one phrase, then its words in any order; where no chapter has them, the terms that they are another rendering of;
  // where nothing has them, the words that are run together in them.
  const find = (query) => {
    const words = wordsOf(query);
    if (!words[0]) return null;
    const readings = words[1] ? [[phrase(words)], open(words)] : [[phrase(words)]], hits = hitsOf(readings);
    if (hits.some(({ page }) => page.chapter)) return hits;
    const meant = aliases.filter(([, others]) => fold(others).search(matcher(phrase(words))) >= 0);
    if (meant[0]) return hitsOf([...readings, [meant.map(([form]) => phrase(wordsOf(form))).join("|")]]);
    if (hits[0]) return hits;
    const written = words.map(spaced).join(" ");
    return written === words.join(" ") ? hitsApart(words) : find(written);
  };

  // Text is worth as much as a term; a note less than either.
  const worth = ({ kind, anchor }) => (anchor.startsWith("fn-") ? TEXT : Math.min(TERM, kind));

  // Pages in the order of their best hit: chapters before the pages around them, a phrase before its words; a title, a heading, then text.
  // Among titles the one that the query covers best comes first, else the page with most hits.
  const rank = (hits) => {
    const groups = new Map();
    for (const hit of hits) groups.set(hit.page, [...(groups.get(hit.page) ?? []), hit]);
    return [...groups].map(([page, group]) => {
      const chosen = oncePerPlace(group).sort((a, b) => a.reading - b.reading || worth(a) - worth(b)), { reading } = chosen[0], kind = worth(chosen[0]);
      const strict = chosen.filter((hit) => hit.reading === reading);
      const length = kind < TERM ? Math.min(...strict.filter((hit) => hit.kind === kind).map((hit) => hit.text.length)) : 0;
      return { page, hits: chosen, order: [1 - page.chapter, reading, kind, length, -strict.length, page.order] };
    }).sort((a, b) => a.order.map((rank, at) => rank - b.order[at]).find(Boolean));
  };

  // On the parallel pages both halves of a block may match: the first half stands for both. An entry of the glossary is one place, its meaning within it.
  const oncePerPlace = (group) => {
    const chosen = new Map();
    for (const hit of group) chosen.set(hit.anchor, chosen.get(hit.anchor) ?? hit);
    return group.filter((hit) => hit === chosen.get(hit.anchor) || (hit.lang === chosen.get(hit.anchor).lang && chosen.get(hit.anchor).kind !== TERM));
  };

  // ---- Results ----

  const element = (tag, attributes, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  };

  // What a note of the editor's begins with: whoever reads a piece of it knows whose words they are.
  const NOTE = /^(?:编者注：|Editor[’']s note: )/;

  // The words around the first match, with every match in them marked.
  const excerpt = (block, marks) => {
    marks.lastIndex = 0;
    const first = marks.exec(block.folded)?.index ?? 0, wide = block.lang === "en" ? 2 : 1;
    const from = first < 50 * wide ? 0 : block.lang === "en" ? block.text.indexOf(" ", first - 40 * wide) + 1 : first - 30;
    const to = Math.min(block.text.length, from + 110 * wide);
    const parts = [from ? `${NOTE.exec(block.text)?.[0] ?? ""}…` : ""];
    let at = from;
    marks.lastIndex = from;
    for (let match; (match = marks.exec(block.folded)) && match.index < to; at = match.index + match[0].length) {
      if (!match[0]) break;
      parts.push(block.text.slice(at, match.index), element("mark", {}, block.text.slice(match.index, match.index + match[0].length)));
    }
    parts.push(block.text.slice(at, Math.max(at, to)), to < block.text.length ? "…" : "");
    return parts;
  };

  // The term of an entry in the glossary, or with TEXT what it means.
  const partOf = (entry, kind) => blocks.find((block) => block.kind === kind && block.anchor === entry.anchor && block.page === entry.page && block.lang === entry.lang);

  // What a text belongs to: the number of its paragraph, or the term that it explains.
  const placeOf = (hit) => {
    const number = hit.page.chapter && /^p(\d+\w*)$/.exec(hit.anchor)?.[1], term = partOf(hit, TERM);
    return number ? [hit.lang === "en" ? `Para. ${number}` : `第${number}段`] : term ? excerpt(term, hit.marks) : [];
  };

  const option = (hit, named) => {
    const address = new URL(`${tree || "zh-en"}/${hit.page.address}${leaf}#${hit.anchor}`, site);
    const article = element("div", { class: "md-search-result__article md-typeset", lang: hit.lang === "en" ? "en" : "zh-Hans" });
    if (named) article.append(element("p", { class: "md-search-result__chapter" }, ...(hit.kind === TITLE ? excerpt(hit, hit.marks) : [hit.page.title])));
    const place = hit.kind < TERM ? [] : placeOf(hit), words = hit.kind === TERM ? partOf(hit, TEXT) : hit;
    const label = place.length ? [element("span", { class: "md-search-result__place" }, ...place), " "] : [];
    if (hit.kind !== TITLE) article.append(element("p", { class: hit.kind === HEADING ? "md-search-result__heading" : "" }, ...label, ...(words ? excerpt(words, hit.marks) : [])));
    return element("a", { class: "md-search-result__link", role: "option", href: address, tabindex: "-1", "aria-selected": "false" }, article);
  };

  // Where nothing is found: what to try, and the way to the glossary, if there is one.
  const advice = () => {
    const glossary = blocks.find((block) => block.kind === TERM)?.page;
    const link = glossary && element("a", { href: new URL(`${tree || "zh-en"}/${glossary.address}${leaf}`, site) }, say("看术语表", "See the glossary"));
    return [say("没有找到。可以少打几个字，或换一个说法。", "Nothing found. Try fewer words, or different ones."), ...(link ? [" ", link] : [])];
  };

  const show = () => {
    const query = input.value.trim(), found = query && find(query);
    options = [];
    choose(-1);
    const groups = rank(found || []);
    let room = SHOWN;
    list.replaceChildren(...groups.map(({ page, hits }) => {
      const links = hits.slice(0, Math.max(1, room)).map((hit, at) => option(hit, !at));
      room -= links.length;
      options.push(...links);
      return element("div", { class: "md-search-result__item", role: "group", "aria-label": page.title }, ...links);
    }));
    options.forEach((link, at) => { link.id = `search-${at}`; });
    const places = groups.reduce((sum, { hits }) => sum + hits.length, 0);
    status.replaceChildren(...(!found ? [initial] : !places ? advice() : [say(`${groups.length}页，${places}处`, `${places} ${places === 1 ? "place" : "places"} on ${groups.length} ${groups.length === 1 ? "page" : "pages"}`)]));
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

  window.searchIndex = (lang, index) => {
    learn(index.alike);
    const own = index.pages.map(([address, title, part, chapter], order) => {
      const name = part ? `${part} › ${title}` : title, known = pages.get(address);
      const page = known ?? { address, order, chapter };
      page.title = known ? `${known.title} · ${title}` : name;
      pages.set(address, page);
      return page;
    });
    for (const [page, anchor, kind, text] of index.blocks) blocks.push({ page: own[page], anchor, kind, text, lang, folded: fold(text) });
    aliases.push(...index.aliases);
    show();
  };
})();
