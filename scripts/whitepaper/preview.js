// In every page that scripts/serve shows: what the checker says, this page's problems first.
(async () => {
  const [, tree, name] = location.pathname.match(/^\/(zh-en|zh|en)\/([^/]*)/) ?? [];
  const own = (tree === "zh-en" ? ["zh", "en"] : [tree]).map((lang) => `docs/${lang}/${name || "index"}.md`);
  const [error, ...problems] = await (await fetch("/preview.json")).json();
  const isOwn = (problem) => own.some((path) => problem.startsWith(`${path}:`));
  const told = [error, ...problems.sort((a, b) => isOwn(b) - isOwn(a))].filter(Boolean).join("\n");
  if (!told) return;
  const panel = document.createElement("aside");
  panel.style.cssText = "position:fixed;inset:auto 1rem 1rem auto;z-index:99;max-width:40rem;max-height:40vh;overflow:auto;padding:.6rem .9rem;border-radius:.4rem;background:#7a1f0e;color:#fff;font:13px/1.5 system-ui,sans-serif;white-space:pre-wrap";
  panel.textContent = told;
  document.body.append(panel);
})();
