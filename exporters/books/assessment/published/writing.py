"""Writes the public edition of the assessment workbook."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.utils.translation import gettext_lazy as _

from analytics.releases.models import Release
from analytics.releases.queries import publishes_scores
from exporters.book import Book, Sheet
from exporters.books.assessment.around.cover_sheet import cover_sheet
from exporters.books.assessment.around.facts import Around
from exporters.books.assessment.around.glossary_sheet import Glossary
from exporters.books.assessment.around.methods_sheet import methods_sheet
from exporters.books.assessment.around.names import names_in
from exporters.books.assessment.around.ranking_sheet import Ranking
from exporters.books.assessment.around.scene import Scene
from exporters.books.assessment.around.sheets import Surrounded
from exporters.books.assessment.around.summary_sheet import Summary
from exporters.books.assessment.assembly import book_of
from exporters.books.assessment.contents import AssessmentContents
from exporters.books.assessment.data_sheet import data_sheet
from exporters.books.assessment.index_sheet import index_sheet
from exporters.books.assessment.levels_sheet import levels_sheet
from exporters.books.assessment.pillar_sheets import pillar_sheets
from exporters.books.assessment.places import Places, placed
from exporters.books.assessment.published.gathering import published_around, published_contents
from exporters.books.assessment.verify_sheet import verify_sheet
from exporters.books.assessment.weights_sheet import weights_sheet
from exporters.formats.xlsx import write_xlsx
from exporters.order import Order, Progress
from surveys.common.errors import DomainError

STEPS: Final = 2
AROUND: Final = ("cover", "summary", "ranking", "methods", "glossary")
"""The sheets beside those that compute."""


class NoScoresPublished(DomainError):
    """The publication has no scores of units by name."""

    code = "no_scores_published"
    message = _("This publication has no scores of single units.")
    status = 404


def write_published_assessment(order: Order, out: Path, progress: Progress) -> None:
    """The scores that a publication tells of units by name, as a workbook that computes from them.

    Raises NoScoresPublished, and TablesLost.
    """
    release = order.subject_as(Release)
    run = release.run
    if run is None or not publishes_scores(release):
        raise NoScoresPublished
    progress(0, STEPS, "reading")
    contents, around = published_contents(release, run), published_around(release)
    progress(1, STEPS, "writing")
    out.write_bytes(write_xlsx(published_book(contents, order.language, around)))
    progress(STEPS, STEPS, "done")


def published_book(contents: AssessmentContents, language: str, around: Around) -> Book:
    """The book; from the scores of the lowest nodes up to the index everything is a formula."""
    places = placed(contents, language)
    computing = tuple(_computing(contents, places))
    named = names_in(language, (sheet.name for sheet in computing))
    scene = Scene(contents, places, around, {key: named[key] for key in AROUND})
    ranking = Ranking(scene)
    sheets = (
        Summary(scene, ranking).sheet(),
        ranking.sheet(),
        *computing,
        methods_sheet(scene),
        Glossary(scene).sheet(),
    )
    return book_of(contents, places, Surrounded((cover_sheet(scene, sheets), *sheets)))


def _computing(contents: AssessmentContents, places: Places) -> Iterator[Sheet]:
    yield index_sheet(contents, places)
    yield from pillar_sheets(contents, places)
    if contents.weighed:
        yield weights_sheet(contents, places)
    if levels := levels_sheet(contents, places):
        yield levels
    yield data_sheet(contents, places)
    yield verify_sheet(contents, places)
