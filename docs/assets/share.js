// Passing on a place or a citation. Whatever a browser refuses, the words are there to select.
const box = document.querySelector(".md-dialog");
let hiding = 0;

const tell = (message) => {
  box.textContent = message;
  box.classList.toggle("md-dialog--active", message !== "");
  clearTimeout(hiding);
  if (message) hiding = setTimeout(tell, 4000, "");
};

// In-app browsers may have no clipboard: then the old way.
const write = async (words, html) => {
  const part = (type, content) => ({ [type]: new Blob([content], { type }) });
  try {
    if (!html || !globalThis.ClipboardItem) await navigator.clipboard.writeText(words);
    else {
      const parts = { ...part("text/plain", words), ...part("text/html", html) };
      await navigator.clipboard.write([new ClipboardItem(parts)]);
    }
    return true;
  } catch {
    const spare = make("textarea", { value: words, className: "unseen", ariaHidden: "true" });
    const before = document.activeElement;
    document.body.append(spare);
    spare.select();
    const done = document.execCommand("copy");
    spare.remove();
    before?.focus({ preventScroll: true });
    return done;
  }
};

const copy = async (words, from, html) => {
  if (await write(words, html)) return tell(say("已复制", "Copied"));
  tell(say(
    "未能复制；文字已选中，请手动复制",
    "Could not copy. The text is selected: please copy it by hand",
  ));
  offer(words, from);
};

// The address of a place; from disk, where it is published.
const addressOf = (place) => {
  const canonical = document.querySelector("link[rel=canonical]");
  const page = location.protocol === "file:" ? canonical.href : location.href;
  return page.split(/[?#]/)[0] + (place && `#${place}`);
};

// ---- The panel below a place: nothing is copied until a button says so ----

const action = (textContent, onclick, hidden = false) => (
  make("button", { type: "button", textContent, onclick, hidden })
);
const shareable = (url) => navigator.share({ title: document.title, url }).catch(() => {});

const share = say("分享…", "Share…"), link = say("复制链接", "Copy link");
const label = say("地址", "Address"), onfocus = () => field.select();
const field = make("textarea", {
  readOnly: true, spellcheck: false, "aria-label": label, onfocus,
});
const name = make("span", { id: "place-name" });
const references = make("div", { className: "place__cite cite", hidden: true });
const cited = document.querySelector(".apparatus .cite");
let owner = null, block = null, address = "";

const sourced = action(
  say("复制本段与出处", "Copy with source"),
  () => copy(withSource(block), sourced),
);
const citing = action(say("引用…", "Cite…"), () => citePlace(references.hidden));
const panel = make(
  "div",
  { id: "place", className: "place", role: "group", "aria-labelledby": name.id, hidden: true },
  name,
  field,
  action(link, () => copy(address, panel)),
  sourced,
  citing,
  action(share, () => shareable(address), !navigator.share),
  action(say("关闭", "Close"), () => close()),
  references,
);

const fill = (words) => {
  field.value = words;
  field.style.height = 0;
  field.style.height = `${Math.min(field.scrollHeight + 2, 160)}px`;
};

// Below what it belongs to, so that it covers nothing; what the reader looks at stays put.
const show = (part, called, words) => {
  const before = part.getBoundingClientRect().top;
  const item = part.matches("dt") ? part.nextElementSibling : part.closest("li, dd");
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
  owner?.focus({ preventScroll: true });
};

const select = () => {
  field.focus({ preventScroll: true });
  field.select();
};

// What could not be copied stands in the panel, selected.
const offer = (words, from) => {
  if (panel.hidden) {
    [owner, block, address] = [from, null, addressOf("")];
    sourced.hidden = citing.hidden = true;
    show(from.closest("p, dd, li"), document.title, words);
  }
  fill(words);
  select();
};

const open = (link, byKeyboard) => {
  const place = decode(link.hash.slice(1));
  [owner, block, address] = [link, named(link.hash), addressOf(place)];
  sourced.hidden = !block;
  citing.hidden = !link.dataset.n || !cited;
  show(block ?? link, link.getAttribute("aria-label"), address);
  if (byKeyboard) select();
};

onEscape(() => panel.hidden || close());

// ---- What a place says ----

// What a part says in a language, on a parallel page without the other's halves; a figure its
// caption and description, which may hold both.
const langs = dataset.tree.split("-");
const wordsOf = (part, lang) => {
  const halves = ".pair, figcaption", beside = `:is(${halves}) > [lang]:not([lang^=${lang}])`;
  const furniture = ".permalink, .footnote-ref, .footnote-backref, .place";
  const without = langs[1] ? `${furniture}, ${beside}` : furniture;
  const plain = (one) => copyOf(one, without).textContent.replace(/[ \n]+/g, " ").trim();
  const figure = part.matches("figure") ? part : part.querySelector(`figure[lang^=${lang}]`);
  if (!figure) return plain(part);
  const said = figure.querySelector("desc")?.textContent ?? figure.querySelector("img")?.alt ?? "";
  const caption = figure.querySelector("figcaption");
  return `${plain(caption)}\n${said.split(" · ")[langs.indexOf(lang)] ?? said}`;
};

// Authors sign the text of a chapter; the editor notes, drawings and other pages. In braces stands
// what is said where there is a number.
const signature = (element, lang, number) => {
  const lines = document.querySelector(".apparatus").dataset, end = lang === "en" ? "En" : "Zh";
  const edits = ".footnote, .admonition, figure";
  const edited = element.closest(edits) ?? element.querySelector("figure");
  const line = (!edited && lines[`source${end}`]) || lines[`editor${end}`];
  return line.replace(/\{(.*)\}/, number ? "$1" : "").replace("#", number);
};

const withSource = (element) => {
  const number = element.querySelector(":scope > .permalink")?.dataset.n;
  const parts = element.matches("dt") ? [element, element.nextElementSibling] : [element];
  const quotes = langs.map((lang) => {
    const words = parts.map((part) => wordsOf(part, lang)).join(lang === "en" ? ": " : "：");
    return `${words}\n${signature(element, lang, number)}`;
  });
  return `${quotes.join("\n\n")}\n${addressOf(element.id)}`;
};

// ---- References: they name the day and, in the panel, the paragraph ----

const now = new Date(), iso = now.toLocaleDateString("sv"); // Swedish dates are those of ISO 8601
const TODAY = {
  iso,
  long: now.toLocaleDateString("en-US", { dateStyle: "long" }),
  slashes: iso.replace(/-/g, "/"),
};
const complete = (part, number) => part.querySelectorAll("span").forEach((one) => {
  const { today, place, address: page } = one.dataset;
  if (today) one.textContent = TODAY[today];
  if (place) one.textContent = number && place.replace("#", number);
  if (page) one.textContent = page + (number && `#p${number}`);
});

const citePlace = (shown) => {
  references.hidden = !shown;
  put(citing, { "aria-expanded": shown });
  if (!shown) return;
  references.replaceChildren(...copyOf(cited, "summary, a").children);
  complete(references, block.id.slice(1));
};

if (cited) complete(cited, "");

document.querySelector(".share__buttons")?.append(
  action(share, () => shareable(addressOf("")), !navigator.share),
  " ",
  action(link, ({ target }) => copy(addressOf(""), target)),
);
const cite = (button) => {
  const source = button.parentElement.querySelector(":scope > span");
  const html = source.querySelector("i") && source.innerHTML.replace(/<\/?span[^>]*>/g, "").trim();
  copy(source.textContent.trim(), button, html);
};

able.share = { open, cite };
