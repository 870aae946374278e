"""How the edition looks, from docs/data/look.toml: its colours, its faces, its sign.

Style sheet and icon are files that `scripts/figures` writes (`look_files`); PDF, EPUB, cards and
drawings ask for the values themselves.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from whitepaper.book import ROOT, BookError
from whitepaper.data import read_data

SOURCE = "docs/data/look.toml"
Pair = tuple[str, str]  # a colour in the light and in the dark
Stratum = list[float]  # y and half a width of its upper edge, then of its lower


@dataclass(frozen=True)
class Look:
    """Colours by name, each as (light, dark); faces by language and kind; the sign by its size."""

    colors: dict[str, Pair]
    figure: dict[str, str | Pair]
    faces: dict[str, dict[str, list[str]]]
    sign: dict

    def role(self, name: str, scheme: int = 0) -> str:
        """The colour of a role in drawings: 0 in the light, 1 in the dark."""
        color = self.figure[name]
        return (self.colors[color] if isinstance(color, str) else color)[scheme]

    def light(self, text: str) -> str:
        """`text` with the light colour in place of each var(--name)."""
        return re.sub(r"var\(--([\w-]+)\)", lambda name: self.colors[name[1]][0], text)

    def family(self, lang: str, face: str) -> str:
        """The faces of a language as CSS and SVG list them."""
        return ", ".join(f"'{name}'" if " " in name else name for name in self.faces[lang][face])

    def as_json(self) -> bytes:
        """What Typst's templates take from it: light colours and the sign."""
        colors = {name: pair[0] for name, pair in self.colors.items()}
        return json.dumps({"colors": colors, "sign": self.sign}).encode()


def read_look(root: Path = ROOT) -> Look:
    """Raises BookError where the file is missing or a colour is none."""
    try:
        look = Look(**read_data(root / SOURCE, dict, SOURCE))
    except FileNotFoundError:
        raise BookError(f"{SOURCE}: no such file. Restore it: every colour comes from it") from None
    except TypeError as error:
        tables = "[colors], [figure], [faces] and [sign]"
        raise BookError(f"{SOURCE}: it must have {tables} alone ({error}). Mend it") from None
    for name, color in (look.colors | look.figure).items():
        if isinstance(color, str) and color in look.colors:
            continue
        if not (
            isinstance(color, list) and all(re.fullmatch("#[0-9a-f]{6}", one) for one in color)
        ):
            law = f'{name} must be ["#rrggbb", "#rrggbb"], in the light and in the dark'
            raise BookError(f"{SOURCE}: {law}, or in [figure] the name of such a colour. Mend it")
    return look


# ---- what stands in files ----


def look_files(root: Path = ROOT) -> dict[Path, str]:
    """The files that are made of the look alone, with their content."""
    if not (root / SOURCE).exists():
        return {}
    look = read_look(root)
    return {
        root / "docs/assets/colors.css": render_colors(look),
        root / "docs/assets/mark.svg": render_mark(look),
        root / "overrides/partials/look.html": render_partial(look),
    }


def render_colors(look: Look) -> str:
    """Every colour as a custom property: on paper the light one, on a screen the one chosen."""
    light, dark = _properties(look, 0), _properties(look, 1)
    changing = "\n".join(sorted(set(dark.splitlines()) - set(light.splitlines())))
    system = ':root:not([data-scheme="light"])'
    return f"""/* Written by scripts/figures from {SOURCE}: change it there. */
:root {{
{light}
}}
@media screen and (prefers-color-scheme: dark) {{
{system} {{
{changing}
}}
}}
@media screen {{
:root[data-scheme="dark"] {{
{changing}
}}
}}
"""


def _properties(look: Look, scheme: int) -> str:
    colors = {name: pair[scheme] for name, pair in look.colors.items()}
    for name, color in look.figure.items():
        colors[f"fig-{name}"] = f"var(--{color})" if isinstance(color, str) else color[scheme]
    return "\n".join(f"  --{name}: {value};" for name, value in colors.items())


def render_mark(look: Look) -> str:
    """The sign as an icon, which knows the dark by itself."""
    (ink, hard), (pale, bright) = zip(look.colors["ink"], look.colors["vermilion"], strict=True)
    style = (
        f"path{{fill:{ink}}}.hard{{fill:{hard}}}"
        f"@media (prefers-color-scheme:dark){{path{{fill:{pale}}}.hard{{fill:{bright}}}}}"
    )
    head = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">'
    return f"{head}<style>{style}</style>{_paths(look.sign['small'], 12)}</svg>\n"


def render_partial(look: Look) -> str:
    """What templates take from the look: the paper, light and dark; the sign, small and large."""
    told = {
        "paper": look.colors["paper"],
        "small": _paths(look.sign["small"], 12),
        "large": _paths(look.sign, 197),
    }
    note = f"{{#- Written by scripts/figures from {SOURCE}: change it there. -#}}\n"
    return f"{note}{{% set look = {json.dumps(told)} %}}\n"


def _paths(sign: dict, middle: float) -> str:
    drawn = [outline(stratum, middle) for stratum in sign["strata"]]
    return "".join(
        f'<path class="hard" d="{d}"/>' if level == sign["hard"] else f'<path d="{d}"/>'
        for level, d in enumerate(drawn)
    )


def outline(stratum: Stratum, middle: float) -> str:
    """A stratum of the sign as the steps of an SVG path, on a sheet whose middle is `middle`."""
    top, narrow, foot, wide = stratum
    corners = [(-narrow, top), (narrow, top), (wide, foot), (-wide, foot)]
    return "M" + "L".join(f"{middle + across:g} {down:g}" for across, down in corners) + "z"
