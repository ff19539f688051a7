"""One sheet a pillar: its score, and every node below it, from the normalised values up."""

from collections.abc import Iterator

from exporters.book import Sheet
from exporters.books.assessment.contents import AssessmentContents
from exporters.books.assessment.node_columns import node_columns
from exporters.books.assessment.places import Places
from exporters.books.assessment.shading import node_marks
from exporters.books.assessment.unit_rows import unit_sheet
from exporters.books.assessment.words import WORDS


def pillar_sheets(contents: AssessmentContents, places: Places) -> Iterator[Sheet]:
    """The sheets of the nodes right below the index and of those beside the tree, in their order."""
    words = WORDS[places.language]
    for pillar in contents.pillars:
        codes = [node.code for node in reversed(list(pillar.walk()))]
        columns = [column for code in codes for column in node_columns(contents, places, code)]
        note = words["note_given_pillar" if set(codes) <= contents.given else "note_pillar"]
        marks = tuple(node_marks(contents, places, codes))
        name = places.pillars[pillar.code]
        yield unit_sheet(contents, places, name, columns, note=note, marks=marks)
