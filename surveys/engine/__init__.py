"""The questionnaire engine: plain data in, plain data out.

No Django, no file, no clock. This module names the whole contract.
"""

from surveys.engine.answers import has_too_many_digits, read_date, read_number, read_typed
from surveys.engine.carrying import Start, carried_start, under_new_names, value_before
from surveys.engine.compatibility import ChangeClass, Fate
from surveys.engine.compilation import compile_definition
from surveys.engine.datatables import TableMalformed, columns_of, data_table, digest, rows_of
from surveys.engine.diff import broken_names, diff
from surveys.engine.differences import Change, What
from surveys.engine.documents import UnknownPath
from surveys.engine.drafts import initial_answers
from surveys.engine.expressions import Compiled, EvaluationError, ExpressionError
from surveys.engine.form import Form, Section
from surveys.engine.lookedup import lookup_users
from surveys.engine.migration import Documents, Migration, TakenOver, migrate
from surveys.engine.model import (
    Carry,
    Choice,
    ChoiceList,
    DataTable,
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
from surveys.engine.quality import Burden, Review, review
from surveys.engine.results import (
    Cell,
    Consequences,
    Context,
    Document,
    Finding,
    FindingCode,
    Grade,
    JSONValue,
    Origin,
    Progress,
    TableTotals,
)
from surveys.engine.simulation import (
    Blocked,
    FormUnusable,
    Simulation,
    answer_at_random,
    simulate,
)
from surveys.engine.state import FormState, RowExists
from surveys.engine.values import format_number, format_value, new_row_id

__all__ = [
    "Blocked",
    "Burden",
    "Carry",
    "Cell",
    "Change",
    "ChangeClass",
    "Choice",
    "ChoiceList",
    "Compiled",
    "Consequences",
    "Context",
    "DataTable",
    "Definition",
    "Document",
    "Documents",
    "Element",
    "EvaluationError",
    "EvidenceNeed",
    "ExpressionError",
    "Fate",
    "Finding",
    "FindingCode",
    "Form",
    "FormState",
    "FormUnusable",
    "Grade",
    "Group",
    "Indicator",
    "JSONValue",
    "Kind",
    "Migration",
    "MissingCode",
    "Origin",
    "Problem",
    "Progress",
    "Question",
    "Repeat",
    "Review",
    "RowExists",
    "Section",
    "Severity",
    "Simulation",
    "Start",
    "Table",
    "TableMalformed",
    "TableTotals",
    "TakenOver",
    "Texts",
    "Totals",
    "UnknownPath",
    "What",
    "answer_at_random",
    "broken_names",
    "carried_start",
    "columns_of",
    "compile_definition",
    "data_table",
    "diff",
    "digest",
    "errors",
    "format_number",
    "format_value",
    "has_too_many_digits",
    "initial_answers",
    "lookup_users",
    "migrate",
    "new_row_id",
    "read_date",
    "read_number",
    "read_typed",
    "review",
    "rows_of",
    "simulate",
    "text_in",
    "under_new_names",
    "value_before",
    "walk",
]
