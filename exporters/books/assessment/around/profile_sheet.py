"""The profile of one unit, chosen from a list: everything on it is a formula over the other sheets."""

from typing import Final

from exporters.book import Area, Cell, Choices, Colour, Look, Name, Sheet, Tone
from exporters.books.assessment.around.glossary_sheet import Glossary
from exporters.books.assessment.around.profile_leaves import Leaves
from exporters.books.assessment.around.profile_nodes import Nodes
from exporters.books.assessment.around.profile_places import CHART_ROWS, CHOICE_ROW, ProfilePlaces
from exporters.books.assessment.around.ranking_sheet import Ranking
from exporters.books.assessment.around.scene import EMPTY, Scene, number
from exporters.books.assessment.around.summary_places import ROW_POINTS

WIDTHS: Final = (46, 15, 20, 15, 20, 15, 15, 15, 15)
ON_A_PAGE: Final = 110
"""So many rows are still read on one page."""
CHOSEN: Final = "chosen_unit"
"""The name of the cell in which the unit is chosen."""


class Profile:
    """The sheet; cached values are those of the first unit."""

    def __init__(self, scene: Scene, ranking: Ranking, glossary: Glossary) -> None:
        self.places = ProfilePlaces(scene, ranking, glossary)
        self.nodes, self.leaves = Nodes(self.places), Leaves(self.places)

    def names(self) -> tuple[Name, ...]:
        """The cell of the choice by name."""
        places = self.places
        cell = Area.cell(places.name, CHOICE_ROW, 2)
        return (Name(CHOSEN, cell, places.words["choose"]),)

    def sheet(self) -> Sheet:
        """The sheet."""
        places, words = self.places, self.places.words
        rows: list[tuple[Cell, ...]] = [
            (places.scene.title("profile"),),
            (Cell(words["choose_prompt"], Look.NOTE),),
            self._choice(),
            (),
            *self.nodes.cards(),
            (),
            *self.nodes.lines(),
            *((),) * (CHART_ROWS + 1),
        ]
        behind = range(len(rows) - CHART_ROWS, len(rows) + 1)
        rows += self.leaves.extremes(len(rows))
        rows += self.leaves.all()
        assert len(rows) == places.end, "formulas refer to these rows"
        return Sheet(
            name=places.name,
            rows=tuple(rows),
            widths=WIDTHS,
            locked=True,
            tab=Colour.D2,
            one_page=places.end <= ON_A_PAGE,
            charts=(self.nodes.chart(),),
            marks=tuple(self.nodes.marks()),
            validations=(
                Choices(
                    Area.cell(places.name, CHOICE_ROW, 2),
                    places.ranking.choices,
                    words["choose"],
                    words["choose_prompt"],
                    words["choose_error"],
                ),
            ),
            merged=(Area(places.name, CHOICE_ROW, 2, CHOICE_ROW, 5),),
            heights={CHOICE_ROW: 20.0, **dict.fromkeys(behind, ROW_POINTS)},
        )

    def _choice(self) -> tuple[Cell, ...]:
        choices = self.places.ranking.choices.absolute
        chosen = Cell(self.places.scene.labels[0], Look.LABEL, tone=Tone.INPUT)
        blank = Cell(None, Look.LABEL, tone=Tone.INPUT)
        at = number(f"MATCH($B${CHOICE_ROW},{choices},0)", 1, Look.INTEGER)
        return (
            Cell(self.places.words["choose"], Look.LABEL),
            chosen,
            blank,
            blank,
            blank,
            EMPTY,
            EMPTY,
            Cell(self.places.words["position"], Look.CAPTION),
            Cell(at.value, Look.INTEGER, tone=Tone.MUTED),
        )
