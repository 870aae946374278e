// What a reader sees of a page's lines, measured: an object of functions, for `evaluate`.
({
  HAN: /\p{Script=Han}/u,
  MARK: /[，。、；：]/,

  // Every line of text in sight: the block it stands in, and its signs in order with their boxes.
  lines() {
    const lines = [], range = document.createRange();
    for (const [block, nodes] of this.blocks()) {
      let line = null;
      for (const node of nodes) {
        const size = parseFloat(getComputedStyle(node.parentElement).fontSize), raised = Boolean(node.parentElement.closest("sup"));
        for (let at = 0; at < node.length; at += 1) {
          range.setStart(node, at);
          range.setEnd(node, at + 1);
          const box = range.getClientRects()[0];
          if (!box?.width) continue;
          const { left, right, top, bottom } = box, last = line?.at(-1);
          if (!last || left < last.left - 1 || top > last.bottom) lines.push({ block, signs: line = [] });
          line.push({ sign: node.data[at], left, right, top, bottom, size, raised });
        }
      }
    }
    return lines;
  },

  // The text in sight by the block that sets it in lines.
  blocks() {
    const blocks = new Map(), walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode, parent = node.parentElement;
      if (!node.data.trim() || parent.closest("svg, script, style, textarea, .unseen, .permalink") || !parent.getClientRects().length) continue;
      if (parent.closest("details:not([open])") && !parent.closest("summary") || getComputedStyle(parent).visibility !== "visible") continue;
      let block = parent;
      while (getComputedStyle(block).display.startsWith("inline")) block = block.parentElement;
      blocks.set(block, [...(blocks.get(block) ?? []), node]);
    }
    return blocks;
  },

  text: (signs) => signs.map(({ sign }) => sign).join(""),

  // From one Han's left edge to the next one's, in em, wherever the first has no gap to a word of Latin or a number in its box.
  advances(signs) {
    return signs.slice(1).flatMap((next, at) => {
      const sign = signs[at];
      const plain = this.HAN.test(sign.sign) && this.HAN.test(next.sign) && sign.size === next.size && !/\w/.test(signs[at - 1]?.sign ?? "");
      return plain ? [(next.left - sign.left) / sign.size] : [];
    });
  },

  // Each line with Han in succession: their advances, the median, the text, and whether an unbreakable run follows on the next line.
  han() {
    const middle = (numbers) => [...numbers].sort((one, other) => one - other)[numbers.length >> 1];
    const lines = this.lines();
    return lines.flatMap(({ block, signs }, at) => {
      const advances = this.advances(signs), next = lines[at + 1];
      const unbroken = next?.block === block && /^[\p{Script=Latin}\d“（《]{2}/u.test(this.text(next.signs));
      return advances.length ? [{ advances, median: middle(advances), text: this.text(signs), unbroken }] : [];
    });
  },

  // The room between Han and a number, and between a number and Han, in em: two lists. Two signs of each are looked at,
  // for engines differ in which of the two the gap belongs to.
  gaps() {
    const DIGIT = /\d/, width = ({ left, right, size }) => (right - left) / size;
    const digit = Math.min(...this.lines().flatMap(({ signs }) => signs.filter(({ sign }) => DIGIT.test(sign)).map(width)));
    const between = (...kinds) => this.lines().flatMap(({ signs }) => signs.flatMap((_, at) => {
      const four = signs.slice(at, at + 4);
      const fits = four.length === 4 && four.every(({ sign, size }, place) => kinds[place].test(sign) && size === four[0].size);
      return fits ? [(four[2].right - four[1].left) / four[0].size - 1 - digit] : [];
    }));
    return [between(this.HAN, this.HAN, DIGIT, DIGIT), between(DIGIT, DIGIT, this.HAN, this.HAN)];
  },

  // The advance of a full-width mark between two Han.
  marks() {
    return this.lines().flatMap(({ signs }) => signs.slice(1, -1).flatMap((mark, at) =>
      this.MARK.test(mark.sign) && this.HAN.test(signs[at].sign) && this.HAN.test(signs[at + 2].sign) ? [(signs[at + 2].left - mark.left) / mark.size] : []));
  },

  // How far each line that is not the last of its block ends from the block's edge, and how wide the word is that did not fit, in em.
  edges() {
    const lines = this.lines();
    return lines.flatMap(({ block, signs }, at) => {
      if (lines[at + 1]?.block !== block) return [];
      const { textAlign, paddingRight, fontSize } = getComputedStyle(block), { right } = block.getBoundingClientRect();
      const em = parseFloat(fontSize), following = lines[at + 1].signs.filter(({ sign }, place) => place || sign.trim());
      const end = following.findIndex(({ sign }, place) => place && /[\s-]/.test(sign)), word = following.slice(0, end < 0 ? following.length : end);
      return [{
        heading: Boolean(block.closest("h1, h2, h3, h4, nav")),
        justified: textAlign === "justify",
        room: (right - parseFloat(paddingRight) - signs.at(-1).right) / em,
        word: word.length && (word.at(-1).right - word[0].left) / em,
        text: this.text(signs),
      }];
    });
  },

  // Texts of drawings in which a Han or a digit lies over the next one.
  overlaps() {
    const FULL = /[\p{Script=Han}\d]/u, texts = [...document.querySelectorAll("main svg text")].filter((text) => text.getClientRects().length);
    return texts.map((text) => text.textContent).filter((content, nth) => [...content].some((sign, at) => {
      if (!FULL.test(sign) || !FULL.test(content[at + 1] ?? "")) return false;
      const [one, other] = [at, at + 1].map((place) => texts[nth].getExtentOfChar(place));
      return other.x > one.x && other.x < one.x + one.width - 1;
    }));
  },

  // How many texts of drawings would get gaps between Chinese and Latin.
  spaced: () => [...document.querySelectorAll("svg text, svg tspan")].filter((text) => (getComputedStyle(text).textAutospace ?? "no-autospace") !== "no-autospace").length,

  // Lines that begin or end outside the window, where nothing scrolls them into it.
  lost() {
    const room = document.documentElement.clientWidth;
    return this.lines().filter(({ block, signs }) => !block.closest("table, pre") && (signs.at(-1).right > room + 1 || signs[0].left < -1)).map(({ signs }) => this.text(signs));
  },
})
