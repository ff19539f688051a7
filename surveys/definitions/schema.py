"""The shape of a definition in JSON, schema version 1, as pydantic reads it.

One class for each dataclass of ``surveys.engine.model``, attribute for attribute. Unknown keys are
refused: a document of a later version must not lose anything in silence.
"""

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from surveys.engine.model import Carry, EvidenceNeed, Kind, MissingCode, Totals

TextsData = dict[str, str]
Name = Annotated[str, Field(min_length=1)]


def _day(value: Any) -> Any:
    """A day is its ISO text; pydantic would take numbers and times for one too."""
    if value is None or (isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value)):
        return value
    raise ValueError("A day is written as 2026-12-31.")


Day = Annotated[date | None, BeforeValidator(_day)]


class Data(BaseModel):
    """Nothing unknown, nothing coerced."""

    model_config = ConfigDict(extra="forbid")


class ChoiceData(Data):
    """A choice."""

    name: Name
    label: TextsData
    score: str = ""
    extra: dict[str, str] = {}
    uid: str = ""


class ChoiceListData(Data):
    """A choice list."""

    name: Name
    choices: tuple[ChoiceData, ...]
    uid: str = ""


class DataTableData(Data):
    """A lookup table."""

    name: Name
    text: str


class IndicatorData(Data):
    """An indicator."""

    code: Name
    label: TextsData
    unit: TextsData = {}
    direction: str = "up"
    target: str = ""
    legal_basis: str = ""
    numerator: str = ""
    denominator: str = ""
    over: str = "units"
    applies_to: tuple[str, ...] = ()
    scoring: str = ""
    valid_from: Day = None
    uid: str = ""


class QuestionData(Data):
    """A question."""

    element: Literal["question"]
    name: Name
    kind: Kind
    label: TextsData = {}
    hint: TextsData = {}
    guidance: TextsData = {}
    number: str = ""
    list_name: str = ""
    or_other: bool = False
    choice_filter: str = ""
    relevant: str = ""
    required: str = ""
    required_message: TextsData = {}
    read_only: str = ""
    constraint: str = ""
    constraint_message: TextsData = {}
    warning: str = ""
    warning_message: TextsData = {}
    calculation: str = ""
    trigger: str = ""
    default: str = ""
    appearance: str = ""
    parameters: dict[str, str] = {}
    unit: TextsData = {}
    indicator: str = ""
    evidence: EvidenceNeed = EvidenceNeed.NONE
    carry: Carry | None = None
    band: str = ""
    missing: tuple[MissingCode, ...] = ()
    personal_data: bool = False
    successor_of: str = ""
    library_item: str = ""
    uid: str = ""


class GroupData(Data):
    """A group."""

    element: Literal["group"]
    name: Name
    label: TextsData = {}
    hint: TextsData = {}
    relevant: str = ""
    appearance: str = ""
    children: tuple["ElementData", ...] = ()
    library_item: str = ""
    uid: str = ""


class RepeatData(Data):
    """A repeat."""

    element: Literal["repeat"]
    name: Name
    label: TextsData = {}
    hint: TextsData = {}
    number: str = ""
    relevant: str = ""
    repeat_count: str = ""
    appearance: str = ""
    children: tuple["ElementData", ...] = ()
    library_item: str = ""
    uid: str = ""


class TableData(Data):
    """A table."""

    element: Literal["table"]
    name: Name
    label: TextsData = {}
    hint: TextsData = {}
    number: str = ""
    relevant: str = ""
    row_list: Name
    totals: Totals = Totals.NONE
    closed: str = ""
    constraint: str = ""
    constraint_message: TextsData = {}
    warning: str = ""
    warning_message: TextsData = {}
    appearance: str = ""
    columns: tuple[QuestionData, ...] = ()
    library_item: str = ""
    uid: str = ""


ElementData = Annotated[
    QuestionData | GroupData | RepeatData | TableData, Field(discriminator="element")
]


class DefinitionData(Data):
    """A definition."""

    schema_: Literal[1] = Field(alias="schema")
    code: Name
    title: TextsData
    default_language: Name = "vi"
    languages: tuple[str, ...] = ("vi",)
    children: tuple[ElementData, ...] = ()
    lists: dict[str, ChoiceListData] = {}
    indicators: tuple[IndicatorData, ...] = ()
    settings: dict[str, str] = {}
    tables: dict[str, DataTableData] = {}
