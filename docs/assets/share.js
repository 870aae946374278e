// Passing on: a place, a selection, a citation. Whatever a browser refuses, the address stands there to be selected.
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

const copy = async (words, done, from = null, html = "") => {
  if (await write(words, html)) return tell(done);
  tell(say("未能复制；文字已选中，请手动复制", "Could not copy. The text is selected: please copy it by hand"));
  setTimeout(() => offer(words, from)); // after the panel that the same click opens
};

// The address of a place on this page: where the reader is, or from disk where the page is published.
const addressOf = (place) => {
  const page = location.protocol === "file:" ? document.querySelector("link[rel=canonical]").href : location.href;
  return page.split("#")[0].split("?")[0] + (place && `#${place}`);
};

// ---- The panel beside a permalink: nothing is copied until a button says so ----

const panel = document.createElement("div");
panel.className = "place";
panel.hidden = true;
panel.setAttribute("role", "group");
const name = document.createElement("span");
name.id = "place-name";
panel.setAttribute("aria-labelledby", name.id);
const field = document.createElement("textarea");
field.readOnly = true;
field.setAttribute("aria-label", say("地址", "Address"));
field.spellcheck = false;
field.addEventListener("focus", () => field.select());
let owner = null, block = null, address = "";

const action = (name, act) => {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = name;
  button.addEventListener("click", act);
  return button;
};

const sourced = action(say("复制本段与出处", "Copy with source"), () => copy(withSource(block), say("文字与出处已复制", "Text and source copied")));
const shareable = (address, title = document.title) => navigator.share({ title, url: address }).catch(() => {});
panel.append(
  name,
  field,
  action(say("复制链接", "Copy link"), () => copy(address, say("链接已复制", "Link copied"))),
  sourced,
  ...(navigator.share ? [action(say("分享…", "Share…"), () => shareable(address))] : []),
  action(say("关闭", "Close"), () => close(true)),
);
document.querySelector(".md-content__inner")?.append(panel);

const fill = (words) => {
  field.value = words;
  field.rows = words.includes("\n") ? 6 : words.length > 90 ? 3 : 1;
};

// What could not be copied stands in the panel, selected.
const offer = (words, from) => {
  if (panel.hidden) open(addressOf(""), document.title, (from ?? document.body).getBoundingClientRect(), "", from);
  fill(words);
  field.focus({ preventScroll: true });
  field.select();
};

const close = (back) => {
  panel.hidden = true;
  if (back) owner?.focus?.({ preventScroll: true });
};

const open = (words, called, at, place, from) => {
  [owner, block, address] = [from, document.getElementById(place), words];
  name.textContent = called;
  fill(words);
  sourced.hidden = !block;
  panel.hidden = false;
  const frame = panel.offsetParent?.getBoundingClientRect();
  if (!frame) return; // on a small screen it stands at the bottom
  panel.style.top = `${at.bottom - frame.top + 6}px`;
  panel.style.left = `${Math.max(0, Math.min(at.left - frame.left, frame.width - panel.offsetWidth - 8))}px`;
};

document.addEventListener("keydown", (event) => event.key === "Escape" && !panel.hidden && close(true));
document.addEventListener("pointerdown", (event) => panel.contains(event.target) || event.target.closest?.(".place-here") || close());

// ---- Permalinks ----

const SIGNS = { zh: { dash: "——", colon: "：", stop: "。", place: (number) => `，第${number}段` }, en: { dash: "— ", colon: ": ", stop: ". ", place: (number) => `, paragraph ${number}` } };

// What a piece of the page says; a figure says its caption and its description.
const wordsOf = (piece) => {
  if (piece.matches("figure")) return [piece.querySelector("figcaption"), piece.querySelector("desc") ?? { textContent: piece.querySelector("img")?.alt ?? "" }].map((part) => part?.textContent.trim()).join("\n");
  const plain = piece.cloneNode(true);
  plain.querySelectorAll(".permalink, .footnote-ref, .footnote-backref, svg, table, button").forEach((part) => part.remove());
  return plain.textContent.replace(/\u2060/g, "").replace(/\s+/g, " ").trim();
};

// The pieces of a place by language: on the parallel pages its halves; a term brings along what it means.
const piecesOf = (element) => {
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
    const signs = SIGNS[lang], words = pieces.map(wordsOf).filter(Boolean).join(element.matches("dt") ? signs.colon : "\n");
    return `${words}\n${signs.dash}${signature(element, lang)}${number ? signs.place(number) : ""}${signs.stop}`;
  });
  return quotes.length > 1 ? `${quotes.map((quote) => quote.trim()).join("\n\n")}\n${addressOf(element.id)}` : `${quotes[0]}${addressOf(element.id)}`;
};

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a.permalink");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const place = decodeURIComponent(link.hash.slice(1));
  setTimeout(() => {
    open(addressOf(place), link.getAttribute("aria-label"), link.getBoundingClientRect(), place, link);
    if (event.detail === 0) field.focus({ preventScroll: true });
  });
});

// ---- Selections: a text fragment on top of the paragraph's id ----

const encode = (words) => encodeURIComponent(words).replace(/-/g, "%2D");
const fragment = (words) => {
  if (words.length <= 80 && !words.includes("\n")) return encode(words);
  const first = words.split("\n")[0], last = words.split("\n").at(-1);
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

let waiting = 0;
document.addEventListener("selectionchange", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    const selection = getSelection();
    const inText = !selection.isCollapsed && blockOf(selection.getRangeAt(0).startContainer)?.closest(".md-content") && !panel.contains(document.activeElement);
    here.hidden = !inText || selection.toString().trim().length < 2;
    if (here.hidden) return;
    const at = selection.getRangeAt(0).getBoundingClientRect(), frame = here.offsetParent.getBoundingClientRect();
    here.style.top = `${at.bottom - frame.top + 6}px`;
    here.style.left = `${Math.max(0, Math.min(at.left - frame.left, frame.width - here.offsetWidth - 8))}px`;
  }, 300);
});

// ---- The boxes under a chapter ----

document.querySelectorAll("[data-copy]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => copy(addressOf(""), say("链接已复制", "Link copied"), button));
});
document.querySelectorAll("[data-copy-from]").forEach((button) => {
  const source = document.getElementById(button.dataset.copyFrom);
  button.hidden = false;
  button.addEventListener("click", () => copy(source.textContent.trim(), say("引文已复制", "Citation copied"), button, source.querySelector("i") && source.innerHTML.replace(/<\/?span[^>]*>/g, "").trim()));
});
document.querySelectorAll("[data-share]").forEach((button) => {
  button.hidden = !navigator.share;
  button.addEventListener("click", () => shareable(addressOf("")));
});

// References name the day they were made.
const now = new Date(), iso = `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}-${String(now.getDate()).padStart(2, "0")}`;
document.querySelectorAll("[data-today]").forEach((day) => {
  day.textContent = { long: now.toLocaleDateString("en-US", { year: "numeric", month: "long", day: "numeric" }), slashes: iso.replace(/-/g, "/") }[day.dataset.today] ?? iso;
});

// And the paragraph that the address names.
const cited = () => {
  const number = /^#p(\d+\w*)$/.exec(location.hash)?.[1], place = number && document.getElementById(`p${number}`) ? number : "";
  document.querySelectorAll("[data-place]").forEach((one) => { one.textContent = place && one.dataset.place.replace("#", place); });
  document.querySelectorAll("[data-address]").forEach((one) => { one.textContent = one.dataset.address + (place && `#p${place}`); });
};
addEventListener("hashchange", cited);
cited();
