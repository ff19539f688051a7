"""Compiled forms, kept between requests."""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final

from surveys.definitions import load
from surveys.engine import Definition, Form, compile_definition
from surveys.questionnaires.models import QuestionnaireVersion

CAPACITY: Final = 64


@dataclass(frozen=True, slots=True)
class _Entry:
    document: Any
    form: Form


class CompiledForms:
    """The forms used last, by version and its state; shared by all threads of a process.

    A version whose definition is in memory is compared with the document the form was made of, so
    that a form can never be another document's; one with a deferred definition costs no query
    unless its form has to be made.
    """

    def __init__(self, capacity: int = CAPACITY) -> None:
        self._entries: OrderedDict[tuple[Hashable, ...], _Entry] = OrderedDict()
        self._lock = Lock()
        self._capacity = capacity

    def form_of(self, version: QuestionnaireVersion) -> Form:
        """The version's form, compiled if need be."""
        key = _key_of(version)
        with self._lock:
            entry = self._entries.get(key)
            if entry and _is_made_of(entry, version):
                self._entries.move_to_end(key)
                return entry.form
        return self.form_made_of(version, load(version.definition))

    def form_made_of(self, version: QuestionnaireVersion, definition: Definition) -> Form:
        """The form of a version whose document has just been read as that definition."""
        entry = _Entry(version.definition, compile_definition(definition))
        key = _key_of(version)
        with self._lock:
            self._entries[key] = entry
            self._forget_states_before(key)
            while len(self._entries) > self._capacity:
                self._entries.popitem(last=False)
        return entry.form

    def _forget_states_before(self, key: tuple[Hashable, ...]) -> None:
        """Every edit of a draft is a state; the one before may still be compared with, no other."""
        states = [each for each in self._entries if each[0] == key[0] and each != key]
        for each in states[:-1]:
            del self._entries[each]


def _key_of(version: QuestionnaireVersion) -> tuple[Hashable, ...]:
    return (
        version.pk,
        version.status,
        version.revision,
        version.created_at,
        version.published_at,
        version.title,
    )


def _is_made_of(entry: _Entry, version: QuestionnaireVersion) -> bool:
    if "definition" in version.get_deferred_fields():
        return True
    return bool(entry.document == version.definition)
