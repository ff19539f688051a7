"""The lines of a comparison as they are kept with an upload."""

from collections.abc import Iterable, Mapping
from typing import Any

from surveys.excelform.comparing import NOTHING, Comparison, Line, Part, Verdict
from surveys.responses.services.cells import cell_from, cell_json

_TEXTS = ("path", "reason", "old_text", "new_text", "sheet", "cell", "text")


def lines_of(comparison: Comparison) -> list[Line]:
    """Every line; what is wrong beside the answers stands in front."""
    problems = [
        Line(
            path=each.path,
            verdict=Verdict.WRONG,
            reason=each.code.value,
            sheet=each.sheet,
            cell=each.cell,
            text=each.text,
        )
        for each in comparison.problems
    ]
    return [*problems, *comparison.lines]


def line_json(line: Line) -> dict[str, Any]:
    """A line as plain data; what is empty is left out."""
    data: dict[str, Any] = {"part": line.part.value, "verdict": line.verdict.value}
    data |= {name: text for name in _TEXTS if (text := getattr(line, name))}
    data |= {
        name: cell_json(cell)
        for name, cell in (("old", line.old), ("new", line.new))
        if not cell.is_empty
    }
    return data


def line_from(data: Mapping[str, Any]) -> Line:
    """The line that ``line_json`` wrote."""
    return Line(
        part=Part(data["part"]),
        verdict=Verdict(data["verdict"]),
        old=cell_from(data["old"]) if "old" in data else NOTHING,
        new=cell_from(data["new"]) if "new" in data else NOTHING,
        **{name: data.get(name, "") for name in _TEXTS},
    )


def lines_from(data: Iterable[Mapping[str, Any]]) -> tuple[Line, ...]:
    """The lines of an upload."""
    return tuple(map(line_from, data))
