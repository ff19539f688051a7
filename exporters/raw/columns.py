"""From a plan to columns: what each is called, what stands in it, and what it is read from.

Loads no pyarrow, so that pages show the columns of a file before it is made.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from analytics.columnar.layout import Layout
from analytics.dataset import Measure, Variable
from exporters.raw.plans import ColumnPlan, Grids, Languages, Missing, Several, Values
from exporters.raw.sources import Part, RawSource
from exporters.raw.units import KEYS, RESERVED, UNIT_COLUMNS, fact_column, labels_of, unit_columns
from exporters.raw.words import CODES, WORDS, told
from exporters.tables import Column, ColumnKind
from surveys.engine import Kind, Texts
from surveys.verification.enums import Verdict

NOT_ASKED: Final = "-"
UNREADABLE: Final = "?"
RESPONSES: Final = "responses"
OF_A_ROW: Final = ("row_id", "row_number")
AWAY: Final = "__answer"
"""Behind the name of a question that is called like a column about the unit."""


class Reading(StrEnum):
    """What of its source a column holds."""

    GIVEN = "given"
    """A fact about the unit or the row."""
    ANSWER = "answer"
    CHOSEN = "chosen"
    """1 where the choice ``part`` was chosen, 0 where others were."""
    RANK = "rank"
    """The place that the choice ``part`` was given, the first being 1."""
    CODE = "code"
    """Why there is no answer."""
    SCORE = "score"
    """Of an indicator: ``part`` is claimed, verified or verdict."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A column of a file and what it is read from: a fact, a column of the copy, an indicator.

    ``variable`` is that of the copy's column, whose choices and missing codes it may hold.
    """

    column: Column
    reading: Reading
    source: str
    part: str = ""
    variable: Variable | None = None


def response_columns(source: RawSource, plan: ColumnPlan) -> tuple[Planned, ...]:
    """The columns of the table of responses: the unit, the questions, the scores."""
    units = unit_columns(source, plan.languages, UNIT_COLUMNS)
    scores = _scores(source, plan.languages) if plan.scores else ()
    return _apart([*_given(units), *_answers(source, plan, layout_in(source, plan)), *scores])


def grid_columns(source: RawSource, plan: ColumnPlan, part: Part) -> tuple[Planned, ...]:
    """The columns of a table of the questionnaire in long form: a line for each of its rows."""
    row = fact_column("row", plan.languages, part.rows)
    keys = (*unit_columns(source, plan.languages, KEYS), row)
    return _apart([*_given(keys), *_answers(source, plan, part.layout)])


def repeat_columns(source: RawSource, plan: ColumnPlan, part: Part) -> tuple[Planned, ...]:
    """The columns of a repeat: a line for each row that was entered."""
    keys = unit_columns(source, plan.languages, (*KEYS, *OF_A_ROW))
    return _apart([*_given(keys), *_answers(source, plan, part.layout)])


def layout_in(source: RawSource, plan: ColumnPlan) -> Layout:
    """The columns of the copy that the table of responses takes."""
    taken = {
        name: variable
        for name, variable in source.layout.columns.items()
        if is_chosen(plan, variable) and not (is_cell(variable) and plan.grids is Grids.LONG)
    }
    return Layout(taken, source.layout.by_version)


def questions_of(source: RawSource, language: str) -> list[tuple[str, str]]:
    """What a plan can choose: the questions, tables and repeats by their names, with their labels."""
    languages = Languages(language)
    labels = {each.name: told(each.label, languages) for each in (*source.grids, *source.repeats)}
    found: dict[str, str] = {}
    for variable in source.layout.columns.values():
        name = variable.path.partition("/")[0]
        found.setdefault(name, labels.get(name) or label_of(variable, languages))
    return list(found.items())


def grids_in(source: RawSource, plan: ColumnPlan) -> list[Part]:
    """The tables of the questionnaire that get a table of their own."""
    if plan.grids is Grids.WIDE:
        return []
    return [each for each in source.grids if plan.questions is None or each.name in plan.questions]


def repeats_in(source: RawSource, plan: ColumnPlan) -> list[Part]:
    """The repeats that go in."""
    return [
        each for each in source.repeats if plan.questions is None or each.name in plan.questions
    ]


def is_chosen(plan: ColumnPlan, variable: Variable) -> bool:
    """Whether the plan takes the question, table or repeat of a variable."""
    return plan.questions is None or variable.path.partition("/")[0] in plan.questions


def column_name(name: str) -> str:
    """What a column of the copy is called in a file: the same, unless a fact is called so."""
    return f"{name}{AWAY}" if name.casefold() in RESERVED else name


def is_cell(variable: Variable) -> bool:
    """Whether it is a cell of a table."""
    return "/" in variable.path


def label_of(variable: Variable, languages: Languages) -> str:
    """The number and label of a variable."""
    words = ": ".join(filter(None, (told(text, languages) for text in variable.label)))
    label = f"{variable.number}. {words}" if variable.number else words
    if variable.measure is Measure.ROWS:
        label = f"{label}, {told(WORDS['rows_of'], languages)}"
    return label


def choice_labels(variable: Variable, languages: Languages) -> dict[str, str]:
    """The labels of the choices by their codes; one that two choices share has its code behind it."""
    labels = {each.name: told(each.label, languages) or each.name for each in variable.choices}
    shared = list(labels.values())
    return {
        code: f"{label} ({code})" if shared.count(label) > 1 else label
        for code, label in labels.items()
    }


def _given(columns: Iterable[Column]) -> list[Planned]:
    return [Planned(each, Reading.GIVEN, each.name) for each in columns]


def _answers(source: RawSource, plan: ColumnPlan, layout: Layout) -> list[Planned]:
    kinds = source.kinds_of(layout)
    planned: list[Planned] = []
    for name, variable in layout.columns.items():
        planned += _Question(plan, name, variable, kinds.get(name, set())).columns()
    return planned


class _Question:
    """The columns that a plan makes of one column of the copy."""

    def __init__(self, plan: ColumnPlan, name: str, variable: Variable, kinds: set[Kind]) -> None:
        self._plan = plan
        self._source = name
        self._name = column_name(name)
        self._variable = variable
        self._kinds = kinds
        self._label = label_of(variable, plan.languages)
        self._codes = {code: told(CODES[code], plan.languages) for code in self._missing()}

    def columns(self) -> Iterator[Planned]:
        """The answer, its choices, its missing code."""
        yield self._planned(self._answer(), Reading.ANSWER)
        if self._variable.measure is Measure.CATEGORIES and self._plan.several is Several.SPLIT:
            yield from self._choices()
        if self._codes and self._plan.missing is Missing.COLUMN:
            column = Column(
                name=f"{self._name}.missing",
                kind=ColumnKind.CATEGORY,
                label=f"{self._label}: {told(WORDS['missing_of'], self._plan.languages)}",
                labels=self._codes,
            )
            yield self._planned(column, Reading.CODE)

    def _answer(self) -> Column:
        variable, languages = self._variable, self._plan.languages
        coded = variable.measure is Measure.CATEGORY and self._plan.values is Values.CODES
        kind = self._kind()
        return Column(
            name=self._name,
            kind=kind,
            label=self._label,
            labels=choice_labels(variable, languages) if coded else {},
            missing=self._in_cell,
            unit=told(variable.unit, languages),
            decimals=0 if kind is ColumnKind.INTEGER else None,
        )

    def _choices(self) -> Iterator[Planned]:
        """A column for each choice; those of a ranking hold the places."""
        is_rank = self._kinds == {Kind.RANK}
        suffix = f" ({told(WORDS['rank_of'], self._plan.languages)})" if is_rank else ""
        reading = Reading.RANK if is_rank else Reading.CHOSEN
        for code, label in choice_labels(self._variable, self._plan.languages).items():
            column = Column(
                name=f"{self._name}.{code}",
                kind=ColumnKind.INTEGER,
                label=f"{self._label}: {label}{suffix}",
                missing=self._in_cell,
                decimals=0,
            )
            yield self._planned(column, reading, code)

    def _planned(self, column: Column, reading: Reading, part: str = "") -> Planned:
        return Planned(column, reading, self._source, part, self._variable)

    def _kind(self) -> ColumnKind:
        match self._variable.measure:
            case Measure.ROWS:
                return ColumnKind.INTEGER
            case Measure.NUMBER:
                is_whole = self._kinds == {Kind.INTEGER}
                return ColumnKind.INTEGER if is_whole else ColumnKind.NUMBER
            case Measure.DATE:
                return ColumnKind.DATE
            case Measure.CATEGORY if self._plan.values is Values.CODES:
                return ColumnKind.CATEGORY
            case _:
                return ColumnKind.TEXT

    def _missing(self) -> tuple[str, ...]:
        """The codes that can stand instead of the answer."""
        found = [str(code) for code in self._variable.missing]
        if Kind.CALCULATE in self._kinds and self._variable.measure is Measure.NUMBER:
            # What a calculation gives may be a text after all: it is told, not dropped.
            found.append(UNREADABLE)
        return (*found, NOT_ASKED) if self._plan.not_asked else tuple(found)

    @property
    def _in_cell(self) -> dict[str, str]:
        return self._codes if self._plan.missing is Missing.CELL else {}


def _scores(source: RawSource, languages: Languages) -> Iterator[Planned]:
    """For each verified indicator what the unit claims, what was found, and the verdict."""
    for each in source.judged:
        label = f"{each.code}. {told(each.label, languages)}"
        most = f"{told(WORDS['most'], languages)} {each.most}"
        for part in ("claimed", "verified"):
            column = Column(
                name=f"score.{each.code}.{part}",
                kind=ColumnKind.NUMBER,
                label=f"{label}: {told(WORDS[part], languages)} ({most})",
            )
            yield Planned(column, Reading.SCORE, each.code, part)
        column = Column(
            name=f"score.{each.code}.verdict",
            kind=ColumnKind.CATEGORY,
            label=f"{label}: {told(WORDS['verdict'], languages)}",
            labels=_told_each(labels_of(Verdict), languages),
        )
        yield Planned(column, Reading.SCORE, each.code, "verdict")


def _told_each(labels: dict[str, Texts], languages: Languages) -> dict[str, str]:
    return {code: told(label, languages) for code, label in labels.items()}


def _apart(planned: Sequence[Planned]) -> tuple[Planned, ...]:
    """The columns with names of their own: one that is taken gets a number behind it."""
    taken: set[str] = set()
    found = []
    for each in planned:
        name, number = each.column.name, 1
        while name in taken:
            number += 1
            name = f"{each.column.name}__{number}"
        taken.add(name)
        found.append(replace(each, column=replace(each.column, name=name)))
    return tuple(found)
