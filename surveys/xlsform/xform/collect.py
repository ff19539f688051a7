"""A definition in the shape that ODK Collect knows: tables as repeats, no words of ours."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, Final

from surveys.engine.model import (
    Definition,
    Element,
    Group,
    Kind,
    Question,
    Repeat,
    Table,
    Texts,
)
from surveys.engine.problems import Problem, Severity
from surveys.xlsform.cells import letters
from surveys.xlsform.writing import sheets_of
from surveys.xlsform.xform.expressions import NOWHERE, Spot, Tables, never, translate
from surveys.xlsform.xform.others import spelled_out

_EXPRESSIONS: Final = (
    "relevant required read_only constraint calculation default choice_filter repeat_count"
)
_LOST: Final = (("warning", Question), ("warning", Table), ("constraint", Table))
"""Rules that an XForm has no place for; they are judged when the answers are sent here."""


class Collect:
    """Translates a definition and gathers what is lost on the way."""

    def __init__(self, definition: Definition) -> None:
        whole = spelled_out(definition)
        self._definition = whole
        self._names = {element.name for element in whole.elements()}
        self._tables = _tables(whole)
        self._survey = sheets_of(definition)[0].rows
        self.problems: list[Problem] = []

    def definition(self) -> Definition:
        """The definition for Collect; ``problems`` has what it cannot do."""
        children = tuple(self._elements(self._definition.children))
        return replace(self._definition, children=children, indicators=())

    def _elements(self, elements: Iterable[Element]) -> Iterator[Element]:
        """The elements; a table's rows are counted under a name of ours where pyxform's is taken."""
        for element in elements:
            made = self._element(element)
            taken = isinstance(element, Table) and f"{element.name}_count" in self._names
            if taken and isinstance(made, Repeat):
                count = self._free_name(f"{made.name}_count")
                yield Question(name=count, kind=Kind.CALCULATE, calculation=made.repeat_count)
                made = replace(made, repeat_count=f"${{{count}}}")
            yield made

    def _element(self, element: Element, spot: Spot = NOWHERE) -> Element:
        self._report_lost(element)
        changes: dict[str, Any] = {"label": _numbered(element)}
        for attribute in _EXPRESSIONS.split():
            if text := getattr(element, attribute, ""):
                changes[attribute] = self._expression(element, attribute, text, spot)
        match element:
            case Question():
                return replace(element, **changes, warning="", warning_message={})
            case Group() | Repeat():
                inner = tuple(self._elements(element.children))
                return replace(element, **changes, children=inner)
            case Table():
                return self._repeat(element, changes.get("relevant", ""))

    def _repeat(self, table: Table, relevant: str) -> Repeat:
        choices = self._definition.lists[table.row_list].choices
        row = self._free_name(f"{table.name}_row")
        codes = " ".join(choice.name for choice in choices)
        if any(" " in choice.name for choice in choices):
            advice = "ODK Collect needs row codes without blanks."
            self._report("row_code_not_in_odk", table, "row_list", advice, Severity.ERROR)
        labelled = Question(
            name=row,
            kind=Kind.SELECT_ONE,
            list_name=table.row_list,
            label=_numbered(table),
            read_only="true()",
            calculation=f"selected-at('{codes}', position(..) - 1)",
            appearance="minimal",
        )
        return Repeat(
            name=table.name,
            label=_numbered(table),
            hint=table.hint,
            relevant=relevant,
            repeat_count=str(len(choices)),
            children=(labelled, *(self._column(column, table, row) for column in table.columns)),
        )

    def _column(self, column: Question, table: Table, row: str) -> Element:
        plain = self._element(column, Spot(row=row))
        assert isinstance(plain, Question)
        if not table.closed or never(table.closed, column.name):
            return plain
        closed = self._expression(table, "closed", table.closed, Spot(row=row, dot=column.name))
        if f"${{{column.name}}}" in closed:
            advice = "In ODK Collect a question cannot be closed by its own answer."
            self._report("closed_by_itself_in_odk", table, "closed", advice, Severity.ERROR)
        rules = [f"({plain.relevant})"] if plain.relevant else []
        return replace(plain, relevant=" and ".join([*rules, f"not({closed})"]))

    def _expression(self, element: Element, attribute: str, text: str, spot: Spot) -> str:
        """A default may be left out, nobody is misled by that; any other rule may not."""
        found = translate(text, self._tables, spot)
        severity = Severity.WARNING if attribute == "default" else Severity.ERROR
        for name in found.unknown:
            advice = f"ODK Collect has no function {name}()."
            self._report("function_not_in_odk", element, attribute, advice, severity)
        return "" if found.unknown else found.text

    def _report_lost(self, element: Element) -> None:
        for attribute, kind in _LOST:
            if isinstance(element, kind) and getattr(element, attribute):
                advice = "ODK Collect does not check it; it is checked when the answers arrive."
                self._report("rule_not_in_odk", element, attribute, advice, Severity.IGNORED)
        if isinstance(element, Question) and "prefill" in element.parameters:
            advice = "ODK Collect does not know the unit; the question stays empty there."
            self._report("prefill_not_in_odk", element, "own_parameters", advice, Severity.WARNING)

    def _report(
        self, code: str, element: Element, attribute: str, advice: str, severity: Severity
    ) -> None:
        problem = Problem(code, self._cell(element, attribute), element.name, advice, severity)
        if problem not in self.problems:
            self.problems.append(problem)

    def _cell(self, element: Element, attribute: str) -> str:
        """The cell of the workbook that the version is exported as."""
        header = self._survey[0]
        column = header.index(attribute)
        name = header.index("name")
        rows = (n for n, texts in enumerate(self._survey, 1) if texts[name] == element.name)
        row = next(rows, 1)  # the text behind "other" has no row of its own
        return f"survey!{letters(column)}{row}"

    def _free_name(self, wanted: str) -> str:
        while wanted in self._names:
            wanted += "_"
        self._names.add(wanted)
        return wanted


def _numbered(element: Element) -> Texts:
    """The label with the number before it, as on our pages."""
    number = "" if isinstance(element, Group) else element.number
    if not number:
        return element.label
    return {language: f"{number} {text}" for language, text in element.label.items()}


def _tables(definition: Definition) -> Tables:
    found = [element for element in definition.elements() if isinstance(element, Table)]
    return Tables(
        {column.name: table.name for table in found for column in table.columns},
        {
            (table.name, choice.name): position
            for table in found
            for position, choice in enumerate(definition.lists[table.row_list].choices, start=1)
        },
    )
