"""Column plans: which columns raw data have, and how they are told. Plain data, read with all problems
at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from surveys.common.errors import DomainError

MOST_QUESTIONS: Final = 5_000
LONGEST_NAME: Final = 200


class Values(StrEnum):
    """What stands for a choice."""

    CODES = "codes"
    LABELS = "labels"


class Several(StrEnum):
    """A question with several choices: a column for each choice, or one that joins them."""

    SPLIT = "split"
    JOINED = "joined"


class Missing(StrEnum):
    """Where the code stands that says why there is no figure: in the cell, or in a column beside it."""

    CELL = "cell"
    COLUMN = "column"


class Grids(StrEnum):
    """A table of the questionnaire: a column for each cell, a table of its own, or both."""

    BOTH = "both"
    WIDE = "wide"
    LONG = "long"


class Header(StrEnum):
    """What stands above a column."""

    NAME = "name"
    LABEL = "label"
    BOTH = "both"


class Languages(StrEnum):
    """The languages of labels."""

    VI = "vi"
    EN = "en"
    BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnPlan:
    """How raw data are laid out.

    ``questions`` are the names of the questions, tables and repeats that go in, in any order; None
    takes all. Columns about the unit and its revision always stand. ``not_asked`` tells a cell that
    was never asked from one left blank. ``remarks`` brings reasons and explanations as a table.
    """

    values: Values = Values.CODES
    several: Several = Several.SPLIT
    missing: Missing = Missing.CELL
    grids: Grids = Grids.BOTH
    header: Header = Header.NAME
    languages: Languages = Languages.VI
    not_asked: bool = False
    remarks: bool = True
    scores: bool = True
    questions: tuple[str, ...] | None = None

    def as_json(self) -> dict[str, Any]:
        """The plan as ``read_plan`` reads it."""
        told = {each.name: getattr(self, each.name) for each in fields(self)}
        plain = {name: str(value) for name, value in told.items() if isinstance(value, StrEnum)}
        chosen = None if self.questions is None else list(self.questions)
        return told | plain | {"questions": chosen}


@dataclass(frozen=True, slots=True)
class PlanProblem:
    """What is wrong with one entry of a plan."""

    code: str
    at: str
    advice: str | Promise


class PlanInvalid(DomainError):
    """A column plan cannot be read; ``problems`` are all of its problems."""

    code = "plan_invalid"
    message = _("The column plan cannot be read.")

    def __init__(self, problems: tuple[PlanProblem, ...]) -> None:
        said = "; ".join(f"{each.at}: {each.advice}".removeprefix(": ") for each in problems)
        super().__init__(
            f"{self.message} {said}",
            problems=[{"code": each.code, "at": each.at} for each in problems],
        )
        self.problems = problems


CHOICES: Final[Mapping[str, type[StrEnum]]] = {
    "values": Values,
    "several": Several,
    "missing": Missing,
    "grids": Grids,
    "header": Header,
    "languages": Languages,
}
SWITCHES: Final = ("not_asked", "remarks", "scores")


def read_plan(told: object) -> ColumnPlan:
    """The plan that decoded JSON tells; what it does not tell is as in ``ColumnPlan()``.

    Raises PlanInvalid with every problem there is.
    """
    if not isinstance(told, Mapping):
        raise PlanInvalid((PlanProblem("plan_type", "", _("A plan is a JSON object.")),))
    problems = tuple(_problems(told))
    if problems:
        raise PlanInvalid(problems)
    chosen = told.get("questions")
    read: dict[str, Any] = {name: CHOICES[name](told[name]) for name in CHOICES if name in told}
    read |= {name: told[name] for name in SWITCHES if name in told}
    if chosen is not None:
        read["questions"] = tuple(dict.fromkeys(chosen))
    return ColumnPlan(**read)


def plan_of(options: Mapping[str, Any], language: str) -> ColumnPlan:
    """The plan under ``plan`` in what was chosen of a file; else the plan as it comes, in a language.

    Raises PlanInvalid.
    """
    if options.get("plan") is None:
        return ColumnPlan(languages=Languages(language))
    return read_plan(options["plan"])


def _problems(told: Mapping[Any, Any]) -> Iterator[PlanProblem]:
    for name in told:
        if name not in CHOICES and name not in SWITCHES and name != "questions":
            advice = _("No such entry. There are: %(names)s.") % {"names": ", ".join(ENTRIES)}
            yield PlanProblem("entry_unknown", str(name), advice)
    for name, kind in CHOICES.items():
        if name in told and not _is_member(kind, told[name]):
            advice = _("Say one of: %(names)s.") % {"names": ", ".join(kind)}
            yield PlanProblem("choice_unknown", name, advice)
    for name in SWITCHES:
        if name in told and not isinstance(told[name], bool):
            yield PlanProblem("switch_type", name, _("Say true or false."))
    if told.get("questions") is not None:
        yield from _problems_of_questions(told["questions"])


ENTRIES: Final = (*CHOICES, *SWITCHES, "questions")


def _is_member(kind: type[StrEnum], value: object) -> bool:
    return isinstance(value, str) and value in set(kind)


def _problems_of_questions(chosen: object) -> Iterator[PlanProblem]:
    at = "questions"
    if not isinstance(chosen, list | tuple) or not chosen:
        yield PlanProblem("questions_type", at, _("Name at least one question, or null for all."))
        return
    if len(chosen) > MOST_QUESTIONS:
        advice = _("At most %(most)s questions.") % {"most": MOST_QUESTIONS}
        yield PlanProblem("questions_many", at, advice)
        return
    for place, name in enumerate(chosen):
        # A name goes into the database and into files, where a control character breaks both.
        if not isinstance(name, str) or not name.isprintable() or not 0 < len(name) <= LONGEST_NAME:
            yield PlanProblem("name_type", f"{at}[{place}]", _("This is no name of a question."))
