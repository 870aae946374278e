// Finds what is typed in every block of the book: Han anywhere, Latin from the start of a word,
// singular or plural.
const [TITLE, HEADING, TERM, TEXT] = [0, 1, 2, 3], SHOWN = 100;
const HAN = "\\u3400-\\u9fff\\uf900-\\ufaff", WORDS = `a-z0-9${HAN}`;
const { tree } = dataset;
const site = new URL("..", document.currentScript.src);
const leaf = location.protocol === "file:" ? "index.html" : "";
const part = (name) => document.querySelector(`.md-search${name}`);
const input = part("__input"), list = part("-result__list"), status = part("-result__meta");
const initial = [...status.childNodes];
const blocks = [], aliases = [], pages = new Map();
let options = [], active = -1;

// One spelling for what looks alike, unit for unit, so that places in the folded text are places
// in the text; the index brings a table of traditional characters.
const alike = new Map();
const learn = (pairs) => pairs.match(/../g)?.forEach(([one, own]) => alike.set(one, own));
learn("’'‘'ʼ'`'“\"”\"—-–-‐-‑-");
const fold = (text) => text
  .replace(/[^\x00-\x7f]|`/g, (unit) => alike.get(unit) ?? unit.normalize("NFKD")[0])
  .toLowerCase();

// ---- Queries: patterns for folded text ----

// A Latin word, its apostrophes left out or not, in either number; `open`: as a beginning too.
const latin = (word, open) => {
  const rest = open ? "[a-z0-9]*" : "", end = "(?![a-z0-9])";
  const stem = (cut) => [...word.slice(0, word.length - cut)].join("'?");
  if (/\d/.test(word) || word.length < 3) return word + (open ? "" : end);
  if (/..ies$/.test(word)) return `${stem(3)}(?:y|ies)${end}`;
  if (/[^aeiou]y$/.test(word)) return `${stem(1)}(?:y${rest}|ies)${end}`;
  if (/(?:s|x|z|ch|sh)es$/.test(word)) return `${stem(2)}(?:e?s?)${end}`;
  if (/[^siu]s$/.test(word)) return `${stem(1)}(?:s${rest})?${end}`;
  return `${stem(0)}${open ? rest : "(?:e?s)?"}${end}`;
};

// A word as typed: between its runs of Han and Latin may stand a mark, a blank or nothing.
const pattern = (word, open) => {
  const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const runs = word.match(new RegExp(`[a-z0-9]+|[${HAN}]+`, "g")) ?? [escaped];
  const blank = /[a-z]-[a-z]/.test(word) ? "" : "\\s"; // what one hyphenates another writes apart
  const isLatin = (run) => /^[a-z0-9]/.test(run);
  return runs.map((run, at) => {
    const own = isLatin(run) ? latin(run, open && at === runs.length - 1) : run;
    if (!at) return isLatin(run) ? `\\b${own}` : own;
    const parted = isLatin(run) && isLatin(runs[at - 1]);
    return (parted ? `[^${WORDS}${blank}]{1,3}` : `[^${WORDS}]{0,3}`) + own;
  }).join("");
};
const matcher = (source) => new RegExp(source, "g");

const wordsOf = (text) => {
  const whole = fold(text).trim(), isWord = new RegExp(`[${WORDS}]`);
  const counts = (word) => word === whole || (word !== "and" && isWord.test(word));
  return whole.split(/\s+/).filter(counts);
};
const open = (words) => words.map((word, at) => pattern(word, at === words.length - 1));

// Words as one phrase; "and" may stand in it or not, Latin words may run together.
const phrase = (words) => {
  const apart = open(words).join(`(?:[^${WORDS}]{1,3}and)?[^${WORDS}]{0,3}`);
  const together = words[1] && words.every((word) => /^[a-z]+$/.test(word));
  return together ? `${apart}|${pattern(words.join(""), true)}` : apart;
};

// Blocks that meet a reading, a list of patterns that must all be there; each in its first one.
const hitsOf = (readings) => {
  const made = readings.map((patterns) => patterns.map(matcher));
  const marks = readings.map((patterns) => matcher(patterns.join("|")));
  return blocks.flatMap((block) => {
    const meets = (tests) => tests.every((test) => block.folded.search(test) >= 0);
    const reading = made.findIndex(meets);
    return reading < 0 ? [] : [{ ...block, reading, marks: marks[reading] }];
  });
};

// ---- Words typed as one that stand apart in the text ----

const holders = (source) => hitsOf([[source]]).length;
const renderings = (source) => aliases.filter(([, others]) => matcher(source).test(fold(others)));

// What makes up a word that the book has only in pieces: of a Latin one two, which the book or the
// terms' other names hold together; else the longest that the book holds, one after the other, of
// which a single character stands only at an end. None where nothing does.
const piecesOf = (word) => {
  if (holders(pattern(word, true))) return [word];
  if (/^[a-z]{5,}$/.test(word)) {
    const two = [...word].map((_, at) => [word.slice(0, at), word.slice(at)]).slice(2, -1);
    return two.find((pair) => holders(phrase(pair)) || renderings(phrase(pair))[0]) ?? [];
  }
  const units = word.match(new RegExp(`[a-z0-9]+|[${HAN}]`, "g")) ?? [], pieces = [];
  while (units[0]) {
    let piece = "";
    const isHeld = () => holders(pattern(piece + units[0], units.length === 1));
    while (units[0] && isHeld()) piece += units.shift();
    if (!piece || (piece.length === 1 && pieces[0] && units[0])) return [];
    pieces.push(piece);
  }
  return pieces;
};

// As one phrase, then the words in any order; where no chapter has them, terms that they are
// another rendering of; where nothing has, what is run together in them.
const find = (query) => {
  const words = wordsOf(query);
  if (!words[0]) return null;
  const readings = [[phrase(words)], ...(words[1] ? [open(words)] : [])], hits = hitsOf(readings);
  if (hits.some(({ page }) => page.chapter)) return hits;
  const meant = renderings(phrase(words)).map(([form]) => phrase(wordsOf(form)));
  if (meant[0]) return hitsOf([...readings, [meant.join("|")]]);
  if (hits[0]) return hits;
  const cut = words.map(piecesOf), pieces = cut.flat();
  return cut.every(([one]) => one) && pieces[words.length] ? find(pieces.join(" ")) : [];
};

// Text is worth as much as a term; a note less than either.
const worth = ({ kind, anchor }) => (anchor.startsWith("fn-") ? TEXT : Math.min(TERM, kind));

// Pages by their best hit: chapters first, a phrase before its words; a title, a heading, then
// text. Among titles the one that the query covers best, else the page with most hits.
const rank = (hits) => {
  const groups = new Map();
  for (const hit of hits) groups.set(hit.page, [...(groups.get(hit.page) ?? []), hit]);
  return [...groups].map(([page, group]) => {
    const chosen = oncePerPlace(group);
    chosen.sort((a, b) => a.reading - b.reading || worth(a) - worth(b));
    const { reading } = chosen[0], kind = worth(chosen[0]);
    const strict = chosen.filter((hit) => hit.reading === reading);
    const lengths = strict.filter((hit) => hit.kind === kind).map((hit) => hit.text.length);
    const length = kind < TERM ? Math.min(...lengths) : 0;
    const order = [1 - page.chapter, reading, kind, length, -strict.length, page.order];
    return { page, hits: chosen, order };
  }).sort((a, b) => a.order.map((rank, at) => rank - b.order[at]).find(Boolean));
};

// Of a block in both languages the first half is the hit; of a glossary's entry, its term.
const oncePerPlace = (group) => {
  const first = new Map();
  for (const hit of [...group].reverse()) first.set(hit.anchor, hit);
  return group.filter((hit) => {
    const chosen = first.get(hit.anchor);
    return hit === chosen || (hit.lang === chosen.lang && chosen.kind !== TERM);
  });
};

// ---- Results ----

// What says whose words a piece of a note is.
const NOTE = /^(?:编者注：|Editor[’']s note: )/;

const excerpt = ({ text, folded, lang }, marks) => {
  const first = Math.max(0, folded.search(marks)), wide = lang === "en" ? 2 : 1;
  const start = lang === "en" ? text.indexOf(" ", first - 80) + 1 : first - 30;
  const from = first < 50 * wide ? 0 : start, limit = from + 110 * wide;
  const isCut = lang === "en" && limit < text.length; // between words
  const to = isCut ? text.lastIndexOf(" ", limit) : limit;
  const parts = [from ? `${NOTE.exec(text)?.[0] ?? ""}…` : ""];
  let at = from;
  for (const { 0: { length }, index } of folded.matchAll(marks)) {
    if (!length || index >= to) break;
    if (index < at) continue;
    const textContent = text.slice(index, index + length);
    parts.push(text.slice(at, index), make("mark", { textContent }));
    at = index + length;
  }
  return [...parts, text.slice(at, Math.max(at, to)), to < text.length ? "…" : ""];
};

const partOf = (entry, kind) => blocks.find((block) => (
  ["anchor", "page", "lang"].every((key) => block[key] === entry[key]) && block.kind === kind
));

const placeOf = (hit) => {
  const number = hit.page.chapter && /^p(\d+\w*)$/.exec(hit.anchor)?.[1];
  if (number) return [hit.lang === "en" ? `Para. ${number}` : `第${number}段`];
  const term = partOf(hit, TERM);
  return term ? excerpt(term, hit.marks) : [];
};

const addressOf = (page) => new URL(`${tree || "zh-en"}/${page.address}${leaf}`, site).href;

const option = (hit, named) => {
  const { kind, page, marks, anchor } = hit, line = (name, ...parts) => (
    make("p", { className: name && `md-search-result__${name}` }, ...parts)
  );
  const words = kind === TERM ? partOf(hit, TEXT) : hit, place = kind < TERM ? [] : placeOf(hit);
  const label = make("span", { className: "md-search-result__place" }, ...place);
  const title = kind === TITLE ? excerpt(hit, marks) : [page.title];
  const lines = named ? [line("chapter", ...title)] : [];
  if (kind !== TITLE) {
    const said = words ? excerpt(words, marks) : [];
    const before = place.length ? [label, " "] : [];
    lines.push(line(kind === HEADING ? "heading" : "", ...before, ...said));
  }
  const settings = { role: "option", "aria-selected": false, tabIndex: -1 };
  const className = "md-search-result__link md-typeset", href = `${addressOf(page)}#${anchor}`;
  const lang = hit.lang === "en" ? "en" : "zh-Hans";
  return make("a", { ...settings, className, href, lang }, ...lines);
};

const advice = () => {
  const page = blocks.find((block) => block.kind === TERM)?.page;
  const textContent = say("看术语表", "See the glossary");
  return [
    say(
      "没有找到。可以少打几个字，或换一个说法。",
      "Nothing found. Try fewer words, or different ones.",
    ),
    ...(page ? [" ", make("a", { href: addressOf(page), textContent })] : []),
  ];
};
const count = (number, one) => `${number} ${one}${number === 1 ? "" : "s"}`;

const show = () => {
  const query = input.value.trim(), found = query && find(query), groups = rank(found || []);
  let room = SHOWN;
  options = [];
  choose(-1);
  list.replaceChildren(...groups.map(({ page, hits }) => {
    const links = hits.slice(0, Math.max(1, room)).map((hit, at) => option(hit, !at));
    room -= links.length;
    options.push(...links);
    const settings = { className: "md-search-result__item", role: "group" };
    return make("div", { ...settings, "aria-label": page.title }, ...links);
  }));
  options.forEach((link, at) => { link.id = `search-${at}`; });
  const places = groups.reduce((sum, { hits }) => sum + hits.length, 0), on = groups.length;
  const told = say(`${on}页，${places}处`, `${count(places, "place")} on ${count(on, "page")}`);
  status.replaceChildren(...(!found ? initial : places ? [told] : advice()));
  able.search();
};
const isShown = () => options.length > 0 && list.offsetParent !== null;
able.search = () => put(input, { "aria-expanded": isShown() });

// ---- Keyboard: the focus stays in the field ----

const choose = (at) => {
  if (options[active]) put(options[active], { "aria-selected": false });
  active = at;
  const link = options[active];
  if (link) put(link, { "aria-selected": true }).scrollIntoView({ block: "nearest" });
  put(input, { "aria-activedescendant": link?.id ?? null });
};

input.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.isComposing || !isShown() || (!step && event.key !== "Enter")) return;
  event.preventDefault();
  const { length } = options, from = Math.max(active, step < 0 ? 0 : -1);
  if (step) choose((from + step + length) % length);
  else options[Math.max(0, active)].click();
});
input.addEventListener("input", (event) => event.isComposing || show());
input.addEventListener("compositionend", show);
input.form.addEventListener("reset", () => setTimeout(() => {
  show();
  input.focus();
}));

const label = say("搜索结果", "Search results");
put(list, { id: "search-results", role: "listbox", "aria-label": label });
put(input, { role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id });

window.searchIndex = (lang, index) => {
  learn(index.alike);
  const own = index.pages.map(([address, title, section, chapter], order) => {
    const known = pages.get(address), page = known ?? { address, order, chapter };
    const name = section ? `${section} › ${title}` : title;
    page.title = known ? `${known.title} · ${title}` : name;
    pages.set(address, page);
    return page;
  });
  for (const [page, anchor, kind, text] of index.blocks) {
    blocks.push({ page: own[page], anchor, kind, text, lang, folded: fold(text) });
  }
  aliases.push(...index.aliases);
  show();
};
