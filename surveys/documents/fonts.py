"""The typeface of printed documents: Tinos, with the widths of Times New Roman."""

from pathlib import Path
from typing import Final

TINOS: Final = Path(__file__).parents[2] / "node_modules" / "@expo-google-fonts" / "tinos"
BOLD: Final = TINOS / "700Bold" / "Tinos_700Bold.ttf"
REGULAR: Final = TINOS / "400Regular" / "Tinos_400Regular.ttf"
_ITALIC: Final = TINOS / "400Regular_Italic" / "Tinos_400Regular_Italic.ttf"
_BOLD_ITALIC: Final = TINOS / "700Bold_Italic" / "Tinos_700Bold_Italic.ttf"


def missing_fonts() -> list[Path]:
    """The files that are not installed; without them a PDF would be set in another typeface."""
    return [file for file in (REGULAR, BOLD, _ITALIC, _BOLD_ITALIC) if not file.is_file()]
