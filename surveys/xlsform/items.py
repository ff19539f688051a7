"""Pass 3: each row of the survey sheet becomes a question, or the begin or end of a block."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeVar

from surveys.engine.model import Carry, EvidenceNeed, Kind, MissingCode, Question
from surveys.engine.problems import Problem, Severity
from surveys.xlsform.kinds import Asked, Role, parse_type
from surveys.xlsform.parameters import pairs_in, rest_of
from surveys.xlsform.rows import Row, yes_or_no

_Word = TypeVar("_Word", bound=StrEnum)

_IGNORED: Final = Severity.IGNORED
_SEPARATORS: Final = re.compile(r"[\s,;]+")


@dataclass(frozen=True, slots=True)
class Leaf:
    """A question with its row."""

    row: Row
    question: Question


@dataclass(frozen=True, slots=True)
class Begin:
    """The first row of a block; its attributes are read when the block is closed."""

    row: Row
    block: str
    name: str


@dataclass(frozen=True, slots=True)
class End:
    """The last row of a block."""

    row: Row
    block: str


Item = Leaf | Begin | End


@dataclass(frozen=True, slots=True)
class Items:
    """What the rows are. ``dropped`` names rows that could not be understood."""

    items: tuple[Item, ...]
    problems: tuple[Problem, ...]
    dropped: frozenset[str]


def read_items(rows: tuple[Row, ...]) -> Items:
    """Understand every row; what is wrong with one never hides the others."""
    items: list[Item] = []
    problems: list[Problem] = []
    dropped: set[str] = set()
    for row in _without_loops(rows, problems):
        if _is_no_question(row, problems):
            continue
        item = _item(row, problems)
        if item is None:
            if parse_type(row.text("type")).role is not Role.UNSUPPORTED:
                dropped.add(row.text("name"))
            continue
        items.append(item)
        if not isinstance(item, Begin):
            problems.extend(row.unread())
    return Items(tuple(items), tuple(problems), frozenset(dropped - {""}))


def _without_loops(rows: tuple[Row, ...], problems: list[Problem]) -> Iterator[Row]:
    """The rows outside loops; those of loops, begin and end with them, are named as left out."""
    depth = 0
    for row in rows:
        asked = parse_type(row.text("type"))
        is_edge = asked.block == "loop"
        depth += is_edge and asked.role is Role.BEGIN
        if depth or is_edge:
            problems.append(_left_out(row))
        else:
            yield row
        depth -= is_edge and asked.role is Role.END and depth > 0


def _is_no_question(row: Row, problems: list[Problem]) -> bool:
    """Whether the row is switched off or a remark of the designer's, which is named."""
    if _flag(row, "disabled", problems):
        advice = "The row is disabled and left out."
        problems.append(row.problem("row_disabled", "disabled", row.text("name"), advice, _IGNORED))
        return True
    if row.text("type") or row.text("name") or row.texts("label"):
        return False
    advice = "Without type, name and label the row is taken for a remark."
    problems.append(row.problem("row_remark", "type", "", advice, _IGNORED))
    return True


def read_word(row: Row, attribute: str, default: _Word, problems: list[Problem]) -> _Word:
    """A cell that takes one word of a list."""
    return _word(row, attribute, type(default), problems) or default


def _item(row: Row, problems: list[Problem]) -> Item | None:
    text, name = row.text("type"), row.text("name")
    asked = parse_type(text)
    if asked.role is Role.END:
        return End(row, asked.block)
    if not text:
        problems.append(row.problem("type_missing", "type", name, "Say what type of row this is."))
        return None
    if asked.role is Role.UNSUPPORTED:
        problems.append(_left_out(row))
        return None
    if asked.role is Role.UNKNOWN:
        advice = (
            f"Did you mean {asked.suggestion}?" if asked.suggestion else "See the list of types."
        )
        problems.append(row.problem("type_unknown", "type", text, advice))
        return None
    if not name and asked.kind is Kind.NOTE and asked.role is Role.QUESTION:
        name = f"generated_note_name_{row.number}"
        advice = f"Until it has a name the note is called {name}."
        problems.append(row.problem("name_missing", "name", text, advice, Severity.WARNING))
    elif not name:
        problems.append(row.problem("name_missing", "name", text, "Give the row a name."))
    if asked.role is Role.BEGIN:
        return Begin(row, asked.block, name)
    return Leaf(row, _question(row, asked, name, problems))


def _left_out(row: Row) -> Problem:
    text = row.text("type")
    advice = f"Rows of the type {text} are left out."
    if "select" in text.lower():
        advice = "Write the choices into the sheet choices: a list may have thousands of them."
    return row.problem("type_unsupported", "type", text, advice, _IGNORED)


def _question(row: Row, asked: Asked, name: str, problems: list[Problem]) -> Question:
    return Question(
        name=name,
        kind=asked.kind,
        label=row.texts("label"),
        hint=row.texts("hint"),
        guidance=row.texts("guidance_hint"),
        number=row.text("number"),
        list_name=asked.list_name,
        or_other=asked.or_other,
        choice_filter=row.text("choice_filter"),
        relevant=row.text("relevant"),
        required=_condition(row, "required"),
        required_message=row.texts("required_message"),
        read_only=_condition(row, "read_only"),
        constraint=_both(asked.constraint, row.text("constraint")),
        constraint_message=row.texts("constraint_message"),
        warning=row.text("warning"),
        warning_message=row.texts("warning_message"),
        calculation=row.text("calculation"),
        trigger=row.text("trigger"),
        default=row.text("default"),
        appearance=row.text("appearance"),
        parameters=_parameters(row, problems),
        unit=row.texts("unit"),
        indicator=row.text("indicator"),
        evidence=read_word(row, "evidence", EvidenceNeed.NONE, problems),
        carry=_word(row, "carry", Carry, problems),
        band=row.text("band"),
        missing=_missing(row, problems),
        personal_data=_flag(row, "personal_data", problems),
        successor_of=row.text("successor_of"),
        library_item=row.text("library_item"),
    )


def _condition(row: Row, attribute: str) -> str:
    """An expression that may be written as yes or no."""
    text = row.text(attribute)
    said = yes_or_no(text)
    if said is None:
        return text
    return "true()" if said else ""


def _both(first: str, second: str) -> str:
    return f"({first}) and ({second})" if first and second else first or second


def _parameters(row: Row, problems: list[Problem]) -> Mapping[str, str]:
    """What stands in ``parameters``, and in ``own_parameters`` what other tools would refuse."""
    found: dict[str, str] = {}
    for attribute in ("parameters", "own_parameters"):
        text = row.text(attribute)
        found |= pairs_in(text)
        if rest_of(text):
            advice = "Write name=value, separated by blanks, e.g. start=0 end=10 step=1."
            problems.append(row.problem("parameters_malformed", attribute, text, advice))
    return found


def _word(row: Row, attribute: str, words: type[_Word], problems: list[Problem]) -> _Word | None:
    text = row.text(attribute)
    found = next((word for word in words if word.value.lower() == text.lower()), None)
    if text and found is None:
        problems.append(_not_allowed(row, attribute, text, words))
    return found


def _missing(row: Row, problems: list[Problem]) -> tuple[MissingCode, ...]:
    codes = []
    for text in _SEPARATORS.split(row.text("missing")):
        if text.upper() in set(MissingCode):
            codes.append(MissingCode(text.upper()))
        elif text:
            problems.append(_not_allowed(row, "missing", text, MissingCode))
    return tuple(dict.fromkeys(codes))


def _flag(row: Row, attribute: str, problems: list[Problem]) -> bool:
    text = row.text(attribute)
    said = yes_or_no(text)
    if said is None:
        problems.append(row.problem("value_not_allowed", attribute, text, "Write yes or no."))
    return bool(said)


def _not_allowed(row: Row, attribute: str, text: str, words: type[StrEnum]) -> Problem:
    advice = f"Write one of: {', '.join(words)}."
    return row.problem("value_not_allowed", attribute, text, advice)
