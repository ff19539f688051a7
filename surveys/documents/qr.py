"""QR codes, drawn from their modules: one path as SVG, one bit a module as PNG."""

from io import BytesIO
from typing import Final

from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

BORDER: Final = 4
"""Modules of white around the code; the standard (ISO/IEC 18004) asks for four."""


def qr_svg(text: str, *, label: str = "") -> str:
    """The code of the text as an SVG element of no fixed size; ``label`` is read out for it.

    Raises ValueError where the text is longer than a code holds (2,331 bytes).
    """
    modules = _modules(text)
    squares = "".join(
        f"M{column} {row}h1v1h-1z"
        for row, line in enumerate(modules)
        for column, dark in enumerate(line)
        if dark
    )
    size = len(modules)
    named = f' role="img" aria-label="{_escaped(label)}"' if label else ' aria-hidden="true"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"{named}>'
        f'<path fill="#fff" d="M0 0h{size}v{size}h-{size}z"/>'
        f'<path fill="#000" d="{squares}"/></svg>'
    )


def qr_png(text: str, *, scale: int = 8) -> bytes:
    """The code of the text as a PNG of ``scale`` pixels a module. Raises ValueError as qr_svg."""
    from PIL import Image  # noqa: PLC0415  (not needed for pages)

    modules = _modules(text)
    size = len(modules)
    picture = Image.new("1", (size, size), 1)
    picture.putdata([0 if dark else 1 for line in modules for dark in line])
    file = BytesIO()
    picture.resize((size * scale, size * scale), Image.Resampling.NEAREST).save(file, "PNG")
    return file.getvalue()


def _modules(text: str) -> list[list[bool]]:
    code = QRCode(error_correction=ERROR_CORRECT_M, border=BORDER)
    code.add_data(text)
    code.make(fit=True)
    modules: list[list[bool]] = code.get_matrix()
    return modules


def _escaped(text: str) -> str:
    for character, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(character, entity)
    return text
