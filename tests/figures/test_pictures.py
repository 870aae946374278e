"""Pictures in chapters."""

import io
from pathlib import Path

import pytest
from PIL import Image

from minibook import write_minibook
from whitepaper.book import BookError, read_book
from whitepaper.pictures import LARGEST, picture_path, read_picture
from whitepaper.render import render_pages
from whitepaper.site.pages import Site


def saved(path: Path, image: Image.Image, **options) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(path, **options)
    return path


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.fixture
def photo() -> Image.Image:
    image = Image.new("RGB", (64, 48), "navy")
    image.putpixel((0, 0), (255, 0, 0))
    return image


@pytest.mark.parametrize("ending", ["png", "jpg", "webp"])
def test_plain(tmp_path: Path, photo: Image.Image, ending: str):
    """A picture that needs no mending is published byte for byte as it is."""
    path = saved(tmp_path / f"a.{ending}", photo)
    picture = read_picture(path)
    assert (picture.width, picture.height, picture.data) == (64, 48, path.read_bytes())
    assert picture.suffix == f".{ending}"


def test_turned(tmp_path: Path, photo: Image.Image):
    """What a camera noted turns the picture, and is not published."""
    exif = photo.getexif()
    exif[0x0112], exif[0x010F] = 6, "Camera"
    picture = read_picture(saved(tmp_path / "a.jpg", photo, exif=exif))
    assert (picture.width, picture.height) == (48, 64)
    assert opened(picture.data).size == (48, 64) and not opened(picture.data).getexif()


def test_inks(tmp_path: Path, photo: Image.Image):
    """A picture in printing inks becomes one in the colours of screens."""
    picture = read_picture(saved(tmp_path / "a.jpg", photo.convert("CMYK")))
    assert opened(picture.data).mode == "RGB"
    assert opened(picture.data).getpixel((40, 20)) == pytest.approx((0, 0, 128), abs=12)


def test_large(tmp_path: Path):
    """A picture larger than any page can show is shrunk, in its own shape and format."""
    picture = read_picture(saved(tmp_path / "a.png", Image.new("P", (3 * LARGEST, LARGEST))))
    assert (picture.width, picture.height) == (LARGEST, LARGEST // 3)
    assert opened(picture.data).format == "PNG"


def test_printable(tmp_path: Path, photo: Image.Image):
    """WebP becomes JPEG for files, or PNG where it is transparent; the size on the page stays."""
    kinds = {}
    for mode in ("RGB", "RGBA"):
        path = saved(tmp_path / f"{mode}.webp", photo.convert(mode), lossless=True)
        if mode == "RGBA":
            saved(path, Image.new("RGBA", (64, 48), (0, 0, 0, 90)), lossless=True)
        shown = read_picture(path).printable()
        kinds[mode] = (shown.suffix, opened(shown.data).format, shown.width)
    assert kinds == {"RGB": (".jpg", "JPEG", 64), "RGBA": (".png", "PNG", 64)}


@pytest.mark.parametrize(
    ("tag", "size"),
    [
        ('viewBox="0 0 300 120"', (300, 120)),
        ('width="30mm" height="15mm" viewBox="0 0 1 1"', (113, 57)),
        ('width="100%" height="100%" viewBox="0 0 90 45"', (90, 45)),
        ('width="180" viewBox="0, 0, 90, 45"', (180, 90)),
        ('width="20px" height="10px"', (20, 10)),
    ],
)
def test_drawn_by_hand(tmp_path: Path, tag: str, size: tuple[int, int]):
    """A drawing has the size that it says, in CSS pixels, or that of its sheet."""
    path = tmp_path / "a.svg"
    path.write_text(f'<svg xmlns="http://www.w3.org/2000/svg" {tag}><desc>A  line</desc></svg>')
    picture = read_picture(path)
    assert (picture.width, picture.height, picture.words) == (*size, "A line")


@pytest.mark.parametrize(
    ("name", "data", "law"),
    [
        ("gone.png", None, "there is no such picture"),
        ("a.png", b"", "cannot be read"),
        ("a.jpg", b"\xff\xd8\xff\xe0 no more", "cannot be read"),
        ("a.svg", b"<svg", "no well-formed SVG"),
        ("a.svg", b"<html/>", "is no SVG"),
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>', "must say its size"),
        ("a.svg", b'<svg viewBox="0 0 9 9"><script/></svg>', "must hold no <script>"),
        ("a.svg", b'<svg viewBox="0 0 9 9"><image href="b.png"/></svg>', "must hold all"),
    ],
)
def test_refused(tmp_path: Path, name: str, data: bytes | None, law: str):
    """What cannot be shown is refused in one line that names the file and a cure."""
    path = tmp_path / "docs/zh/figures" / name
    path.parent.mkdir(parents=True)
    if data is not None:
        path.write_bytes(data)
    with pytest.raises(BookError, match=rf"^docs/zh/figures/{name}: .*{law}.*\. [A-Z]"):
        read_picture(path)


def test_moving(tmp_path: Path, photo: Image.Image):
    """Formats that not every reader's program knows, and pictures that move, are refused."""
    for name, options in (("a.gif", {}), ("a.tif", {}), ("b.webp", {"append_images": [photo]})):
        still = photo if name != "b.webp" else Image.new("RGB", (64, 48))
        path = saved(tmp_path / name, still, save_all=name == "b.webp", **options)
        with pytest.raises(BookError, match="must stand still and be no"):
            read_picture(path)


def test_names(tmp_path: Path):
    """A picture may lie anywhere below its language, under a name in Han or with blanks."""
    for src, name in (
        ("../figures/a.png", "zh/figures/a.png"),
        ("../%E5%9B%BE%20%E4%B8%80.png", "zh/图 一.png"),
        ("../photos/a%20b.jpg#x", "zh/photos/a b.jpg"),
    ):
        assert picture_path(tmp_path, "zh/origin/", src) == tmp_path / "docs" / name


def test_fitted(tmp_path: Path, photo: Image.Image):
    """The site holds what is shown, not what the camera left, under the name that it had."""
    exif = photo.getexif()
    exif[0x0112] = 3
    book = read_book(write_minibook(tmp_path / "book"))
    saved(book.root / "docs/zh/a.jpeg", photo, exif=exif)
    Site(book, tmp_path / "site", render_pages(book)).write()
    assert not opened((tmp_path / "site/zh/a.jpeg").read_bytes()).getexif()
