"""A book of two pages with the project's own settings, for tests that build often."""

import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SITE_URL = "https://hard-tech.example/paper/"  # at a sub-path, as on many hosts
PAGES = ("index", "origin")


def write_minibook(root: Path) -> Path:
    """Writes the book into `root`, with copies of our templates and assets, and returns `root`."""
    settings = re.sub(
        r"(?ms)^nav:\n.*?\n\n",
        "nav:\n  - index.md\n  - origin.md\n\n",
        (ROOT / "mkdocs.yml").read_text("utf-8"),
    )
    root.mkdir(parents=True, exist_ok=True)
    (root / "mkdocs.yml").write_text(settings, "utf-8")
    (root / "CHANGELOG.md").write_text("## [1.0.0] - 2026-11-24\n", "utf-8")
    shutil.copytree(ROOT / "overrides", root / "overrides")
    if (ROOT / "docs/assets").exists():
        shutil.copytree(ROOT / "docs/assets", root / "docs/assets")
    (root / "docs/data").mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "docs/data/look.toml", root / "docs/data/look.toml")
    write_text(root, "first")
    return root


def write_text(root: Path, word: str) -> None:
    """Writes both pages in both languages anew; `word` stands at the end of each."""
    for lang, text in (("zh", "一句话{word}。"), ("en", "One sentence {word}.")):
        for name in PAGES:
            page = root / "docs" / lang / f"{name}.md"
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(
                f"---\ndescription: {name}\n---\n# {name} {{#{name}}}\n\n{text.format(word=word)}\n",
                "utf-8",
            )
