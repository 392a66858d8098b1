"""PNG and JPEG, by Pillow; runs in the child process only."""

from io import BytesIO

from PIL import Image, JpegImagePlugin, PngImagePlugin

from impact.documents.kinds import TALLEST
from impact.errors import Refused

MOST_PIXELS = 50_000_000
_READERS = {"png": PngImagePlugin.PngImageFile, "jpg": JpegImagePlugin.JpegImageFile}
_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}  # fmt: skip


def examine(data: bytes, extension: str) -> None:
    """Decoded to its last pixel; Refused when it is too large to be."""
    _opened(data, extension).load()


def picture(data: bytes, extension: str, width: int) -> bytes:
    """PNG of the pixels alone, turned as the camera was held: no place, no date, no name, nothing appended."""
    image = _opened(data, extension)
    turn = _TURNS.get(_orientation(image))
    sideways = turn is not None and turn >= Image.Transpose.ROTATE_90 and turn != Image.Transpose.ROTATE_180
    box = (width * TALLEST, width) if sideways else (width, width * TALLEST)
    image.draft("RGB", (box[0] * 2, box[1] * 2))  # a JPEG can be decoded at a fraction of its size
    seen = image.convert("RGBA") if image.mode in ("P", "PA", "LA") or "transparency" in image.info else image
    if seen.mode not in ("RGB", "RGBA", "L"):
        seen = seen.convert("RGB")
    seen.thumbnail(box)
    if turn is not None:
        seen = seen.transpose(turn)
    page = Image.new("RGB", seen.size, "white")
    page.paste(seen, mask=seen.getchannel("A") if seen.mode == "RGBA" else None)
    drawing = BytesIO()
    page.save(drawing, "PNG", compress_level=3)
    return drawing.getvalue()


def _opened(data: bytes, extension: str) -> Image.Image:
    """The header alone is read; by the reader of that kind, never by whichever recognises the bytes."""
    image: Image.Image = _READERS[extension](BytesIO(data))
    across, down = image.size
    if across * down > MOST_PIXELS:
        raise Refused(
            f"Cette image a {across} × {down} pixels ; au plus {MOST_PIXELS // 1_000_000} millions en tout : "
            "réduisez-la."
        )
    return image


def _orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except Exception:  # damaged labels come in many ways, and the pixels are good without them
        return 1
