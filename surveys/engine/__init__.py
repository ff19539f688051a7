"""The questionnaire engine: plain data in, plain data out.

No Django, no file, no clock. This module names the whole contract.
"""

from surveys.engine.form import Form, Section, compile_definition
from surveys.engine.model import (
    Carry,
    Choice,
    ChoiceList,
    Definition,
    Element,
    EvidenceNeed,
    Group,
    Indicator,
    Kind,
    MissingCode,
    Question,
    Repeat,
    Table,
    Texts,
    Totals,
    text_in,
    walk,
)
from surveys.engine.problems import Problem, Severity, errors
from surveys.engine.results import (
    Cell,
    Consequences,
    Context,
    Document,
    Finding,
    Grade,
    JSONValue,
    Progress,
    TableTotals,
)
from surveys.engine.state import FormState, initial_answers
from surveys.engine.values import format_value, new_row_id

__all__ = [
    "Carry",
    "Cell",
    "Choice",
    "ChoiceList",
    "Consequences",
    "Context",
    "Definition",
    "Document",
    "Element",
    "EvidenceNeed",
    "Finding",
    "Form",
    "FormState",
    "Grade",
    "Group",
    "Indicator",
    "JSONValue",
    "Kind",
    "MissingCode",
    "Problem",
    "Progress",
    "Question",
    "Repeat",
    "Section",
    "Severity",
    "Table",
    "TableTotals",
    "Texts",
    "Totals",
    "compile_definition",
    "errors",
    "format_value",
    "initial_answers",
    "new_row_id",
    "text_in",
    "walk",
]
