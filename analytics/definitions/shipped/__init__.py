"""The definitions that come with the product: an index starts as a copy of one of them."""

from functools import cache
from pathlib import Path
from typing import Final

from analytics.definitions.model import IndexDefinition
from analytics.definitions.reading import read

FOLDER: Final = Path(__file__).parent
SHIPPED: Final = ("capacity-1690", "dti-922-province", "dbi-1970-sme")
"""Their codes, in the order in which they are offered."""


@cache
def shipped(code: str) -> IndexDefinition:
    """One of them. Raises ValueError for a code that is none."""
    if code not in SHIPPED:
        raise ValueError(code)
    return read((FOLDER / f"{code}.json").read_bytes())
