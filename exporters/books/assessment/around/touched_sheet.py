"""The values that were filled in or adjusted before they were normalised."""

from collections.abc import Iterator

from django.utils.translation import override

from analytics.indices.words import IMPUTATIONS, REASONS, TREATMENTS
from exporters.book import Area, Cell, Colour, Look, Sheet, Tone
from exporters.books.assessment.around.scene import Scene, heads
from exporters.books.assessment.around.words import TABLES
from exporters.books.assessment.results import Value

COLUMNS = ("unit", "indicator", "step", "before", "after", "how")
HEAD_ROW = 4


def touched_sheet(scene: Scene) -> Sheet:
    """One line a value; a sentence where there is none."""
    name, facts = scene.names["touched"], scene.contents.facts
    words = {key: both[scene.language] for key, both in TABLES.items()}
    with override(scene.language):
        lines = list(_lines(scene, words))
    note = words["note_touched"].format(run=facts.number, hash=facts.hash)
    begun = ((scene.title("touched"),), (Cell(note, Look.NOTE),), ())
    if not lines:
        told = (Cell(words["untouched"]),)
        merged = (Area(name, 2, 1, 2, 2), Area(name, 4, 1, 4, 2))
        return Sheet(name=name, rows=(*begun, told), widths=(60, 40), merged=merged, lined=False)
    return Sheet(
        name=name,
        rows=(*begun, heads(*(words[key] for key in COLUMNS)), *lines),
        widths=(34, 48, 20, 16, 16, 40),
        frozen=(HEAD_ROW, 1),
        filtered=True,
        head_rows=HEAD_ROW,
        landscape=True,
        tab=Colour.D4,
        merged=(Area(name, 2, 1, 2, len(COLUMNS)),),
    )


def _lines(scene: Scene, words: dict[str, str]) -> Iterator[tuple[Cell, ...]]:
    contents = scene.contents
    for code in contents.indicators:
        named = scene.name_of(code)
        spec = contents.definition.by_code()[code].treatment or contents.definition.treatment
        steps = zip(contents.raw[code], contents.imputed[code], contents.treated[code], strict=True)
        for unit, (raw, imputed, treated) in zip(contents.units, steps, strict=True):
            told = Cell(unit.named(scene.language), Look.LABEL), Cell(named)
            if method := contents.filled.get((unit.key, code)):
                how = str(IMPUTATIONS.get(method, method))
                yield (*told, Cell(words["filled"]), _value(raw), _value(imputed), Cell(how))
            if treated != imputed:
                how = str(TREATMENTS.get(spec.method, spec.method))
                yield (*told, Cell(words["treated"]), _value(imputed), _value(treated), Cell(how))


def _value(value: Value) -> Cell:
    """A figure, or why there is none in words."""
    if not isinstance(value, str):
        return Cell(value, Look.DECIMAL, tone=Tone.SERVER)
    return Cell(str(REASONS.get(value, value)), tone=Tone.SERVER)
