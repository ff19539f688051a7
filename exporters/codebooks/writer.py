"""Writing a codebook in the format that was ordered. For tasks and commands: workbooks load openpyxl."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from django.utils import timezone

from exporters.codebooks.counting import counted, results_for
from exporters.codebooks.ddi import ddi_xml
from exporters.codebooks.gathering import codebook_of
from exporters.codebooks.html import codebook_html
from exporters.codebooks.model import Codebook
from exporters.codebooks.plain import codebook_json
from exporters.codebooks.sheets import codebook_book
from exporters.formats.xlsx import write_xlsx
from exporters.order import Order, Progress

WRITERS: Final[Mapping[str, Callable[[Codebook, str], bytes]]] = {
    "xml": lambda codebook, _language: ddi_xml(codebook),
    "html": codebook_html,
    "xlsx": lambda codebook, language: write_xlsx(codebook_book(codebook, language)),
    "json": lambda codebook, _language: codebook_json(codebook),
}
"""How a codebook becomes a file, by format; DDI and JSON have both languages anyway."""


def write_codebook(order: Order, out: Path, progress: Progress) -> None:
    """The codebook of a round without any figure of its answers."""
    progress(0, 2, "reading")
    codebook = codebook_of([order.round], order.audience, as_of=order.as_of)
    progress(1, 2, "writing")
    out.write_bytes(WRITERS[order.format](codebook, order.language))
    progress(2, 2, "done")


def write_codebook_with_frequencies(order: Order, out: Path, progress: Progress) -> None:
    """The codebook of a round with frequencies, as they passed the disclosure gate for the audience."""
    progress(0, 3, "reading")
    codebook = codebook_of([order.round], order.audience, as_of=order.as_of)
    progress(1, 3, "counting")
    # The moment stands in the log of what was shown, never in the file.
    at = timezone.now()
    results = results_for(order.round, order.audience, actor=order.actor, at=at)
    progress(2, 3, "writing")
    out.write_bytes(WRITERS[order.format](counted(codebook, results), order.language))
    progress(3, 3, "done")
