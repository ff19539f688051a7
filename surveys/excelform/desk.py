"""What everything in a workbook is written with: the answers, the words, the lists."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from surveys.engine import EvidenceNeed, FormState, Origin, Question, Texts, text_in
from surveys.engine.form import Part
from surveys.excelform.choices import choice_texts
from surveys.excelform.facts import BookFacts
from surveys.excelform.lists import Lists
from surveys.excelform.sheet import Strings
from surveys.excelform.styles import INK_3
from surveys.excelform.words import Words

HINT_SIZE = 9


@dataclass(slots=True)
class Desk:
    """The answers and facts of a workbook under way, with its strings and lists."""

    state: FormState
    facts: BookFacts
    words: Words
    strings: Strings = field(default_factory=Strings)
    lists: Lists = field(default_factory=Lists)
    _choices: dict[tuple[str, bool], dict[str, str]] = field(default_factory=dict)

    @property
    def language(self) -> str:
        """The reader's language."""
        return self.facts.language

    @property
    def previous(self) -> Mapping[str, Any]:
        """What was answered in the round before."""
        return self.state.context.previous or {}

    @property
    def previous_head(self) -> str:
        """How the last round is called above its figures."""
        period = self.facts.previous_period
        return self.words.previous_of.format(period=period) if period else self.words.previous

    def part(self, name: str) -> Part:
        """The compiled element."""
        return self.state.form.parts[name]

    def say(self, path: str, texts: Texts) -> str:
        """A text of the element at ``path`` with the answers it speaks of."""
        text = text_in(texts, self.language, self.state.form.definition.default_language)
        return self.state.words(path, text) if "${" in text else text

    def choices(self, question: Question) -> dict[str, str]:
        """The words of every choice of a question, by its code."""
        if not question.list_name:
            return {}
        key = question.list_name, question.or_other
        known = self._choices.get(key)
        if known is None:
            choices = self.state.form.choices_of(question)
            known = self._choices[key] = choice_texts(choices, self.language)
        return known

    def label(self, question: Question, path: str) -> str:
        """What a question asks; a star says that an answer is required."""
        label = self.say(path, question.label) or question.name
        part = self.part(question.name)
        if part.always_required or ("required" in part.rules and self.state.is_required(path)):
            return f"{label} *"
        return label

    def hint(self, question: Question, path: str) -> str:
        """What helps to answer: hint, guidance, when it is asked, whether it wants evidence, and
        why it may be locked.
        """
        lines = [
            self.say(path, question.hint),
            self.say(path, question.guidance),
            self.only_if(question.name),
            self.words.evidence if question.evidence is EvidenceNeed.REQUIRED else "",
            self.words.carried if self.is_carried(path) else "",
        ]
        return "\n".join(filter(None, lines))

    def is_carried(self, path: str) -> bool:
        """Whether the answer was taken over from the last round and is locked until it is unlocked."""
        remark = self.state.remarks.get(path) if self.state.remarks else None
        return remark is not None and remark.get("origin") == Origin.CARRIED

    def only_if(self, name: str) -> str:
        """The sentence that says when an element is asked; "" where no sentence says it."""
        condition = self.facts.conditions.get(name, "")
        return self.words.only_if.format(condition=condition) if condition else ""

    def with_hint(self, text: str, hint: str) -> int:
        """The string of a label with its hint below."""
        return self.strings.with_hint(text, hint, size=HINT_SIZE, ink=INK_3)

    def is_done(self, name: str) -> bool:
        """Whether the engine counts the question, table or repeat as answered."""
        return bool(self.state.progress_in([name]).answered)

    def is_counted(self, name: str) -> bool:
        """Whether the engine counts it at all now."""
        return bool(self.state.progress_in([name]).total)
