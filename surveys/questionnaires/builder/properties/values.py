"""What a control shows of a property."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, Final

from django.utils.functional import Promise

from surveys.engine import Kind, Question, text_in
from surveys.questionnaires.builder.properties.fitting import dropped_by
from surveys.questionnaires.builder.properties.ready import READY
from surveys.questionnaires.builder.properties.shapes import Option, Source
from surveys.questionnaires.builder.properties.table import (
    BY_FIELD,
    Control,
    Property,
    value_of,
    words_for,
)
from surveys.questionnaires.builder.properties.texts import Language, Text
from surveys.questionnaires.outline import KINDS

MAX_OPTIONS: Final = 60
"""Lists and indicators that a menu offers; where there are more the name is typed."""
SHORT: Final = 40
YES: Final = frozenset({"yes", "true", "true()"})
NO: Final = frozenset({"", "no", "false", "false()"})
NOTHING: Final = "–"  # noqa: RUF001 - the dash stands for nothing


class Values:
    """Reads the values of one node."""

    def __init__(
        self,
        source: Source,
        node: Mapping[str, Any],
        subject: str,
        languages: tuple[Language, ...],
    ) -> None:
        self.source, self.node, self.subject = source, node, subject
        self.languages = languages
        self.by_control: Mapping[Control, Callable[[Property, Any], dict[str, Any]]] = {
            Control.TEXTS: self.texts,
            Control.KIND: self.kinds,
            Control.OPTIONS: self.options,
            Control.CHECKS: self.checks,
            Control.WORDS: self.words,
            Control.LIST: self.lists,
            Control.INDICATOR: self.indicators,
            Control.WHEN: self.when,
        }

    def shown(self, each: Property) -> dict[str, Any]:
        """The arguments of a Field that are the control's own."""
        value = value_of(self.node, each.field)
        read = self.by_control.get(each.control)
        return {"value": value or ""} if read is None else read(each, value)

    def texts(self, each: Property, _value: Any) -> dict[str, Any]:
        """A text for each language."""
        texts = self.node.get(each.field) or {}
        shown = (
            Text(language, f"{each.field}.{language.code}", str(texts.get(language.code, "")))
            for language in self.languages
        )
        return {"texts": tuple(shown)}

    def kinds(self, _each: Property, value: Any) -> dict[str, Any]:
        """The kinds of questions, each with what would go."""
        return {"value": value, "options": tuple(self._kinds())}

    def options(self, each: Property, value: Any) -> dict[str, Any]:
        """One of the property's options; the first one is the default."""
        return {
            "value": value or "",
            "options": _options(each.options, [value or each.options[0][0]]),
        }

    def checks(self, each: Property, value: Any) -> dict[str, Any]:
        """Any of the property's options."""
        chosen = list(value or ())
        return {"value": chosen, "seen": chosen, "options": _options(each.options, chosen)}

    def words(self, _each: Property, value: Any) -> dict[str, Any]:
        """Words with an effect as boxes; the others are kept beside them."""
        offered = words_for(self.subject)
        words = str(value or "").split()
        kept = [word for word in words if word not in dict(offered)]
        return {
            "value": value or "",
            "seen": " ".join([*kept, *(word for word, _said in offered if word in words)]),
            "kept": " ".join(kept),
            "options": _options(offered, words),
        }

    def lists(self, _each: Property, value: Any) -> dict[str, Any]:
        """The lists of the draft, unless they are too many to choose from."""
        names = list(self.source.tree.document.get("lists", {}))
        chosen = str(value or "")
        offered = names if chosen in names else [chosen, *names]
        options = (Option(name, name or NOTHING, name == chosen) for name in offered)
        return {
            "value": chosen,
            "options": tuple(options) if len(names) <= MAX_OPTIONS else (),
            "ready": _options(((name, ready.title) for name, ready in READY.items()), ()),
        }

    def indicators(self, _each: Property, value: Any) -> dict[str, Any]:
        """The codes, and what the catalogue or the draft calls them."""
        codes = str(value or "")
        own = self.source.form.definition.indicators
        known = {each.code: each for each in (*self.source.indicators, *own)}
        asked = Question(name="q", kind=Kind.TEXT, indicator=codes).indicators
        notes = (
            f"{code}: {text_in(known[code].label, self.source.language)}"
            for code in asked
            if code in known
        )
        offered = (
            (each.code, _short(text_in(each.label, self.source.language)))
            for each in known.values()
            if each.code not in asked
        )
        options = _options(islice(offered, MAX_OPTIONS), ())
        return {"value": codes, "notes": tuple(notes), "options": options}

    def when(self, _each: Property, value: Any) -> dict[str, Any]:
        """Never, always, or under a condition."""
        text = str(value or "")
        plain = text.replace(" ", "").casefold()
        return {
            "value": text,
            "kept": "always" if plain in YES else "never" if plain in NO else "if",
        }

    def _kinds(self) -> Iterator[Option]:
        for kind, label in KINDS.items():
            lost = [str(BY_FIELD[field].label) for field in dropped_by(self.node, kind)]
            yield Option(kind.value, label, kind.value == self.subject, ", ".join(lost))


def _short(text: str) -> str:
    return text if len(text) <= SHORT else f"{text[: SHORT - 1]}…"


def _options(
    pairs: Iterable[tuple[str, str | Promise]], chosen: Iterable[str]
) -> tuple[Option, ...]:
    wanted = set(chosen)
    return tuple(Option(value, label, value in wanted) for value, label in pairs)
