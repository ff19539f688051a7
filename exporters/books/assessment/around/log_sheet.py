"""The change log: versions, runs, publications and corrections, the newest first."""

from exporters.book import Area, Cell, Colour, Look, Sheet, Tone
from exporters.books.assessment.around.scene import Scene, heads
from exporters.books.assessment.around.words import TABLES
from exporters.books.data_sheet import local

COLUMNS = ("when", "event", "detail", "mark", "this")
HEAD_ROW = 4


def log_sheet(scene: Scene) -> Sheet:
    """One line an event."""
    name = scene.names["log"]
    words = {key: both[scene.language] for key, both in TABLES.items()}
    rows: list[tuple[Cell, ...]] = [
        (scene.title("log"),),
        (Cell(words["note_log"], Look.NOTE),),
        (),
        heads(*(words[key] for key in COLUMNS)),
    ]
    for event in scene.around.events:
        tone = Tone.GOOD if event.is_this else Tone.PLAIN
        rows.append(
            (
                Cell(local(event.at), Look.MOMENT),
                Cell(event.what[scene.language], Look.LABEL),
                Cell(event.detail.get(scene.language) or event.detail.get("vi")),
                Cell(event.mark),
                Cell(words["this"] if event.is_this else None, tone=tone),
            )
        )
    return Sheet(
        name=name,
        rows=tuple(rows),
        widths=(18, 56, 56, 16, 12),
        frozen=(HEAD_ROW, 0),
        filtered=True,
        head_rows=HEAD_ROW,
        landscape=True,
        tab=Colour.D6,
        merged=(Area(name, 2, 1, 2, 3),),
    )
