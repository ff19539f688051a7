"""What the sheets around the computing ones say, in both languages."""

from exporters.books.assessment.around.words.cover import COVER, HOLDS
from exporters.books.assessment.around.words.explaining import (
    CODEBOOK,
    GLOSSARY,
    IN_CELLS,
    METHODS,
    TERMS,
)
from exporters.books.assessment.around.words.results import SHEETS
from exporters.books.assessment.around.words.tables import TABLES

__all__ = [
    "CODEBOOK",
    "COVER",
    "GLOSSARY",
    "HOLDS",
    "IN_CELLS",
    "METHODS",
    "SHEETS",
    "TABLES",
    "TERMS",
]
