"""JSON → definition."""

from collections.abc import Mapping
from typing import Any, Final

from pydantic import BaseModel, ValidationError

from surveys.definitions.schema import (
    ChoiceData,
    ChoiceListData,
    DataTableData,
    DefinitionData,
    GroupData,
    IndicatorData,
    QuestionData,
    RepeatData,
    TableData,
)
from surveys.definitions.writing import ELEMENT_TAGS
from surveys.engine.model import (
    Choice,
    ChoiceList,
    DataTable,
    Definition,
    Group,
    Indicator,
    Question,
    Repeat,
    Table,
)
from surveys.engine.problems import Problem

_CLASSES: Final[Mapping[type[BaseModel], type]] = {
    ChoiceData: Choice,
    ChoiceListData: ChoiceList,
    DataTableData: DataTable,
    DefinitionData: Definition,
    GroupData: Group,
    IndicatorData: Indicator,
    QuestionData: Question,
    RepeatData: Repeat,
    TableData: Table,
}
_TAGS: Final = frozenset({"element", "schema_"})


class DefinitionUnreadable(ValueError):
    """The document is no definition; ``problems`` holds every error with its path in the document."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(f"{problem.at}: {problem.advice}" for problem in problems))
        self.problems = problems


def load(data: Any) -> Definition:
    """The definition that ``dump`` wrote.

    Raises DefinitionUnreadable with all errors at once, each with its path ("children/2/kind").
    """
    try:
        document = DefinitionData.model_validate(data)
    except ValidationError as failure:
        raise DefinitionUnreadable(_problems(failure)) from failure
    definition = _plain(document)
    assert isinstance(definition, Definition)
    return definition


def _problems(failure: ValidationError) -> list[Problem]:
    return [
        Problem(
            "definition_malformed",
            at=_path(error["loc"]),
            name=error["type"],
            advice=error["msg"],
        )
        for error in failure.errors(include_url=False, include_input=False)
    ]


def _path(places: tuple[int | str, ...]) -> str:
    """The place without the tags that pydantic adds after the index of a tagged element."""
    return "/".join(
        str(part)
        for before, part in zip((None, *places), places, strict=False)
        if not (isinstance(before, int) and part in ELEMENT_TAGS.values())
    )


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        attributes = {
            name: _plain(attribute)
            for name, attribute in value.__dict__.items()
            if name not in _TAGS
        }
        return _CLASSES[type(value)](**attributes)
    if isinstance(value, tuple):
        return tuple(_plain(item) for item in value)
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value
