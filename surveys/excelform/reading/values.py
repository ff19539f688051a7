"""What stands in the cells of an answer, as the answer: a cell, or why it is none."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Final

from surveys.engine import (
    Cell,
    Choice,
    EvaluationError,
    Kind,
    Question,
    has_too_many_digits,
    read_date,
    read_number,
    read_typed,
)
from surveys.excelform.reading.choosing import Ambiguous, NoChoice, choice_of, choices_in
from surveys.excelform.reading.problems import Wrong
from surveys.excelform.reading.sheets import Raw, Spot

MOST_CHARACTERS: Final = 10_000
FIRST_DAY: Final = date(1900, 3, 1)
"""Before it, spreadsheet programs disagree about which day a number is."""

EXACT_WHOLE: Final = 2**53
ROUNDED_DIGITS: Final = 15
"""So many digits a spreadsheet program shows; what a double has beyond them nobody typed."""

_NUMERIC: Final = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.RANGE})
_CHOSEN: Final = frozenset({Kind.SELECT_ONE, Kind.SELECT_MULTIPLE, Kind.RANK})
_IN_WORDS: Final = re.compile(r"(?:ngày )?(\d{1,2}) tháng (\d{1,2}) năm (\d{4})")
_MIDNIGHT: Final = re.compile(r"[ T]00:00(?::00(?:\.0+)?)?$")
_YES: Final = frozenset({"x", "v", "✓", "✔", "ok", "1", "true", "yes", "có", "đúng"})
_NO: Final = frozenset({"", "0", "-", "false", "no", "không", "sai"})

Outcome = Cell | Wrong


def read_value(spot: Spot, question: Question, choices: Sequence[Choice], language: str) -> Outcome:
    """The answer that stands in one cell; ``language`` is the workbook's, for separators of numbers.

    An empty cell gives an empty answer.
    """
    if spot.is_blank:
        return Cell()
    if spot.flaw:
        return Wrong(spot.flaw)
    raw = spot.raw
    if isinstance(raw, str):
        code = plain(raw).upper()
        if code in question.missing:
            return Cell(missing=code)
    if question.kind in _NUMERIC:
        return _number(spot, question, language)
    if question.kind in _CHOSEN:
        return _chosen(raw, question, choices)
    return _READERS.get(question.kind, _text)(spot, question)


def read_listed(
    spots: Mapping[str, Spot], question: Question, stored: Cell, order: Sequence[str]
) -> tuple[Outcome, Spot | None]:
    """The answer that ticks or places beside the choices give, and the cell that spoils it.

    A stored choice without a cell of its own stays chosen.
    """
    kept = stored.value if isinstance(stored.value, list) else []
    if question.kind is Kind.RANK:
        return _ranked(spots)
    ticked: list[str] = []
    for code, spot in spots.items():
        if spot.flaw:
            return Wrong(spot.flaw), spot
        word = plain(text_of(spot.raw)).casefold()
        if word in _YES:
            ticked.append(code)
        elif word not in _NO:
            return Wrong.NO_TICK, spot
    if not ticked:
        return Cell(), None
    chosen = {*ticked, *(code for code in kept if code not in spots)}
    return Cell(value=[code for code in order if code in chosen] or None), None


def read_remark(spot: Spot) -> str | Wrong:
    """A reason or an explanation."""
    if spot.flaw:
        return Wrong(spot.flaw)
    text = _lines(text_of(spot.raw))
    return Wrong.TOO_LONG if len(text) > MOST_CHARACTERS else text


def read_missing(spot: Spot, question: Question) -> str | Wrong:
    """The missing code of its own column: the code, alone or before its words."""
    if spot.flaw:
        return Wrong(spot.flaw)
    words = re.split(r"[\s:\u2013\u2014-]+", plain(text_of(spot.raw)), maxsplit=1)
    code = words[0].upper()
    return code if not code or code in question.missing else Wrong.MISSING_UNKNOWN


def read_day(spot: Spot) -> str | Wrong:
    """A day as an ISO date."""
    if spot.is_blank:
        return ""
    if spot.flaw:
        return Wrong(spot.flaw)
    return _day(spot.raw)


def text_of(raw: Raw) -> str:
    """A cell as a person sees it: plain digits, TRUE, 31/12/2026."""
    match raw:
        case None:
            return ""
        case bool():
            return "TRUE" if raw else "FALSE"
        case int() | float():
            return number_of(raw)
        case list():
            return _moment_text(raw)
    return raw


def shown(spot: Spot) -> str:
    """What the cell shows."""
    raw = spot.raw
    if spot.is_percent and isinstance(raw, int | float):
        return f"{number_of(raw, times=100)}%"
    return text_of(raw)


def number_of(number: float, *, times: int = 1) -> str:
    """Plain digits of a stored number, as many as spreadsheet programs show."""
    if float(number).is_integer() and abs(number) < EXACT_WHOLE:
        return str(int(number) * times)
    exact = Decimal(format(number, f".{ROUNDED_DIGITS}g")) * times
    text = format(exact, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def plain(text: str) -> str:
    """Full-width signs as usual ones, one blank between words."""
    return text if text.isascii() and text.isalnum() else _plain(text)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split())


def _number(spot: Spot, question: Question, language: str) -> Outcome:
    raw = spot.raw
    is_share = any("%" in unit for unit in question.unit.values())
    if isinstance(raw, list):
        return Wrong.NUMBER_IS_DATE
    if isinstance(raw, bool) or raw is None:
        return Wrong.NO_NUMBER
    if isinstance(raw, int | float):
        digits = number_of(raw, times=100 if spot.is_percent and is_share else 1)
        return _figure(question, Decimal(digits))
    text = _without_unit(plain(raw), question)
    if has_too_many_digits(text):
        return Wrong.TOO_MANY_DIGITS
    number = read_number(text, language=language, is_whole=question.kind is Kind.INTEGER)
    return Wrong.NO_NUMBER if number is None else _figure(question, number)


def _figure(question: Question, number: Decimal) -> Outcome:
    if question.kind is Kind.INTEGER and number != number.to_integral_value():
        return Wrong.NOT_WHOLE
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return Cell(value="0" if not number else text)


def _without_unit(text: str, question: Question) -> str:
    """The text without the question's own unit behind it: it says nothing new."""
    for unit in question.unit.values():
        word = plain(unit)
        if word and text.casefold().endswith(word.casefold()):
            return text[: len(text) - len(word)].strip()
    return text


def _chosen(raw: Raw, question: Question, choices: Sequence[Choice]) -> Outcome:
    try:
        if question.kind is Kind.SELECT_ONE:
            return Cell(value=choice_of(text_of(raw), choices))
        found = choices_in(text_of(raw), choices)
    except NoChoice:
        return Wrong.CHOICE_UNKNOWN
    except Ambiguous:
        return Wrong.CHOICE_AMBIGUOUS
    if question.kind is Kind.SELECT_MULTIPLE:
        found = [choice.name for choice in choices if choice.name in set(found)]
    return Cell(value=list(dict.fromkeys(found)) or None)


def _ranked(spots: Mapping[str, Spot]) -> tuple[Outcome, Spot | None]:
    places: dict[int, str] = {}
    for code, spot in spots.items():
        if spot.flaw:
            return Wrong(spot.flaw), spot
        if spot.is_blank:
            continue
        word = plain(text_of(spot.raw))
        if not word.isascii() or not word.isdigit() or int(word[:9]) in places or word == "0":
            return Wrong.NO_RANK, spot
        places[int(word[:9])] = code
    return Cell(value=[places[place] for place in sorted(places)] or None), None


def _tick(spot: Spot, _question: Question) -> Outcome:
    word = plain(text_of(spot.raw)).casefold()
    if word in _YES:
        return Cell(value="OK")
    return Cell() if word in _NO else Wrong.NO_TICK


def _text(spot: Spot, _question: Question) -> Outcome:
    text = _lines(shown(spot))
    if len(text) > MOST_CHARACTERS:
        return Wrong.TOO_LONG
    return Cell(value=text or None)


def _lines(text: str) -> str:
    """Normalised; lines end as everywhere here, and spaces around it say nothing."""
    return unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").strip()


def _date(spot: Spot, _question: Question) -> Outcome:
    day = _day(spot.raw)
    return day if isinstance(day, Wrong) else Cell(value=day)


def _day(raw: Raw) -> str | Wrong:
    match raw:
        case ["date" | "dateTime", iso]:
            day = date.fromisoformat(iso[:10])
            return day.isoformat() if day >= FIRST_DAY else Wrong.NO_DATE
        case bool() | list() | None:
            return Wrong.NO_DATE
        case int() | float():
            return Wrong.DATE_IS_NUMBER
    text = _MIDNIGHT.sub("", plain(raw))
    if found := _IN_WORDS.fullmatch(text.casefold()):
        text = "/".join(found.groups())
    try:
        return read_date(text).isoformat()
    except EvaluationError:
        return Wrong.NO_DATE


def _moment(spot: Spot, question: Question) -> Outcome:
    raw = spot.raw
    if isinstance(raw, list) and raw[0] != "time":
        day = _day(raw)
        clock = raw[1][11:] or "00:00"
        return day if isinstance(day, Wrong) else _typed(question, f"{day} {clock}", Wrong.NO_DATE)
    if isinstance(raw, int | float):
        return Wrong.NO_DATE if isinstance(raw, bool) else Wrong.DATE_IS_NUMBER
    return _typed(question, plain(text_of(raw)), Wrong.NO_DATE)


def _time(spot: Spot, question: Question) -> Outcome:
    match spot.raw:
        case ["time", iso]:
            return _typed(question, iso, Wrong.NO_TIME)
        case str(text):
            return _typed(question, plain(text), Wrong.NO_TIME)
    return Wrong.NO_TIME


def _typed(question: Question, text: str, otherwise: Wrong) -> Outcome:
    """What the form makes of the same text."""
    cell = read_typed(question, text, (), "vi")
    return otherwise if cell.typed else cell


def _moment_text(raw: list[str]) -> str:
    kind, iso = raw
    if kind == "time":
        return iso[:5] if iso.endswith(":00") else iso
    day = date.fromisoformat(iso[:10])
    clock = f" {iso[11:16]}" if kind == "dateTime" else ""
    return f"{day:%d/%m/%Y}{clock}"


_READERS: Final[Mapping[Kind, Callable[[Spot, Question], Outcome]]] = {
    Kind.DATE: _date,
    Kind.DATETIME: _moment,
    Kind.TIME: _time,
    Kind.ACKNOWLEDGE: _tick,
}
