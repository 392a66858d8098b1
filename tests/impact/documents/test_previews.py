"""What people see of a file is drawn anew: pixels and cells, with nothing else of the file in them."""

import io
from pathlib import Path

import pytest
from PIL import Image

from impact.documents import previews
from impact.errors import NotFound, Refused
from tests import pieces


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "piece"


def drawn(path: Path, content: bytes, extension: str, page: int = 1, width: int = 1000) -> Image.Image:
    path.write_bytes(content)
    image = Image.open(io.BytesIO(previews.page_image(path, extension, page, width)))
    image.load()
    assert (image.format, image.mode) == ("PNG", "RGB")
    assert image.info.keys() <= {"dpi"}
    return image


def test_a_page_of_a_pdf_is_as_wide_as_asked(path: Path) -> None:
    assert drawn(path, pieces.pdf(3), "pdf", 3, 600).size == (600, 850)


def test_a_page_that_does_not_exist_is_told(path: Path) -> None:
    path.write_bytes(pieces.pdf(2))
    for page in (0, -1):
        with pytest.raises(NotFound):
            previews.page_image(path, "pdf", page)
    with pytest.raises(Refused, match="pas de page 3"):
        previews.page_image(path, "pdf", 3)
    for extension in ("csv", "xlsx", "docx"):
        with pytest.raises(NotFound):
            previews.page_image(path, extension, 1)


def test_a_photograph_loses_its_place_and_author_and_what_is_appended(path: Path) -> None:
    labels = Image.Exif()
    labels[0x013B] = "Ada SECRET"
    content = pieces.picture("JPEG", exif=labels, comment=b"SECRET") + b"<script>SECRET</script>"
    drawn(path, content, "jpg")
    assert b"SECRET" not in previews.page_image(path, "jpg", 1)


@pytest.mark.parametrize(
    ("orientation", "red"),
    [(1, "left"), (2, "right"), (3, "right"), (4, "left"), (5, "top"), (6, "top"), (7, "bottom"), (8, "bottom")],
)
def test_a_photograph_is_shown_as_the_camera_was_held(path: Path, orientation: int, red: str) -> None:
    labels = Image.Exif()
    labels[0x0112] = orientation
    image = drawn(path, pieces.picture("JPEG", (400, 200), exif=labels, quality=95), "jpg", width=100)
    across, down = image.size
    assert (across, down) == ((100, 200) if orientation > 4 else (100, 50))
    places = {"left": (5, down // 2), "right": (across - 5, down // 2), "top": (50, 5), "bottom": (50, down - 5)}
    pixel = image.getpixel(places[red])
    assert isinstance(pixel, tuple)
    assert pixel[0] > 200 > pixel[2]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_sort_of_png_is_shown_on_white(path: Path, mode: str) -> None:
    written = io.BytesIO()
    Image.new(mode, (30, 20)).save(written, "PNG")
    image = drawn(path, written.getvalue(), "png")
    assert image.size == (30, 20)
    assert image.getpixel((0, 0)) == ((255, 255, 255) if mode in ("LA", "RGBA") else (0, 0, 0))


def test_a_cmyk_photograph_is_shown(path: Path) -> None:
    written = io.BytesIO()
    Image.new("CMYK", (300, 200)).save(written, "JPEG")
    assert drawn(path, written.getvalue(), "jpg").size == (300, 200)


def test_a_table_is_shown_by_its_first_rows_in_the_separator_of_the_file(path: Path) -> None:
    path.write_bytes(pieces.TABLE)
    assert previews.table(path) == previews.TablePreview(
        ["Région", "Nombre"], [["Bretagne", "3"], ["Île-de-France", "-4,5"]], 2
    )
    assert previews.table(path, most=1) == previews.TablePreview(["Région", "Nombre"], [["Bretagne", "3"]], 2)


def test_what_would_disturb_the_screen_is_left_out_of_a_table(path: Path) -> None:
    path.write_bytes(f"a,b\n\u202eab\u0007c,{'x' * 500}\n".encode())
    ((first, second),) = previews.table(path).rows
    assert first == " ab c"
    assert len(second) == 200
    assert second.endswith("…")
