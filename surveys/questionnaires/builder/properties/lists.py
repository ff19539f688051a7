"""Choice lists in the right pane: a page of choices, and who uses which list."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from surveys.definitions.editing import Sort, Tree
from surveys.definitions.editing.nodes import walk
from surveys.questionnaires.builder.properties.texts import Language, Text

PAGE: Final = 12
"""Choices that are shown beside a question."""
LONG_PAGE: Final = 25
"""Choices that are shown of a list by itself."""
MAX_LANGUAGES: Final = 3
"""Languages of the labels in the table; the others are shown of a choice by itself."""
FIELDS: Final = {"question": "list_name", "table": "row_list"}


@dataclass(frozen=True, slots=True)
class Row:
    """A choice with its labels, that in the language of the reader first."""

    uid: str
    number: int
    code: str
    texts: tuple[Text, ...]
    score: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoicePane:
    """A page of a list. ``users`` counts the questions and tables that use it."""

    uid: str
    name: str
    rows: tuple[Row, ...]
    total: int
    page: int
    pages: int
    users: int
    is_rows: bool
    has_scores: bool
    own: bool

    @property
    def before(self) -> int:
        """The page before."""
        return self.page - 1

    @property
    def behind(self) -> int:
        """The page behind."""
        return self.page + 1

    @property
    def is_shared(self) -> bool:
        """Whether a change concerns others too."""
        return self.users > 1


@dataclass(frozen=True, slots=True)
class ListUse:
    """A list of the draft."""

    uid: str
    name: str
    choices: int
    users: int


def choice_pane(
    tree: Tree, uid: str, languages: Sequence[Language], page: int
) -> ChoicePane | None:
    """The choices of a question's, table's or list's list; None where there is none.

    A page behind the last is the last one.
    """
    sort, node = tree.sort(uid), tree.node(uid)
    field = FIELDS.get(sort.value)
    name = node["name"] if sort is Sort.LIST else node.get(field) if field else None
    listed = tree.document.get("lists", {}).get(name)
    if not name or listed is None:
        return None
    choices = listed["choices"]
    size = LONG_PAGE if sort is Sort.LIST else PAGE
    pages = max(1, -(-len(choices) // size))
    shown = min(max(page, 1), pages)
    first = (shown - 1) * size
    return ChoicePane(
        uid=str(listed["uid"]),
        name=str(name),
        rows=tuple(
            _row(choice, number, languages)
            for number, choice in enumerate(choices[first : first + size], first + 1)
        ),
        total=len(choices),
        page=shown,
        pages=pages,
        users=uses(tree)[str(name)],
        is_rows=sort is Sort.TABLE,
        has_scores=any(choice.get("score") for choice in choices),
        own=sort is not Sort.LIST,
    )


def list_uses(tree: Tree) -> tuple[ListUse, ...]:
    """All lists with the number of their users."""
    used = uses(tree)
    return tuple(
        ListUse(str(listed["uid"]), name, len(listed["choices"]), used[name])
        for name, listed in tree.document.get("lists", {}).items()
    )


def uses(tree: Tree) -> Counter[str]:
    """How many questions and tables use each list."""
    return Counter(
        str(node[field])
        for node in walk({**tree.document, "lists": {}})
        if (field := FIELDS.get(str(node.get("element", "")))) and node.get(field)
    )


def _row(choice: Mapping[str, Any], number: int, languages: Sequence[Language]) -> Row:
    labels = choice.get("label", {})
    return Row(
        uid=str(choice["uid"]),
        number=number,
        code=str(choice["name"]),
        texts=tuple(
            Text(language, f"label.{language.code}", str(labels.get(language.code, "")))
            for language in languages[:MAX_LANGUAGES]
        ),
        score=str(choice.get("score", "")),
    )
