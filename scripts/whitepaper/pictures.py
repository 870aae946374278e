"""Pictures in chapters: a file as it lies in docs/ to what pages, PDF and EPUB can show of it.

PNG, JPEG, WebP, and SVG drawn by hand. What a camera or a scanner leaves is mended on the way,
never in the file itself: turned as its Exif says, place and camera left out, CMYK made RGB, and
shrunk to what any page can show.
"""

import base64
import io
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urljoin
from xml.etree import ElementTree

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from whitepaper.book import BookError

FORMATS = {"PNG": ".png", "JPEG": ".jpg", "WEBP": ".webp"}  # Pillow's name of each, and its ending
ENDINGS = {".png": (".png",), ".jpg": (".jpg", ".jpeg"), ".webp": (".webp",), ".svg": (".svg",)}
LARGEST = (
    2400  # pixels along the longer side: a page is 600 wide, a screen twice as dense, and zoom
)
MOST = 120_000_000  # pixels that are opened at all
SVG = "http://www.w3.org/2000/svg"
RASTER = tuple(ending for kind in FORMATS.values() for ending in ENDINGS[kind])
PER_UNIT = {"": 1, "px": 1, "pt": 4 / 3, "pc": 16, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96}
LENGTH = re.compile(r"\s*([\d.]+)\s*(px|pt|pc|mm|cm|in|)\s*")
Image.MAX_IMAGE_PIXELS = MOST // 2  # Pillow refuses what has twice as many


@dataclass(frozen=True)
class Picture:
    """A picture ready to be shown: its size in CSS pixels, its bytes, the ending of its format."""

    width: int
    height: int
    data: bytes
    suffix: str
    words: str = ""  # the description that an SVG brings along

    def printable(self) -> "Picture":
        """The same in a format that PDF and every EPUB reader know."""
        if self.suffix != ".webp":
            return self
        image = Image.open(io.BytesIO(self.data))
        kind = "PNG" if "A" in image.getbands() or "transparency" in image.info else "JPEG"
        return replace(self, data=_saved(image, kind), suffix=FORMATS[kind])

    def as_svg(self) -> bytes:
        """A printable one as a drawing: Typst takes nothing but text from memory."""
        if self.suffix == ".svg":
            return self.data
        size = f'width="{self.width}" height="{self.height}"'
        kind, data = self.suffix[1:].replace("jpg", "jpeg"), base64.b64encode(self.data).decode()
        href = f"data:image/{kind};base64,{data}"
        return f'<svg xmlns="{SVG}" {size}><image {size} href="{href}"/></svg>'.encode()


def picture_path(root: Path, page_url: str, src: str) -> Path:
    """The file in docs/ that `src` on the page at `page_url` (zh/definition/) names, decoded."""
    return root / "docs" / unquote(urljoin(page_url, src).partition("#")[0])


def read_picture(path: Path) -> Picture:
    """Raises BookError that says what is wrong with the file and what to do."""
    try:
        stamp = path.stat()
    except OSError:
        raise _fault(path, "there is no such picture", "Add the file, or mend its name") from None
    return _read(path, stamp.st_mtime_ns, stamp.st_size)


@lru_cache(maxsize=256)
def _read(path: Path, changed: int, size: int) -> Picture:
    data = path.read_bytes()
    if path.suffix.lower() == ".svg":
        return read_svg(data, str(path))
    try:
        image: Image.Image = Image.open(io.BytesIO(data))
        kind, noted = str(image.format), image.getexif()
        if kind not in FORMATS or getattr(image, "n_frames", 1) > 1:
            raise _fault(path, f"a picture must stand still and be no {kind}", CURE)
        image.load()
    except UnidentifiedImageError:  # whose own words name a place in memory
        raise _fault(path, "the picture cannot be read (it is of no known kind)", CURE) from None
    except (OSError, SyntaxError, ValueError) as error:
        raise _fault(path, f"the picture cannot be read ({error})", CURE) from None
    except Image.DecompressionBombError:
        raise _fault(path, f"the picture has more than {MOST:,} pixels", "Shrink it") from None
    suffix, inks = FORMATS[kind], image.mode == "CMYK"
    if noted or inks or max(image.size) > LARGEST or path.suffix.lower() not in ENDINGS[suffix]:
        image = ImageOps.exif_transpose(_as_rgb(image) if inks else image)
        if max(image.size) > LARGEST:
            image = image.convert("RGBA") if image.mode == "P" else image
            image.thumbnail((LARGEST, LARGEST), Image.Resampling.LANCZOS)
        data = _saved(image, kind)
    return Picture(*image.size, data, suffix)


CURE = "Save it anew as PNG, JPEG, WebP or SVG"


def _as_rgb(image: Image.Image) -> Image.Image:
    """A CMYK picture by its own profile, or as plain inks where it has none that can be used."""
    own, screen = io.BytesIO(image.info.pop("icc_profile", b"")), ImageCms.createProfile("sRGB")
    try:
        made = ImageCms.profileToProfile(image, own, screen, outputMode="RGB")
    except ImageCms.PyCMSError:
        made = None
    return image.convert("RGB") if made is None else made


def _saved(image: Image.Image, kind: str) -> bytes:
    """The bytes in the format `kind`, with the colour profile and without what the camera noted."""
    profile = image.info.get("icc_profile") if image.mode in ("RGB", "RGBA", "L") else None
    if kind == "JPEG" and image.mode not in ("RGB", "L"):
        image = image.convert("RGB")
    options = {} if kind == "PNG" else {"quality": 88}
    file = io.BytesIO()
    image.save(file, kind, optimize=True, exif=b"", icc_profile=profile, **options)
    return file.getvalue()


def read_svg(data: bytes, source: str) -> Picture:
    """A drawing; raises BookError that names `source`."""
    path = Path(source)
    try:
        svg = ElementTree.fromstring(data)
    except ElementTree.ParseError as error:
        law = f"the drawing is no well-formed SVG ({error})"
        raise _fault(path, law, "Export it anew") from None
    if _tag(svg) != "svg":
        raise _fault(path, "the drawing is no SVG", "Export it anew")
    for node in svg.iter():
        if _tag(node) in ("script", "foreignObject"):
            law = f"the drawing must hold no <{_tag(node)}>: no file can show it"
            raise _fault(path, law, "Take it out")
        for key, value in node.attrib.items():
            if _tag(node) != "a" and key.endswith("href") and not value.startswith(("#", "data:")):
                law = f"the drawing must hold all that it shows, not {value[:60]}"
                raise _fault(path, law, "Embed it, or take it out")
    texts = {_tag(node): node.itertext() for node in reversed([*svg.iter()])}
    words = (" ".join("".join(texts.get(tag, "")).split()) for tag in ("desc", "title"))
    wide, high = (_length(svg.get(side, "")) for side in ("width", "height"))
    box = [float(number) for number in re.findall(r"-?[\d.]+(?:e-?\d+)?", svg.get("viewBox", ""))]
    if len(box) == 4 and box[2] > 0 and box[3] > 0:
        wide = wide or (high or box[3]) * box[2] / box[3]
        high = high or wide * box[3] / box[2]
    if not (wide and high):
        raise _fault(path, "the drawing must say its size", 'Give <svg> a viewBox="0 0 W H"')
    return Picture(round(wide), round(high), data, ".svg", next(filter(None, words), ""))


def _tag(node: ElementTree.Element) -> str:
    """Its name without the namespace."""
    return node.tag.rpartition("}")[2]


def _length(value: str) -> float:
    """A length in CSS pixels; 0 where it is missing or in a unit that depends on the page."""
    found = LENGTH.fullmatch(value)
    return float(found[1]) * PER_UNIT[found[2]] if found else 0


def _fault(path: Path, law: str, cure: str) -> BookError:
    _, docs, inside = path.as_posix().rpartition("/docs/")
    return BookError(f"{docs[1:]}{inside}: {law}. {cure}")
