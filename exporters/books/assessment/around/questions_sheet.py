"""The questions of the round, from what the explorer has stored: a line an answer, or a line a number."""

from exporters.book import Area, Cell, Colour, DataBar, Look, Sheet, Tone
from exporters.books.assessment.around.facts import MEASURES, Line
from exporters.books.assessment.around.scene import Scene, heads
from exporters.books.assessment.around.words import TABLES

COLUMNS = (
    "question",
    "label",
    "kind",
    "base",
    "answer",
    "count",
    "share",
    "low",
    "high",
    *MEASURES,
    "method",
)
HEAD_ROW = 4


def questions_sheet(scene: Scene) -> Sheet:
    """The lines; a sentence where nothing was tabulated for this reader."""
    name = scene.names["questions"]
    words = {key: both[scene.language] for key, both in TABLES.items()}
    lines = scene.around.questions
    if lines is None:
        told = Cell(words["no_questions"], Look.NOTE)
        return Sheet(name=name, rows=((scene.title("questions"),), (told,)), widths=(90,))
    rows = (
        (scene.title("questions"),),
        (Cell(words["note_questions"], Look.NOTE),),
        (),
        heads(*(words[key] for key in COLUMNS)),
        *(
            _line(line, repeated=place > 0 and lines[place - 1].question == line.question)
            for place, line in enumerate(lines)
        ),
    )
    shares = Area.column(
        name, COLUMNS.index("share") + 1, HEAD_ROW + 1, max(HEAD_ROW + 1, len(rows))
    )
    return Sheet(
        name=name,
        rows=rows,
        widths=(20, 64, 13, 9, 34, 10, 9, 9, 9, *(11 for _ in MEASURES), 36),
        frozen=(HEAD_ROW, 2),
        filtered=True,
        head_rows=HEAD_ROW,
        landscape=True,
        tab=Colour.D3,
        marks=(DataBar(shares, least=0.0, most=1.0),) if lines else (),
        merged=(Area(name, 2, 1, 2, len(COLUMNS)),),
    )


def _line(line: Line, *, repeated: bool) -> tuple[Cell, ...]:
    """The question stands in every line, so that filters find it; repeated, it is muted."""
    tone = Tone.MUTED if repeated else Tone.PLAIN
    return (
        Cell(line.question, tone=tone),
        Cell(line.label, Look.TEXT if repeated else Look.LABEL, tone=tone),
        Cell(line.kind, tone=tone),
        Cell(line.answered, Look.INTEGER),
        Cell(line.what),
        Cell(line.n, Look.INTEGER),
        Cell(line.share, Look.SHARE),
        Cell(line.low, Look.SHARE),
        Cell(line.high, Look.SHARE),
        *(Cell(line.measures.get(code), Look.DECIMAL) for code in MEASURES),
        Cell(line.note, Look.NOTE),
    )
