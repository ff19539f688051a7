"""The right pane: what is selected, with its properties and the problems at each."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from surveys.definitions.editing import ROOT, Sort, Tree, renaming
from surveys.engine import Kind, Problem, Texts, text_in
from surveys.questionnaires.builder.kinds import ICONS
from surveys.questionnaires.builder.properties.lists import (
    choice_pane,
    list_uses,
)
from surveys.questionnaires.builder.properties.shapes import (
    LISTS_PAGE,
    Field,
    Fields,
    Mention,
    Pane,
    Source,
)
from surveys.questionnaires.builder.properties.table import (
    BY_FIELD,
    PARTS,
    PROPERTIES,
    Part,
    Property,
    subject_of,
    value_of,
)
from surveys.questionnaires.builder.properties.texts import language_of
from surveys.questionnaires.builder.properties.values import Values
from surveys.questionnaires.outline import KINDS
from surveys.questionnaires.problem_words import WordedProblem, worded
from surveys.questionnaires.touched import place_of

MAX_MENTIONS: Final = 8
SORTS: Final[Mapping[Sort, str]] = {
    Sort.ROOT: "file-earmark-text",
    Sort.LIST: "list-ul",
    Sort.CHOICE: "ui-radios",
    Sort.INDICATOR: "bar-chart",
    Sort.GROUP: "folder2",
    Sort.REPEAT: "list-nested",
    Sort.TABLE: "table",
}


def pane_of(source: Source, uid: str) -> Pane:
    """The pane of a node. Raises NodeUnknown."""
    return _Reading(source, uid).pane()


class _Reading:
    def __init__(self, source: Source, uid: str) -> None:
        self.source, self.uid, self.tree = source, uid, source.tree
        self.node, self.sort = self.tree.node(uid), self.tree.sort(uid)
        self.subject = subject_of(self.sort, self.node)
        document = self.tree.document
        self.default = str(document.get("default_language", "vi"))
        codes = document.get("languages", ["vi"])
        counts = _texts_by_language(self.tree) if uid == ROOT else {}
        self.languages = tuple(
            language_of(code, self.default, counts.get(code, 0))
            for code in sorted(codes, key=lambda code: code != source.language)
        )
        self.values = Values(source, self.node, self.subject, self.languages)
        self.found = self.problems_by_field()

    def pane(self) -> Pane:
        is_element = self.sort in {Sort.QUESTION, Sort.GROUP, Sort.REPEAT, Sort.TABLE}
        parts = tuple(self.parts())
        mentions = list(self.mentions()) if is_element else []
        known = {each.field for part in parts for each in part.fields}
        return Pane(
            uid=self.uid,
            sort=self.sort.value,
            title=self.title(self.node),
            kind=_kind(self.sort, self.node),
            icon=ICONS[Kind(self.subject)] if self.sort is Sort.QUESTION else SORTS[self.sort],
            languages=self.languages,
            parts=parts,
            problems=tuple(
                each for key, some in self.found.items() if key not in _keys(known) for each in some
            ),
            choices=choice_pane(self.tree, self.uid, self.languages, self.source.page),
            **self.all_lists(),
            parent=self.parent(),
            # The names of groups stand in no answer.
            is_published=is_element
            and self.sort is not Sort.GROUP
            and self.node["name"] in self.source.published,
            mentions=tuple(mentions[:MAX_MENTIONS]),
            mentioned=len(mentions),
        )

    def all_lists(self) -> dict[str, Any]:
        """A page of the lists of the draft, for the root."""
        if self.uid != ROOT:
            return {}
        lists = list_uses(self.tree)
        pages = max(1, -(-len(lists) // LISTS_PAGE))
        page = min(max(self.source.page, 1), pages)
        shown = lists[(page - 1) * LISTS_PAGE : page * LISTS_PAGE]
        return {"lists": shown, "lists_total": len(lists), "lists_page": page}

    def parts(self) -> Iterator[Fields]:
        for part, title in PARTS.items():
            fields = tuple(self.field(each) for each in PROPERTIES if self.shows(each, part))
            if part is Part.MORE:
                fields += tuple(self.unknown())
            if fields:
                yield Fields(part, title, fields)

    def shows(self, each: Property, part: Part) -> bool:
        """What fits the node, and what it holds although it does not fit."""
        if each.part is not part:
            return False
        return self.subject in each.subjects or (
            self.sort is Sort.QUESTION and value_of(self.node, each.field) is not None
        )

    def field(self, each: Property) -> Field:
        fits = self.subject in each.subjects
        return Field(
            field=each.field,
            label=each.label,
            template=f"questionnaires/builder/props/{each.control.value}.html",
            hint=each.hint if fits else _("It has no effect on this type."),
            problems=tuple(self.found.get(each.key, ())),
            fits=fits,
            **self.values.shown(each),
        )

    def unknown(self) -> Iterator[Field]:
        """Parameters that are kept for other tools."""
        for entry, value in self.node.get("parameters", {}).items():
            if f"parameters.{entry}" not in BY_FIELD:
                yield Field(
                    field=f"parameters.{entry}",
                    label=entry,
                    template="questionnaires/builder/props/line.html",
                    hint=_("Kept for other tools; it has no effect here."),
                    value=value,
                )
        for column, value in (
            (self.node.get("extra") or {}).items() if self.sort is Sort.CHOICE else ()
        ):
            yield Field(
                field=f"extra.{column}",
                label=column,
                template="questionnaires/builder/props/line.html",
                hint=_("A column for filters."),
                value=value,
            )

    def problems_by_field(self) -> Mapping[str, list[WordedProblem]]:
        form, found = self.source.form, dict[str, list[WordedProblem]]()
        names = {element.name for element in form.definition.elements()}
        for problem in form.problems:
            key = self.key_of(problem, names)
            if key is not None:
                found.setdefault(key, []).append(worded(problem))
        return found

    def key_of(self, problem: Problem, names: set[str]) -> str | None:
        """The attribute of this node that a problem speaks of; None where it is another node's."""
        if self.sort is Sort.LIST:
            return "choices" if problem.at == f"choices/{self.node['name']}" else None
        name, attribute = place_of(problem, names)
        if self.sort is Sort.ROOT:
            return "" if not name else None
        if name != self.node["name"] or self.sort is Sort.CHOICE:
            return None
        return attribute or "name"

    def mentions(self) -> Iterator[Mention]:
        name = str(self.node["name"])
        told = dict.fromkeys(
            change.node for change in renaming(self.tree.document, self.uid, f"{name}_")
        )
        for uid in told:
            if uid != self.uid:
                yield Mention(uid, self.title(self.tree.node(uid)))

    def parent(self) -> Mention | None:
        """The list of a choice; the questionnaire of a list."""
        if self.sort not in {Sort.CHOICE, Sort.LIST}:
            return None
        uid = self.tree.place(self.uid).parent
        return Mention(uid, self.title(self.tree.node(uid)))

    def title(self, node: Mapping[str, Any]) -> str:
        """The number or name of a node; the title of the draft."""
        if "schema" in node:
            return self.said(node["title"]) or str(node["code"])
        return str(node.get("number") or node.get("name") or node.get("code") or "")

    def said(self, texts: Texts) -> str:
        return text_in(texts, self.source.language, self.default)


def _kind(sort: Sort, node: Mapping[str, Any]) -> str | Promise:
    named: Mapping[Sort, str] = {
        Sort.ROOT: _("Questionnaire"),
        Sort.LIST: _("Choice list"),
        Sort.CHOICE: _("Choice"),
        Sort.GROUP: _("Group"),
        Sort.REPEAT: _("Repeat"),
        Sort.TABLE: _("Table"),
        Sort.INDICATOR: _("Indicator"),
    }
    return KINDS[Kind(node["kind"])] if sort is Sort.QUESTION else named[sort]


def _keys(fields: Iterable[str]) -> set[str]:
    return {each.partition(".")[0] for each in fields}


def _texts_by_language(tree: Tree) -> dict[str, int]:
    counts: dict[str, int] = {}
    for uid in tree.uids():
        for value in tree.node(uid).values():
            if isinstance(value, Mapping):
                for language, text in value.items():
                    if isinstance(text, str):
                        counts[language] = counts.get(language, 0) + 1
    return counts
