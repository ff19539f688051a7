"""A picture written anew, from its pixels alone; runs in a limited process and imports no Django."""

from io import BytesIO
from typing import Final

from PIL import (
    Image,
    ImageOps,
    JpegImagePlugin,
    PngImagePlugin,
    UnidentifiedImageError,
    WebPImagePlugin,
)

from surveys.limited import Refused

TOO_LARGE: Final = "too_large"
DAMAGED: Final = "damaged"
QUALITY: Final = 90
MODES: Final = {
    JpegImagePlugin.JpegImageFile.format: frozenset({"L", "RGB"}),
    PngImagePlugin.PngImageFile.format: frozenset({"1", "L", "LA", "P", "RGB", "RGBA"}),
    WebPImagePlugin.WebPImageFile.format: frozenset({"RGB", "RGBA"}),
}

# Ours is asked for before anything is unpacked.
Image.MAX_IMAGE_PIXELS = None


def rewrite(data: bytes, *, kind: str, most_pixels: int, longest_side: int) -> bytes:
    """The picture with nothing but its pixels: no EXIF, place, comment, profile or second frame.

    ``longest_side`` (0: any) makes it smaller, never larger. Raises Refused with TOO_LARGE above
    ``most_pixels``, else with DAMAGED.
    """
    try:
        with Image.open(BytesIO(data), formats=[kind]) as picture:
            if picture.width * picture.height > most_pixels:
                raise Refused(TOO_LARGE)
            picture.load()
            upright = ImageOps.exif_transpose(picture)
    except (OSError, SyntaxError, ValueError, EOFError, UnidentifiedImageError) as failure:
        raise Refused(DAMAGED) from failure
    if longest_side and max(upright.size) > longest_side:
        upright.thumbnail((longest_side, longest_side))
    return _written(upright, kind)


def _written(picture: Image.Image, kind: str) -> bytes:
    if picture.mode not in MODES[kind]:
        has_alpha = "A" in picture.getbands() and kind != JpegImagePlugin.JpegImageFile.format
        picture = picture.convert("RGBA" if has_alpha else "RGB")
    see_through = picture.info.get("transparency") if picture.mode == "P" else None
    picture.info = {} if see_through is None else {"transparency": see_through}
    out = BytesIO()
    picture.save(out, kind, quality=QUALITY)
    return out.getvalue()
