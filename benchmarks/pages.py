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


def questions_page(
    page: int, questions: int, *, carry: Carry | None = None, band: str = ""
) -> Group:
    """Numbers ``q_<page>_<n>``: each asked when the first is positive, checked against it, and summed up."""
    first = f"q_{page}_0"
    others = tuple(
        Question(
            name=f"q_{page}_{n}",
            kind=Kind.INTEGER,
            label={"vi": f"Câu {page}.{n}"},
            required="yes",
            relevant=f"${{{first}}} > 0",
            constraint=f". <= ${{{first}}} + 1000000",
            carry=carry,
            band=band,
        )
        for n in range(1, questions)
    )
    total = Question(
        name=f"sum_{page}",
        kind=Kind.CALCULATE,
        label={"vi": "Cộng"},
        calculation=" + ".join(f"${{q_{page}_{n}}}" for n in range(questions)),
    )
    start = Question(
        name=first,
        kind=Kind.INTEGER,
        label={"vi": f"Câu {page}.0"},
        required="yes",
        carry=carry,
        band=band,
    )
    return Group(
        name=f"page_{page}", label={"vi": f"Phần {page}"}, children=(start, *others, total)
    )
