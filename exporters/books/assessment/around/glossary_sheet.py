"""Terms, the codes that stand in place of figures, and what the looks of cells mean."""

from collections.abc import Iterator, Mapping
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import override

from analytics.definitions.reasons import Reason
from analytics.definitions.vocabulary import CellState
from analytics.indices.cells import OF_CODE
from analytics.indices.words import REASONS, STATES
from exporters.book import Area, Cell, Colour, Formula, Look, Sheet, Tone
from exporters.books.assessment.around.scene import Scene, heads
from exporters.books.assessment.around.words import GLOSSARY, IN_CELLS, TERMS
from exporters.books.assessment.excel import text
from exporters.books.assessment.results import Value

_CODE, _IN_CELLS = 1, 4


class Glossary:
    """The sheet; other sheets look up in it what a code says."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    def sheet(self) -> Sheet:
        """Three parts in both languages, one below the other."""
        rows = [*self._before, *self._coded()]
        return Sheet(
            name=self.scene.names["glossary"],
            rows=tuple(rows),
            widths=(32, 66, 66, 24),
            landscape=True,
            tab=Colour.D6,
        )

    def in_words(self, formula: str, value: Value, look: Look, decimals: int | None = None) -> Cell:
        """What a reference shows: its figure or text as it is, in place of a code its words, and the words
        for no data where it leads to an empty cell."""
        codes, words = self._area(_CODE).absolute, self._area(_IN_CELLS).absolute
        # EXACT, because MATCH and LOOKUP take * and ? of an answer for any text.
        found = f"IFERROR(LOOKUP(2,1/EXACT({codes},{formula}),{words}),{formula})"
        blank = self._words[Reason.NO_DATA]
        shown = f"IF(ISTEXT({formula}),{found},IF(ISBLANK({formula}),{text(blank)},{formula}))"
        held = blank if value is None else value
        told = self._words.get(held, held) if isinstance(held, str) else held
        return Cell(Formula(shown, told), look, decimals)

    @cached_property
    def _before(self) -> tuple[tuple[Cell, ...], ...]:
        """Every row above the codes."""
        words, head = self._said, self._heads
        rows: list[tuple[Cell, ...]] = [(self.scene.title("glossary"),), ()]
        rows += [(Cell(words["terms"], Look.SUBTITLE),), head]
        rows += [
            (
                Cell(term[self.scene.language], Look.LABEL),
                Cell(f"{term['vi']}: {said['vi']}"),
                Cell(f"{term['en']}: {said['en']}"),
            )
            for term, said in TERMS
        ]
        rows += [(), (Cell(words["looks"], Look.SUBTITLE),), head]
        for key in ("input", "server", "muted"):
            said = GLOSSARY[key]
            example = Cell(words["example"], tone=Tone(key))
            rows.append((example, Cell(said["vi"]), Cell(said["en"])))
        return (
            *rows,
            (),
            (Cell(words["reasons"], Look.SUBTITLE),),
            (*head, *heads(words["in_cells"])),
        )

    def _coded(self) -> Iterator[tuple[Cell, ...]]:
        for code, word in self._codes.items():
            yield Cell(code, Look.LABEL), *_in_both(word), Cell(self._words[code])

    @property
    def _said(self) -> dict[str, str]:
        return {key: both[self.scene.language] for key, both in GLOSSARY.items()}

    @property
    def _heads(self) -> tuple[Cell, ...]:
        words = self._said
        return heads(words["term"], words["meaning_vi"], words["meaning_en"])

    @cached_property
    def _codes(self) -> Mapping[str, Promise]:
        """Every code that can stand in place of a figure, with its words; those of the answers last."""
        found = {str(reason): word for reason, word in REASONS.items()}
        found |= {str(state): word for state, word in STATES.items()}
        for code, state in self.scene.contents.definition.missing.codes.items():
            if code in OF_CODE:
                found[code] = STATES[OF_CODE[code]]
            elif state is not CellState.ANSWERED:
                found.setdefault(code, REASONS[_OF_STATE[state]])
        return found

    @cached_property
    def _words(self) -> Mapping[str, str]:
        """What cells show in place of the codes, in the workbook's language."""
        language = self.scene.language
        with override(language):
            found = {code: str(word) for code, word in self._codes.items()}
        return found | {code: both[language] for code, both in IN_CELLS.items()}

    def _area(self, column: int) -> Area:
        """A column of the codes."""
        top = len(self._before) + 1
        return Area.column(self.scene.names["glossary"], column, top, top + len(self._codes) - 1)


_OF_STATE: Mapping[CellState, Reason] = {
    CellState.BLANK: Reason.NO_DATA,
    CellState.NOT_APPLICABLE: Reason.NOT_APPLICABLE,
    CellState.REFUSED: Reason.REFUSED,
}


def _in_both(word: Promise) -> Iterator[Cell]:
    for language in ("vi", "en"):
        with override(language):
            yield Cell(str(word))
