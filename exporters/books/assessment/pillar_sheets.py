"""One sheet a pillar: its score, and every node below it, from the normalised values up."""

from collections.abc import Iterator

from exporters.book import Sheet
from exporters.books.assessment.contents import AssessmentContents
from exporters.books.assessment.node_columns import node_columns
from exporters.books.assessment.places import Places
from exporters.books.assessment.unit_rows import unit_sheet
from exporters.books.assessment.words import WORDS


def pillar_sheets(contents: AssessmentContents, places: Places) -> Iterator[Sheet]:
    """The sheets of the nodes right below the index and of those beside the tree, in their order."""
    note = WORDS[places.language]["note_pillar"]
    for pillar in contents.pillars:
        columns = [
            column
            for node in reversed(list(pillar.walk()))
            for column in node_columns(contents, places, node.code)
        ]
        yield unit_sheet(contents, places, places.pillars[pillar.code], columns, note=note)
