"""notices.txt: the terms of the site, and of what it holds of others, in their own words."""

from importlib.metadata import files
from pathlib import Path

THEME, ICONS = "mkdocs-material", "templates/.icons/material/LICENSE"


def render_notices(root: Path) -> str:
    """The licence of the project in `root`, and those of the theme's templates and icons."""
    own = root / "LICENSE"
    theirs = {path.as_posix(): path for path in files(THEME) or () if path.name == "LICENSE"}
    theme = next(path for name, path in theirs.items() if ".dist-info/" in name)
    icons = next(path for name, path in theirs.items() if name.endswith(ICONS))
    parts = {
        "This site": own.read_text("utf-8") if own.is_file() else "",
        "Templates and styles derived from Material for MkDocs": theme.read_text("utf-8"),
        "Icons: Material Design Icons": icons.read_text("utf-8"),
    }
    return "\n\n\n".join(
        f"{title}\n{'=' * len(title)}\n\n{text.strip()}" for title, text in parts.items() if text
    )
