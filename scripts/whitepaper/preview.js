// Put into every page by scripts/serve: reloads it when it has changed, and shows what the checker says, this page's problems first.
(() => {
  const [, tree, name] = location.pathname.match(/^\/(zh-en|zh|en)\/([^/]*)/) ?? [];
  const own = (tree === "zh-en" ? ["zh", "en"] : [tree]).map((lang) => `docs/${lang}/${name || "index"}.md`);
  const panel = document.createElement("aside");
  panel.style.cssText = "position:fixed;inset:auto 1rem 1rem auto;z-index:99;max-width:40rem;max-height:40vh;overflow:auto;padding:.6rem .9rem;border-radius:.4rem;background:#7a1f0e;color:#fff;font:13px/1.5 system-ui,sans-serif;white-space:pre-wrap";

  const show = ({ problems, error }) => {
    const sorted = [...problems].sort((a, b) => own.includes(b.path) - own.includes(a.path));
    const lines = sorted.map((problem) => `${problem.path}:${problem.line}: ${problem.code} ${problem.message}. ${problem.hint}`);
    panel.textContent = [error, ...lines].filter(Boolean).join("\n");
    if (panel.textContent) document.body.append(panel);
    else panel.remove();
  };

  // The page as served, but for the name of the search index, which changes with every word.
  const read = async () => (await (await fetch(location.href)).text()).replace(/data-search="[^"]*"/, "");

  const follow = async (page, news) => {
    try {
      const state = await (await fetch(`/preview.json?${news}`)).json();
      if ((await read()) !== page) return location.reload();
      show(state);
      return follow(page, state.news);
    } catch {
      setTimeout(follow, 1000, page, news); // the preview is not there; perhaps it comes back
    }
  };
  read().then((page) => follow(page, ""));
})();
