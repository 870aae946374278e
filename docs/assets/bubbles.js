// A bubble beside a term or a note: it stays while it or its word is pointed at, and Escape closes
// it (WCAG 1.4.13).
const className = "bubble md-typeset";
const box = make("div", { id: "bubble", className, role: "tooltip", hidden: true });
document.querySelector(".md-content__inner").append(box);
let owner = null, closing = 0;

const place = () => {
  const word = owner.getClientRects()[0], frame = box.offsetParent.getBoundingClientRect();
  const room = document.documentElement.clientWidth - box.offsetWidth, gap = 12;
  const above = word.top - box.offsetHeight - gap, below = word.bottom + gap;
  const fits = below + box.offsetHeight <= innerHeight || above < 0;
  box.style.left = `${Math.max(gap, Math.min(word.left, room - gap)) - frame.left}px`;
  box.style.top = `${(fits ? below : above) - frame.top}px`;
};

const close = () => {
  owner?.removeAttribute("aria-describedby");
  owner = null;
  box.hidden = true;
};
const closeSoon = () => {
  clearTimeout(closing);
  closing = setTimeout(close, 250);
};

const line = (lang, textContent, className) => make("p", { lang, textContent, className });

const ofTerm = async (term) => {
  const terms = await need("terms"), { lang } = term.closest("[lang]");
  const [zh, en, glossZh, glossEn] = terms[term.hash.slice(1)];
  const gloss = line(lang, lang === "en" ? glossEn : glossZh, "");
  return [line("zh-Hans", zh, "bubble__zh"), line("en", en, "bubble__en"), gloss];
};

// A note is copied, on a parallel page in the language of who calls it.
const ofNote = (call) => {
  const other = `.pair > :not([lang=${call.closest("[lang]").lang}])`;
  const beside = `.footnote-backref, .permalink, .place, ${other}`;
  return [...copyOf(named(call.hash), beside).childNodes];
};

const open = async (word) => {
  clearTimeout(closing);
  if (owner === word) return;
  close();
  owner = word;
  const parts = await (word.matches(".term") ? ofTerm : ofNote)(word);
  if (owner !== word) return; // the reader has gone on
  box.replaceChildren(...parts);
  box.hidden = false;
  box.style.left = box.style.top = "0";
  place();
  word.setAttribute("aria-describedby", box.id);
};

const within = (target) => owner && (box.contains(target) || owner.contains(target));
document.addEventListener("pointerover", ({ pointerType, target }) => {
  if (pointerType !== "mouse" || !owner) return;
  if (within(target)) clearTimeout(closing);
  else closeSoon();
});
document.addEventListener("focusout", ({ target }) => owner?.contains(target) && closeSoon());
document.addEventListener("pointerdown", ({ target }) => within(target) || close());
onEscape(close);
addEventListener("resize", close);

able.bubbles = { open, shows: (word) => owner === word };
