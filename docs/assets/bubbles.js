// Terms and notes, readable in place: a bubble beside the word, by hover, focus or touch.
// It stays while pointed at, and Escape closes it (WCAG 1.4.13).
const box = document.createElement("div");
let owner = null, closing = 0, touched = null;
box.id = "bubble";
box.className = "bubble md-typeset";
box.hidden = true;
box.setAttribute("role", "tooltip");
document.querySelector(".md-content__inner")?.append(box);

const place = () => {
  const word = owner.getClientRects()[0], frame = box.offsetParent.getBoundingClientRect(), room = document.documentElement.clientWidth, gap = 12;
  const above = word.bottom + gap + box.offsetHeight > innerHeight && word.top > box.offsetHeight + gap;
  box.style.left = `${Math.max(gap, Math.min(word.left, room - box.offsetWidth - gap)) - frame.left}px`;
  box.style.top = `${(above ? word.top - box.offsetHeight - gap : word.bottom + gap) - frame.top}px`;
};

const close = () => {
  owner?.removeAttribute("aria-describedby");
  owner = null;
  box.hidden = true;
};

const open = async (word, fill) => {
  clearTimeout(closing);
  if (owner === word) return;
  close();
  owner = word;
  const parts = await fill(word);
  if (owner !== word) return; // the reader has gone on
  box.replaceChildren(...parts);
  box.hidden = false;
  box.style.left = box.style.top = "0";
  place();
  word.setAttribute("aria-describedby", box.id);
};

const closeSoon = () => {
  closing = setTimeout(close, 250);
};

// An engine that cannot tell shows a bubble for every focus.
const byKeyboard = (word) => {
  try {
    return word.matches(":focus-visible");
  } catch {
    return true;
  }
};

const attach = (selector, fill) => document.querySelectorAll(selector).forEach((word) => {
  word.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && open(word, fill));
  word.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && closeSoon());
  word.addEventListener("focus", () => byKeyboard(word) && open(word, fill));
  word.addEventListener("blur", closeSoon);
  word.addEventListener("pointerdown", (event) => {
    touched = event.pointerType !== "mouse" && owner !== word ? word : null;
  });
  // The first touch shows, the second follows the link.
  word.addEventListener("click", (event) => {
    if (touched !== word) return;
    event.preventDefault();
    touched = null;
    open(word, fill);
  });
});

box.addEventListener("pointerenter", () => clearTimeout(closing));
box.addEventListener("pointerleave", closeSoon);
document.addEventListener("keydown", (event) => event.key === "Escape" && close());
document.addEventListener("pointerdown", (event) => box.contains(event.target) || event.target.closest?.("a") === owner || close());
addEventListener("resize", close);

const line = (lang, text, name = "") => {
  const paragraph = document.createElement("p");
  paragraph.lang = lang;
  paragraph.className = name;
  paragraph.textContent = text;
  return paragraph;
};

// Glossary terms say what they mean, in both languages; what that is comes with the first of them.
attach("a.term", async (term) => {
  const terms = await need("terms"), { lang } = term.closest("[lang]");
  const [zh, en, glossZh, glossEn] = terms[term.hash.slice(1)];
  return [line("zh-Hans", zh, "bubble__zh"), line("en", en, "bubble__en"), line(lang, lang === "en" ? glossEn : glossZh)];
});

// Notes can be read where they are called: the bubble holds a copy, on a parallel page of the caller's half.
attach("a.footnote-ref", (call) => {
  const copy = document.getElementById(decodeURIComponent(call.hash.slice(1))).cloneNode(true);
  copy.querySelectorAll(`.footnote-backref, .permalink, .pair > :not([lang=${call.closest("[lang]").lang}])`).forEach((part) => part.remove());
  copy.querySelectorAll("[id]").forEach((block) => block.removeAttribute("id"));
  return [...copy.childNodes];
});
