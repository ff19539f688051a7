"""What each agency gives to the targets: numerators and denominators, from which the targets are added up."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Final

from exporters.book import Area, Cell, Colour, Look, Sheet
from exporters.books.assessment.around.facts import Asked, Target
from exporters.books.assessment.around.scene import Scene, heads
from exporters.books.assessment.around.words import TABLES
from exporters.books.target_formulas import Spans

TYPE: Final = 3
HEAD_ROW: Final = 5
UNIT_HEADS: Final = ("key", "agency", "type")
FITTING: Final = 12
"""As many columns go on the width of a page."""


@dataclass(frozen=True)
class Parts:
    """Where the parts stand. The agencies of one questionnaire are in rows side by side."""

    scene: Scene

    @property
    def sheet(self) -> str:
        """The sheet."""
        return self.scene.names["parts"]

    @property
    def targets(self) -> list[Target]:
        """The targets that were measured, in the order of their columns."""
        return [target for target in self.scene.around.targets if target.measured]

    def agencies(self) -> list[Asked]:
        """The agencies in the order of their rows."""
        return sorted(self.scene.around.asked, key=lambda each: each.form)

    def spans(self, target: Target) -> Iterator[Spans]:
        """Where the parts of a target stand, by questionnaire."""
        forms = [each.form for each in self.agencies()]
        numerator = len(UNIT_HEADS) + 1 + 2 * self.targets.index(target)
        for measured in target.measured:
            if measured.form not in forms:
                continue
            first = HEAD_ROW + 1 + forms.index(measured.form)
            rows = first, first + forms.count(measured.form) - 1
            yield Spans(
                numerators=Area.column(self.sheet, numerator, *rows).absolute,
                denominators=Area.column(self.sheet, numerator + 1, *rows).absolute,
                types=Area.column(self.sheet, TYPE, *rows).absolute,
                kinds=[each[self.scene.language] for each in measured.types],
            )


def parts_sheet(scene: Scene) -> Sheet | None:
    """One row an agency; None where no target was measured."""
    parts, language = Parts(scene), scene.language
    if not parts.targets:
        return None
    words = {key: both[language] for key, both in TABLES.items()}
    titled = [
        words[key].format(code=each.code)
        for each in parts.targets
        for key in ("numerator_of", "denominator_of")
    ]
    named = [label for each in parts.targets for label in (each.label[language], "")]
    rows = [
        (scene.title("parts"),),
        (Cell(words["note_parts"], Look.NOTE),),
        (),
        (*(Cell() for _ in UNIT_HEADS), *(Cell(label or None, Look.LABEL) for label in named)),
        heads(*(words[key] for key in UNIT_HEADS), *titled),
        *(tuple(_row(each, parts.targets, language)) for each in parts.agencies()),
    ]
    columns = count(len(UNIT_HEADS) + 1, 2)
    pairs = (
        Area.row(parts.sheet, HEAD_ROW - 1, at, at + 1)
        for at, _ in zip(columns, parts.targets, strict=False)
    )
    return Sheet(
        name=parts.sheet,
        rows=tuple(rows),
        widths=(18, 38, 20, *(14 for _ in titled)),
        frozen=(HEAD_ROW, 2),
        filtered=True,
        head_rows=HEAD_ROW,
        landscape=True,
        fitted=len(titled) <= FITTING,
        tab=Colour.D3,
        merged=(Area(parts.sheet, 2, 1, 2, 7), *pairs),
    )


def _row(agency: Asked, targets: Sequence[Target], language: str) -> Iterator[Cell]:
    yield Cell(agency.key)
    yield Cell(agency.name[language], Look.LABEL)
    yield Cell(agency.type[language])
    for target in targets:
        for figure in agency.parts.get(target.code, (None, None)):
            whole = figure is not None and figure == int(figure)
            yield Cell(figure, Look.DECIMAL, 0 if whole else 2)
