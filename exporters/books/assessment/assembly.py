"""The assessment workbook: its sheets in their order."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from analytics.indices.services import AnswersConfidential
from analytics.models import IndexRun
from exporters.book import Book, Sheet
from exporters.books.assessment.around.facts import Around
from exporters.books.assessment.around.gathering import around_of
from exporters.books.assessment.around.sheets import Surrounded, surrounded
from exporters.books.assessment.change_sheet import change_sheet
from exporters.books.assessment.contents import AssessmentContents
from exporters.books.assessment.data_sheet import data_sheet
from exporters.books.assessment.gathering import gathered
from exporters.books.assessment.index_sheet import index_sheet
from exporters.books.assessment.levels_sheet import levels_sheet
from exporters.books.assessment.normalised_sheet import normalised_sheet
from exporters.books.assessment.pillar_sheets import pillar_sheets
from exporters.books.assessment.places import Places, placed
from exporters.books.assessment.scales_sheet import scales_sheet
from exporters.books.assessment.states_sheet import states_sheet
from exporters.books.assessment.steps_sheets import step_sheets
from exporters.books.assessment.verify_sheet import verify_sheet
from exporters.books.assessment.weights_sheet import weight_names, weights_sheet
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
    around = around_of(run, language=order.language, audience=order.audience)
    progress(1, STEPS, "laying out")
    book = assessment_book(contents, order.language, around)
    progress(2, STEPS, "writing")
    out.write_bytes(write_xlsx(book))
    progress(STEPS, STEPS, "done")


def assessment_book(
    contents: AssessmentContents, language: str, around: Around | None = None
) -> Book:
    """The book of a run in one language; its time is when the run was computed. Without what is around
    the run, it holds the sheets that compute and no others."""
    places = placed(contents, language)
    computing = tuple(_sheets(contents, places))
    whole = surrounded(contents, places, around, computing) if around else Surrounded(computing)
    return book_of(contents, places, whole)


def book_of(contents: AssessmentContents, places: Places, whole: Surrounded) -> Book:
    """The book of some sheets of a run."""
    facts, language = contents.facts, places.language
    index, words = text_in(facts.index_name, language), WORDS[language]
    return Book(
        title=f"{index}, {text_in(facts.round_title, language)}",
        creator=words["product"],
        made_at=facts.computed_at,
        sheets=whole.sheets,
        subject=index,
        keywords=(facts.index, facts.round, f"run {facts.number}", facts.hash),
        description=words["description"].format(number=facts.number, hash=facts.tables_sha256),
        language=language,
        mark=words["mark"].format(number=facts.number, hash=facts.hash),
        names=(*weight_names(contents, places), *whole.names),
        properties=_properties(contents),
    )


def _properties(contents: AssessmentContents) -> dict[str, str]:
    """What programs can read without opening a sheet."""
    facts = contents.facts
    return {
        "Run": str(facts.number),
        "Run SHA-256": facts.tables_sha256,
        "Definition SHA-256": facts.definition_sha256,
        "Configuration SHA-256": facts.configuration_sha256,
        "Data SHA-256": facts.data_sha256,
        "Code version": facts.code_version,
        "Index": f"{facts.index}/{facts.version}",
        "Round": facts.round,
    }


def _sheets(contents: AssessmentContents, places: Places) -> Iterator[Sheet]:
    """From the result back to the data, then what proves it."""
    yield index_sheet(contents, places)
    yield from pillar_sheets(contents, places)
    yield weights_sheet(contents, places)
    if levels := levels_sheet(contents, places):
        yield levels
    yield normalised_sheet(contents, places)
    yield scales_sheet(contents, places)
    yield from step_sheets(contents, places)
    yield data_sheet(contents, places)
    yield states_sheet(contents, places)
    yield verify_sheet(contents, places)
    if change := change_sheet(contents, places):
        yield change
