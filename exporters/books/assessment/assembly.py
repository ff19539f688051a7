"""The assessment workbook: its sheets in their order."""

from pathlib import Path
from typing import Final

from analytics.indices.services import AnswersConfidential
from analytics.models import IndexRun
from exporters.book import Book
from exporters.books.assessment.contents import AssessmentContents
from exporters.books.assessment.data_sheet import data_sheet
from exporters.books.assessment.gathering import gathered
from exporters.books.assessment.places import placed
from exporters.books.assessment.words import WORDS
from exporters.formats.xlsx import write_xlsx
from exporters.order import Order, Progress
from surveys.engine import text_in

STEPS: Final = 3


def write_assessment(order: Order, out: Path, progress: Progress) -> None:
    """The workbook of an index run, as an .xlsx file.

    Raises AnswersConfidential where single agencies may not be shown, and TablesLost.
    """
    run = order.subject_as(IndexRun)
    if run.round.campaign.is_confidential:
        raise AnswersConfidential
    progress(0, STEPS, "reading")
    contents = gathered(run)
    progress(1, STEPS, "laying out")
    book = assessment_book(contents, order.language)
    progress(2, STEPS, "writing")
    out.write_bytes(write_xlsx(book))
    progress(STEPS, STEPS, "done")


def assessment_book(contents: AssessmentContents, language: str) -> Book:
    """The book of a run in one language; its time is when the run was computed."""
    places = placed(contents, language)
    sheets = (data_sheet(contents, places),)
    index = text_in(contents.facts.index_name, language)
    return Book(
        title=f"{index}, {text_in(contents.facts.round_title, language)}",
        creator=WORDS[language]["product"],
        made_at=contents.facts.computed_at,
        sheets=sheets,
    )
