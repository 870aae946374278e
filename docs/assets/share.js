// Passing on: a place, a selection, a citation. Fetched when it is first done (later.js). Whatever a browser refuses, the words stand
// there to be selected.
(() => {
const make = (tag, properties, ...parts) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...parts);
  return element;
};

const box = document.querySelector(".md-dialog"), text = document.querySelector(".md-dialog__inner");
box?.setAttribute("role", "status");
let hiding = 0;

const tell = (message) => {
  text.textContent = message;
  box.classList.add("md-dialog--active");
  clearTimeout(hiding);
  hiding = setTimeout(() => {
    box.classList.remove("md-dialog--active");
    text.textContent = "";
  }, 4000);
};

// In-app browsers may have no clipboard: then the old way, then the reader's own hand. `html` goes along where a program can take it.
const write = async (words, html) => {
  const part = (type, text) => ({ [type]: new Blob([text], { type }) });
  try {
    if (html && globalThis.ClipboardItem) await navigator.clipboard.write([new ClipboardItem({ ...part("text/plain", words), ...part("text/html", html) })]);
    else await navigator.clipboard.writeText(words);
    return true;
  } catch {
    const field = document.createElement("textarea");
    field.value = words;
    field.className = "unseen";
    field.setAttribute("aria-hidden", "true");
    document.body.append(field);
    const before = document.activeElement;
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    before?.focus?.({ preventScroll: true });
    return done;
  }
};

const copy = async (words, done, from, html = "") => {
  if (await write(words, html)) return tell(done);
  tell(say("未能复制；文字已选中，请手动复制", "Could not copy. The text is selected: please copy it by hand"));
  offer(words, from);
};

// The address of a place on this page: where the reader is, or from disk where the page is published.
const addressOf = (place) => {
  const page = location.protocol === "file:" ? document.querySelector("link[rel=canonical]").href : location.href;
  return page.split("#")[0].split("?")[0] + (place && `#${place}`);
};

// ---- The panel below a place: nothing is copied until a button says so ----

const action = (name, act) => make("button", { type: "button", textContent: name, onclick: act });
const shareable = (address) => navigator.share({ title: document.title, url: address }).catch(() => {});

const field = make("textarea", { readOnly: true, spellcheck: false, onfocus: () => field.select() });
field.setAttribute("aria-label", say("地址", "Address"));
const name = make("span", { id: "place-name" });
const references = make("div", { className: "place__cite", hidden: true });
let owner = null, block = null, address = "";

const sourced = action(say("复制本段与出处", "Copy with source"), () => copy(withSource(block), say("文字与出处已复制", "Text and source copied"), sourced));
const citing = action(say("引用…", "Cite…"), () => citePlace(references.hidden));
const panel = make(
  "div",
  { className: "place", hidden: true },
  name,
  field,
  action(say("复制链接", "Copy link"), () => copy(address, say("链接已复制", "Link copied"), panel)),
  sourced,
  citing,
  ...(navigator.share ? [action(say("分享…", "Share…"), () => shareable(address))] : []),
  action(say("关闭", "Close"), () => close()),
  references,
);
panel.setAttribute("role", "group");
panel.setAttribute("aria-labelledby", name.id);

const fill = (words) => {
  field.value = words;
  field.style.height = 0;
  field.style.height = `${Math.min(field.scrollHeight + 2, 160)}px`;
};

// In the text, below what it belongs to, so that it covers nothing; what the reader looks at stays where it is.
const show = (part, called, words) => {
  const before = part.getBoundingClientRect().top, item = part.matches("dt") ? part.nextElementSibling : part.closest("li, dd");
  if (item) item.append(panel);
  else (part.closest(".heading, .pair") ?? part).after(panel);
  name.textContent = called;
  panel.hidden = false;
  fill(words);
  citePlace(false);
  scrollBy({ top: part.getBoundingClientRect().top - before, behavior: "instant" });
  panel.scrollIntoView({ block: "nearest", behavior: "instant" });
};

const close = () => {
  panel.hidden = true;
  owner?.focus?.({ preventScroll: true });
};

// What could not be copied stands in the panel, selected.
const offer = (words, from) => {
  if (panel.hidden) {
    [owner, block, address] = [from, null, addressOf("")];
    sourced.hidden = citing.hidden = true;
    show((from.nodeType ? from : from.startContainer.parentElement).closest("p, dd, li, h1, h2, figure"), document.title, words);
  }
  fill(words);
  field.focus({ preventScroll: true });
  field.select();
};

const open = (link, byKeyboard) => {
  const place = decodeURIComponent(link.hash.slice(1));
  [owner, block, address] = [link, document.getElementById(place), addressOf(place)];
  sourced.hidden = !block;
  citing.hidden = !link.dataset.n || !document.querySelector(".cite");
  show(block ?? link, link.getAttribute("aria-label"), address);
  if (byKeyboard) field.focus({ preventScroll: true });
};

document.addEventListener("keydown", (event) => event.key === "Escape" && !panel.hidden && close());

// ---- What a place says ----

const SIGNS = { zh: { dash: "——", colon: "：", stop: "。", place: (number) => `，第${number}段` }, en: { dash: "— ", colon: ": ", stop: ". ", place: (number) => `, paragraph ${number}` } };

// What a piece of the page says in a language; a figure says its caption and its description, which may hold both languages.
const wordsOf = (piece, lang) => {
  if (piece.matches("figure")) {
    const caption = piece.querySelector(`figcaption > [lang^=${lang}]`) ?? piece.querySelector("figcaption");
    const said = piece.querySelector("desc")?.textContent ?? piece.querySelector("img")?.alt ?? "";
    return `${caption.textContent.trim()}\n${caption.lang ? said.split(" / ")[lang === "en" ? 1 : 0] ?? said : said}`;
  }
  const plain = piece.cloneNode(true);
  plain.querySelectorAll(".permalink, .footnote-ref, .footnote-backref, svg, table, button").forEach((part) => part.remove());
  return plain.textContent.replace(/\u2060/g, "").replace(/\s+/g, " ").trim();
};

// The pieces of a place by language: on the parallel pages its halves; a term brings along what it means.
const piecesOf = (element) => {
  if (element.matches("figure") && element.querySelector("figcaption > [lang] ~ [lang]")) return ["zh", "en"].map((lang) => [lang, [element]]);
  const pieces = { zh: [], en: [] };
  for (const part of element.matches("dt") ? [element, element.nextElementSibling] : [element]) {
    const halves = [part, ...part.querySelectorAll(".pair")].filter((one) => one.matches(".pair")).flatMap((pair) => [...pair.children].filter((half) => half.lang));
    for (const piece of halves.length ? halves : [part]) pieces[piece.closest("[lang]").lang === "en" ? "en" : "zh"].push(piece);
  }
  return Object.entries(pieces).filter(([, parts]) => parts.length);
};

// Who signs: the authors for the text of a chapter, the editor for notes, drawings and the pages around the chapters.
const signature = (element, lang) => {
  const { dataset } = document.querySelector(".apparatus"), end = lang === "en" ? "En" : "Zh";
  const edited = element.closest(".footnote, .admonition, figure") ?? element.querySelector("figure");
  return (!edited && dataset[`source${end}`]) || dataset[`editor${end}`];
};

const withSource = (element) => {
  const number = element.querySelector(":scope > .permalink")?.dataset.n;
  const quotes = piecesOf(element).map(([lang, pieces]) => {
    const signs = SIGNS[lang], words = pieces.map((piece) => wordsOf(piece, lang)).filter(Boolean).join(element.matches("dt") ? signs.colon : "\n");
    return `${words}\n${signs.dash}${signature(element, lang)}${number ? signs.place(number) : ""}${signs.stop}`;
  });
  return `${quotes.map((quote) => quote.trim()).join("\n\n")}\n${addressOf(element.id)}`;
};

// ---- Selections: a text fragment on top of the paragraph's id ----

const encode = (words) => encodeURIComponent(words).replace(/-/g, "%2D");
const fragment = (words) => {
  if (words.length <= 80 && !words.includes("\n")) return encode(words);
  const first = words.split("\n")[0], last = words.split("\n").pop();
  const head = /^[^\u3400-\u9fff]{0,40}(?=\s)|^.{1,16}/.exec(first)[0];
  const tail = /\s([^\u3400-\u9fff]{0,40})$/.exec(last)?.[1] || last.slice(-16);
  return `${encode(head.trim())},${encode(tail.trim())}`;
};

const here = action(say("复制所选文字的链接", "Copy link to selection"), () => {
  const range = getSelection().getRangeAt(0), place = blockOf(range.startContainer)?.id ?? "";
  const address = `${addressOf(place)}${place ? "" : "#"}:~:text=${fragment(getSelection().toString().trim())}`;
  copy(address, say("链接已复制", "Link copied"), range);
  here.hidden = true;
});
here.className = "place-here";
here.hidden = true;
document.querySelector(".md-content__inner")?.append(here);

const blockOf = (node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement)?.closest("[id]");

const select = () => {
  const selection = getSelection();
  const inText = !selection.isCollapsed && blockOf(selection.getRangeAt(0).startContainer)?.closest(".md-content") && !panel.contains(document.activeElement);
  here.hidden = !inText || selection.toString().trim().length < 2;
  if (here.hidden) return;
  const at = selection.getRangeAt(0).getBoundingClientRect(), frame = here.offsetParent.getBoundingClientRect();
  here.style.top = `${at.bottom - frame.top + 6}px`;
  here.style.left = `${Math.max(0, Math.min(at.left - frame.left, frame.width - here.offsetWidth - 8))}px`;
};

// ---- References: of the page under it, of a paragraph in its panel ----

// They name the paragraph, where there is one, and the day they were made.
const now = new Date(), iso = `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}-${String(now.getDate()).padStart(2, "0")}`;
const complete = (part, number) => {
  part.querySelectorAll("[data-today]").forEach((day) => {
    day.textContent = { long: now.toLocaleDateString("en-US", { year: "numeric", month: "long", day: "numeric" }), slashes: iso.replace(/-/g, "/") }[day.dataset.today] ?? iso;
  });
  part.querySelectorAll("[data-place]").forEach((one) => { one.textContent = number && one.dataset.place.replace("#", number); });
  part.querySelectorAll("[data-address]").forEach((one) => { one.textContent = one.dataset.address + (number && `#p${number}`); });
};

const citePlace = (shown) => {
  references.hidden = !shown;
  citing.setAttribute("aria-expanded", shown);
  if (!shown) return;
  references.replaceChildren(...document.querySelector(".cite").cloneNode(true).children);
  references.querySelectorAll("summary, a").forEach((part) => part.remove());
  references.querySelectorAll("[id]").forEach((part) => part.removeAttribute("id"));
  complete(references, block.id.slice(1));
};

const cited = () => {
  const number = /^#p(\d+\w*)$/.exec(location.hash)?.[1], place = number && document.getElementById(`p${number}`) ? number : "";
  complete(document.querySelector(".apparatus") ?? document.body, place);
};
addEventListener("hashchange", cited);
cited();

// ---- Buttons ----

document.querySelectorAll("[data-copy], [data-copy-from], [data-share]").forEach((button) => {
  button.hidden = "share" in button.dataset && !navigator.share;
});
document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-copy], [data-copy-from], [data-share]");
  if (!button) return;
  if ("share" in button.dataset) return shareable(addressOf(""));
  if ("copy" in button.dataset) return copy(addressOf(""), say("链接已复制", "Link copied"), button);
  const source = button.parentElement.querySelector(":scope > span");
  copy(source.textContent.trim(), say("引文已复制", "Citation copied"), button, source.querySelector("i") && source.innerHTML.replace(/<\/?span[^>]*>/g, "").trim());
});

able.share = new Promise((ready) => {
  const styled = () => ready({ open, select });
  document.head.append(make("link", { rel: "stylesheet", href: document.documentElement.dataset.shareSheet, onload: styled, onerror: styled }));
});
})();
