"""notices.txt: the terms of the site, and of what it holds of others, in their own words."""

from importlib.metadata import distribution
from pathlib import Path

import material

ICONS = Path(material.__file__).parent / "templates/.icons/material/LICENSE"


def render_notices(root: Path) -> str:
    """The licence of the project in `root`, and those of the theme's templates and icons."""
    own = root / "LICENSE"
    theme = distribution("mkdocs-material").read_text("licenses/LICENSE")
    parts = {
        "This site": own.read_text("utf-8") if own.is_file() else "",
        "Templates and styles derived from Material for MkDocs": theme or "",
        "Icons: Material Design Icons": ICONS.read_text("utf-8"),
    }
    return "\n\n\n".join(
        f"{title}\n{'=' * len(title)}\n\n{text.strip()}" for title, text in parts.items() if text
    )
