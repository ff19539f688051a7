"""All sheets around the computing ones, for the assembly."""

from collections.abc import Sequence
from dataclasses import dataclass

from exporters.book import Name, Sheet
from exporters.books.assessment.around.codebook_sheet import codebook_sheet
from exporters.books.assessment.around.cover_sheet import cover_sheet
from exporters.books.assessment.around.facts import Around
from exporters.books.assessment.around.glossary_sheet import Glossary
from exporters.books.assessment.around.heat_sheet import heat_sheet
from exporters.books.assessment.around.log_sheet import log_sheet
from exporters.books.assessment.around.methods_sheet import methods_sheet
from exporters.books.assessment.around.names import names_in
from exporters.books.assessment.around.parts_sheet import parts_sheet
from exporters.books.assessment.around.profile_sheet import Profile
from exporters.books.assessment.around.questions_sheet import questions_sheet
from exporters.books.assessment.around.ranking_sheet import Ranking
from exporters.books.assessment.around.response_sheet import response_sheet
from exporters.books.assessment.around.scene import Scene
from exporters.books.assessment.around.summary_sheet import Summary
from exporters.books.assessment.around.targets_sheet import targets_sheet
from exporters.books.assessment.around.touched_sheet import touched_sheet
from exporters.books.assessment.around.uncertainty_sheet import outranking_sheet, uncertainty_sheet
from exporters.books.assessment.contents import AssessmentContents
from exporters.books.assessment.places import Places


@dataclass(frozen=True, slots=True)
class Surrounded:
    """The computing sheets with those around them, and the names that these define."""

    sheets: tuple[Sheet, ...]
    names: tuple[Name, ...] = ()


def surrounded(
    contents: AssessmentContents, places: Places, around: Around, computing: Sequence[Sheet]
) -> Surrounded:
    """What is read first, then the computing sheets as they are, then what explains them."""
    names = names_in(places.language, (sheet.name for sheet in computing))
    scene = Scene(contents, places, around, names)
    ranking = Ranking(scene)
    glossary = Glossary(scene)
    profile = Profile(scene, ranking, glossary)
    before = (
        Summary(scene, ranking).sheet(),
        ranking.sheet(),
        profile.sheet(),
        heat_sheet(scene),
        targets_sheet(scene),
        parts_sheet(scene),
        response_sheet(scene),
        questions_sheet(scene),
        uncertainty_sheet(scene),
        outranking_sheet(scene),
    )
    behind = (
        touched_sheet(scene),
        codebook_sheet(scene),
        methods_sheet(scene),
        log_sheet(scene),
        glossary.sheet(),
    )
    sheets = (*(sheet for sheet in before if sheet), *computing, *behind)
    return Surrounded((cover_sheet(scene, sheets), *sheets), profile.names())
