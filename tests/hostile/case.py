"""A file of the corpus and what has to become of it."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    """``expected`` is the code and the place of the first error; ``None`` for a file to be accepted.

    ``slow`` cases stand in the benchmark only: each alone would take seconds of the suite.
    """

    name: str
    make: Callable[[], bytes]
    expected: tuple[str, str] | None
    filename: str = "phieu.xlsx"
    slow: bool = False


def unreadable(
    name: str, make: Callable[[], bytes], *, filename: str = "phieu.xlsx", slow: bool = False
) -> Case:
    """A file that is refused as a whole."""
    return Case(name, make, ("workbook_unreadable", filename), filename, slow)


def too_large(name: str, make: Callable[[], bytes], *, filename: str = "phieu.xlsx") -> Case:
    """A file that is refused before anything is unpacked."""
    return Case(name, make, ("workbook_too_large", filename), filename)
