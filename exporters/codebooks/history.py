"""The versions of a questionnaire, and what each changed at the variables."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.utils import timezone, translation

from exporters.codebooks.model import Noted, Variable, Version
from exporters.codebooks.words import LANGUAGES
from surveys.engine import Change, ChangeClass, Form, diff
from surveys.questionnaires.comparison import WordedChange, worded
from surveys.questionnaires.models import QuestionnaireVersion
from surveys.questionnaires.queries import form_of

UNTOLD = frozenset({"order", "library_item", "appearance"})
"""What means nothing to whoever reads data."""


@dataclass(frozen=True, slots=True)
class History:
    """The versions, the oldest first, with their forms; and the changes by the name of the element."""

    versions: tuple[QuestionnaireVersion, ...]
    changes: Mapping[str, tuple[Noted, ...]] = field(default_factory=dict)

    def told(self) -> tuple[Version, ...]:
        """The versions as a codebook names them."""
        return tuple(
            Version(
                questionnaire=each.questionnaire.code,
                number=each.number,
                title={"vi": each.title, **({"en": each.title_en} if each.title_en else {})},
                published_on=timezone.localdate(each.published_at) if each.published_at else None,
                note=each.note,
            )
            for each in self.versions
        )

    def of(self, variable: Variable) -> Variable:
        """The variable with what changed at it."""
        names = variable.name.split(".")
        noted = [each for name in dict.fromkeys(names) for each in self.changes.get(name, ())]
        return replace(variable, changes=tuple(noted))


def history_of(version: QuestionnaireVersion) -> History:
    """All published versions up to this one, and what each changed."""
    published = QuestionnaireVersion.objects.filter(
        questionnaire=version.questionnaire_id,
        number__lte=version.number,
        published_at__isnull=False,
    )
    versions = tuple(published.select_related("questionnaire").order_by("number"))
    forms = [form_of(each) for each in versions]
    found: dict[str, list[Noted]] = {}
    for newer, old, new in zip(versions[1:], forms, forms[1:], strict=False):
        for place, noted in _changes(newer.number, old, new):
            found.setdefault(place, []).append(noted)
    return History(versions, {name: tuple(each) for name, each in found.items()})


def _changes(number: int, old: Form, new: Form) -> Iterable[tuple[str, Noted]]:
    changes = [each for each in diff(old.definition, new.definition) if each.aspect not in UNTOLD]
    spoken = _worded(changes, old, new)
    for place, change in enumerate(changes):
        noted = Noted(
            version=number,
            is_breaking=change.change_class is ChangeClass.BREAKING,
            words={language: _line(lines[place], language) for language, lines in spoken.items()},
        )
        for name in dict.fromkeys((change.place.partition("/")[0], *change.touches)):
            if name in new.parts or name in old.parts:
                yield name, noted


def _worded(changes: Sequence[Change], old: Form, new: Form) -> dict[str, list[WordedChange]]:
    found = {}
    for language in LANGUAGES:
        with translation.override(language):
            found[language] = worded(changes, old.definition, new.definition)
    return found


def _line(change: WordedChange, language: str) -> str:
    """A change in one line: "Label: old → new"."""
    with translation.override(language):
        what = ": ".join(filter(None, (str(change.aspect), change.detail)))
        moved = " → ".join(filter(None, (str(change.old), str(change.new))))
        return ": ".join(filter(None, (what or str(change.happening), moved)))
