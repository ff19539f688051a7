"""The codebook: indicators of the index, then variables of the questionnaires, in both languages."""

from collections.abc import Iterator
from typing import Final

from django.utils.translation import override

from analytics.definitions.model import IndicatorDefinition
from analytics.indices.words import DIRECTIONS, SOURCES
from exporters.book import Area, Cell, Colour, Look, Sheet
from exporters.books.assessment.around.facts import Variable
from exporters.books.assessment.around.scene import Scene, figure_of, heads
from exporters.books.assessment.around.words import CODEBOOK
from exporters.books.data_sheet import type_word
from surveys.engine import text_in

INDICATORS: Final = (
    "code",
    "vi",
    "en",
    "measured",
    "direction",
    "source",
    "rule",
    "range",
    "goalposts",
    "target",
    "applies",
    "base",
)
VARIABLES: Final = (
    "code",
    "vi",
    "en",
    "measured",
    "kind",
    "number",
    "codes_vi",
    "codes_en",
    "missing",
    "answered",
)
WIDTHS: Final = (24, 50, 50, 14, 16, 18, 44, 44, 16, 12, 26, 12)


def codebook_sheet(scene: Scene) -> Sheet:
    """Two tables, one below the other; the variables can be filtered."""
    name = scene.names["codebook"]
    words = {key: both[scene.language] for key, both in CODEBOOK.items()}
    rows: list[tuple[Cell, ...]] = [
        (scene.title("codebook"),),
        (Cell(CODEBOOK["note"]["vi"], Look.NOTE),),
        (Cell(CODEBOOK["note"]["en"], Look.NOTE),),
        (),
        (Cell(words["indicators"], Look.SUBTITLE),),
        heads(*(words[key] for key in INDICATORS)),
    ]
    with override(scene.language):
        rows += [_indicator(scene, each) for each in scene.contents.definition.indicators]
    rows += [(), (Cell(words["variables"], Look.SUBTITLE),)]
    rows.append(heads(*(words[key] for key in VARIABLES)))
    head = len(rows)
    rows += [_variable(each, scene.language) for each in scene.around.variables]
    return Sheet(
        name=name,
        rows=tuple(rows),
        widths=WIDTHS,
        filtered=bool(scene.around.variables),
        head_rows=head,
        filter_columns=len(VARIABLES),
        frozen=(0, 1),
        landscape=True,
        tab=Colour.D6,
        merged=(Area(name, 2, 1, 2, 4), Area(name, 3, 1, 3, 4)),
    )


def _indicator(scene: Scene, indicator: IndicatorDefinition) -> tuple[Cell, ...]:
    language, source = scene.language, indicator.source
    kinds = [type_word(kind, language) for kind in indicator.applies_to]
    values = scene.contents.raw[indicator.code]
    base = sum(figure_of(value) is not None for value in values)
    return (
        Cell(indicator.code, Look.LABEL),
        Cell(indicator.name.get("vi")),
        Cell(indicator.name.get("en")),
        Cell(text_in(indicator.unit, language)),
        Cell(str(DIRECTIONS[indicator.direction])),
        Cell(f"{SOURCES[source.kind]}: {indicator.column}"),
        Cell(source.expression or source.scoring or None),
        Cell(_pair(indicator.range, language)),
        Cell(_pair(indicator.goalposts, language)),
        Cell(indicator.target, Look.DECIMAL, 1),
        Cell(", ".join(kinds) or CODEBOOK["all"][language]),
        Cell(base, Look.INTEGER),
    )


def _pair(pair: tuple[float, float] | None, language: str) -> str | None:
    if pair is None:
        return None
    return " - ".join(_figures(pair, language))


def _figures(pair: tuple[float, float], language: str) -> Iterator[str]:
    for value in pair:
        text = f"{value:g}"
        yield text if language == "en" else text.replace(".", ",")


def _variable(variable: Variable, language: str) -> tuple[Cell, ...]:
    return (
        Cell(variable.name, Look.LABEL),
        Cell(variable.label["vi"]),
        Cell(variable.label["en"]),
        Cell(variable.unit[language]),
        Cell(variable.kind[language]),
        Cell(variable.number),
        Cell(variable.codes["vi"]),
        Cell(variable.codes["en"]),
        Cell(variable.missing),
        Cell(variable.answered, Look.INTEGER),
    )
