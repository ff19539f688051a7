"""What may be typed into the cells of a question, and how they look while it cannot be read."""

from collections.abc import Sequence

from surveys.engine import Kind, Question, format_number
from surveys.excelform.answers import FORMS, NUMERIC
from surveys.excelform.codes import TICK
from surveys.excelform.desk import Desk
from surveys.excelform.sheet import Sheet, Validation
from surveys.excelform.styles import UNREAD_DXF, WHOLE_DXF, Form

_MOST = "999999999999999"
_LAST_DAY = "2958465"


def allow_answers(
    desk: Desk,
    sheet: Sheet,
    question: Question,
    cells: str,
    *,
    offered: Sequence[str] | None = None,
    codes: Sequence[str] = (),
) -> None:
    """Say what may be typed into ``cells`` (``E5`` or ``E5:E9``) and mark what cannot be read.

    ``offered`` are the choices in words; ``codes`` the missing codes that stand in the cell itself.
    """
    rule = _rule(desk, question, cells.partition(":")[0], offered, codes)
    if rule is not None:
        sheet.allow(rule, cells)
    form = FORMS.get(question.kind)
    if form in NUMERIC:
        first = cells.partition(":")[0]
        excepted = "".join(f',{first}<>"{code}"' for code in codes)
        looks = [(UNREAD_DXF, f"AND(ISTEXT({first}){excepted})")]
        if form is Form.NUMBER:
            looks.append((WHOLE_DXF, f"AND(ISNUMBER({first}),{first}=INT({first}))"))
        sheet.colour(cells, looks)


def allow_code(desk: Desk, sheet: Sheet, question: Question, cells: str) -> None:
    """Say which missing codes may be chosen."""
    words = desk.words
    sheet.allow(
        Validation(
            kind="list",
            first=f'"{",".join(question.missing)}"',
            title=words.check_title,
            message=words.wrong_choice,
            is_strict=True,
        ),
        cells,
    )


def allow_date(desk: Desk, sheet: Sheet, cells: str) -> None:
    """Say that a date is wanted."""
    sheet.allow(_between("date", "1", _LAST_DAY, desk, desk.words.wrong_date), cells)


def allow_tick(desk: Desk, sheet: Sheet, cells: str) -> None:
    """Say that an ``x`` is wanted, or nothing."""
    words = desk.words
    rule = Validation(
        kind="list",
        first=f'"{TICK}"',
        title=words.check_title,
        message=words.wrong_choice,
        is_strict=True,
    )
    sheet.allow(rule, cells)


def allow_rank(desk: Desk, sheet: Sheet, cells: str, most: int) -> None:
    """Say that a place from 1 to ``most`` is wanted."""
    said = desk.words.wrong_range.format(low=1, high=most)
    sheet.allow(_between("whole", "1", str(most), desk, said), cells)


def _rule(
    desk: Desk,
    question: Question,
    first: str,
    offered: Sequence[str] | None,
    codes: Sequence[str],
) -> Validation | None:
    words = desk.words
    match question.kind:
        case Kind.SELECT_ONE if offered is not None:
            return Validation(
                kind="list",
                first=desk.lists.name([*offered, *codes]),
                title=words.check_title,
                message=words.wrong_choice,
                is_strict=not question.choice_filter,
            )
        case Kind.ACKNOWLEDGE:
            ticks = ",".join([TICK, *codes])
            return Validation(
                kind="list", first=f'"{ticks}"', title=words.check_title,
                message=words.wrong_choice, is_strict=True,
            )  # fmt: skip
        case _ if question.kind in FORMS:
            plain = _of_kind(desk, question)
            return _or_code(plain, first, codes) if codes else plain
        case _:
            return None


def _of_kind(desk: Desk, question: Question) -> Validation:
    words = desk.words
    match question.kind:
        case Kind.INTEGER:
            return _between("whole", f"-{_MOST}", _MOST, desk, words.wrong_whole)
        case Kind.DATE | Kind.DATETIME:
            return _between("date", "1", _LAST_DAY, desk, words.wrong_date)
        case Kind.TIME:
            return _between("time", "0", "0.999988426", desk, words.wrong_time)
        case Kind.RANGE:
            low = question.parameters.get("start", "")
            high = question.parameters.get("end", "")
            if low and high:
                said = words.wrong_range.format(
                    low=format_number(low, language=desk.language),
                    high=format_number(high, language=desk.language),
                )
                return _between("decimal", low, high, desk, said)
    return _between("decimal", f"-{_MOST}", _MOST, desk, words.wrong_number)


def _between(kind: str, low: str, high: str, desk: Desk, said: str) -> Validation:
    return Validation(kind=kind, first=low, second=high, title=desk.words.check_title, message=said)


def _or_code(plain: Validation, first: str, codes: Sequence[str]) -> Validation:
    """The same about the first cell of a range, in which a missing code may stand too."""
    whole = f",{first}=INT({first})" if plain.kind == "whole" else ""
    allowed = "".join(f',{first}="{code}"' for code in codes)
    return Validation(
        kind="custom",
        first=(
            f"OR(AND(ISNUMBER({first}),{first}>={plain.first},{first}<={plain.second}{whole})"
            f"{allowed})"
        ),
        title=plain.title,
        message=plain.message,
    )
