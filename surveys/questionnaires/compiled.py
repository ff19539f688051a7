"""Compiled forms, kept between requests."""

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final

from surveys.definitions import load
from surveys.engine import Form, compile_definition
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
        self._entries: OrderedDict[Hashable, _Entry] = OrderedDict()
        self._lock = Lock()
        self._capacity = capacity

    def form_of(self, version: QuestionnaireVersion) -> Form:
        """The version's form, compiled if need be."""
        key = (
            version.pk,
            version.status,
            version.revision,
            version.created_at,
            version.published_at,
            version.title,
        )
        with self._lock:
            entry = self._entries.get(key)
            if entry and _is_made_of(entry, version):
                self._entries.move_to_end(key)
                return entry.form
        entry = _Entry(version.definition, compile_definition(load(version.definition)))
        with self._lock:
            self._entries[key] = entry
            while len(self._entries) > self._capacity:
                self._entries.popitem(last=False)
        return entry.form


def _is_made_of(entry: _Entry, version: QuestionnaireVersion) -> bool:
    if "definition" in version.get_deferred_fields():
        return True
    return bool(entry.document == version.definition)
