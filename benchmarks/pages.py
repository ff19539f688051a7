"""Pages of questionnaires that several programs measure."""

from surveys.engine import Carry, Group, Kind, Question, Table, Totals


def table_page(number: int, columns: int, *, carry: Carry | None = None, band: str = "") -> Group:
    """A page with a table of numbers and sums both ways; its rows are the list ``rows``."""
    asked = tuple(
        Question(
            name=f"c_{number}_{column}",
            kind=Kind.INTEGER,
            label={"vi": f"Cột {column}"},
            required="yes",
            constraint=". >= 0",
            carry=carry,
            band=band,
        )
        for column in range(columns)
    )
    table = Table(
        name=f"t_{number}",
        label={"vi": f"Bảng {number}"},
        row_list="rows",
        totals=Totals.BOTH,
        columns=asked,
    )
    return Group(name=f"table_{number}", label={"vi": f"Bảng {number}"}, children=(table,))
