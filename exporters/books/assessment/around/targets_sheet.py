"""The indicators of the round beside their targets."""

from exporters.book import Area, Cell, Colour, DataBar, Look, Sheet, Tone
from exporters.books.assessment.around.facts import Target
from exporters.books.assessment.around.parts_sheet import Parts
from exporters.books.assessment.around.scene import EMPTY, Scene, heads, number
from exporters.books.assessment.around.words import TABLES
from exporters.books.target_formulas import target_formulas
from surveys.engine import text_in

COLUMNS = (
    "code",
    "indicator",
    "measured",
    "numerator",
    "denominator",
    "value",
    "goal",
    "gap",
    "answered",
    "missing",
    "basis",
)
HEAD_ROW = 4


def targets_sheet(scene: Scene) -> Sheet | None:
    """One line an indicator; None where the round's questionnaires have none."""
    if not scene.around.targets:
        return None
    name = scene.names["targets"]
    words = {key: both[scene.language] for key, both in TABLES.items()}
    rows = [
        (scene.title("targets"),),
        (Cell(words["note_targets"], Look.NOTE),),
        (),
        heads(*(words[key] for key in COLUMNS)),
    ]
    parts = Parts(scene)
    for target in scene.around.targets:
        rows.append(_line(target, parts, len(rows) + 1, words["not_asked"]))
    percents = [each.is_percent for each in scene.around.targets]
    area = Area.column(name, COLUMNS.index("value") + 1, HEAD_ROW + 1, len(rows))
    return Sheet(
        name=name,
        rows=tuple(rows),
        widths=(11, 52, 12, 12, 12, 11, 11, 12, 11, 11, 40),
        frozen=(HEAD_ROW, 2),
        filtered=True,
        head_rows=HEAD_ROW,
        landscape=True,
        tab=Colour.D3,
        marks=(DataBar(area, least=0.0, most=100.0),) if all(percents) else (),
        merged=(Area(name, 2, 1, 2, len(COLUMNS)),),
    )


def _line(target: Target, parts: Parts, row: int, not_asked: str) -> tuple[Cell, ...]:
    language = parts.scene.language
    label = text_in(target.label, language)
    if target.numerator is None:
        told = Cell(f"{label} ({not_asked})", tone=Tone.MUTED)
        blank = (EMPTY,) * (len(COLUMNS) - 4)
        return (
            Cell(target.code, Look.LABEL),
            told,
            Cell(text_in(target.unit, language)),
            *blank,
            Cell(target.basis),
        )
    figures = target_formulas(list(parts.spans(target)), target.over)
    factor = "*100" if target.is_percent else ""
    value = number(
        f'IF(E{row}=0,"",D{row}/E{row}{factor})',
        target.value,
        Look.DECIMAL,
        1 if target.is_percent else 2,
    )
    gap = (
        target.value - target.goal if target.value is not None and target.goal is not None else None
    )
    return (
        Cell(target.code, Look.LABEL),
        Cell(label),
        Cell(text_in(target.unit, language)),
        _added(figures.numerator, target.numerator),
        _added(figures.denominator, target.denominator),
        value,
        Cell(target.goal, Look.DECIMAL, 0 if target.goal and target.goal % 1 == 0 else 1),
        number(f'IF(AND(ISNUMBER(F{row}),ISNUMBER(G{row})),F{row}-G{row},"")', gap, Look.CHANGE),
        number(figures.answered, target.answered, Look.INTEGER),
        number(f"{figures.asked}-I{row}", target.missing, Look.INTEGER),
        Cell(target.basis),
    )


def _added(formula: str, value: float | None) -> Cell:
    whole = value is not None and value.is_integer()
    return number(formula, value, Look.DECIMAL, 0 if whole else 2)
