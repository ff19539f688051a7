"""Reads of questionnaires and their versions."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from itertools import count
from typing import Final

from django.db.models import Max, Prefetch, Q, QuerySet

from surveys.audit.enums import Event
from surveys.audit.models import AuditEvent
from surveys.engine import (
    Change,
    DataTable,
    Definition,
    Form,
    Problem,
    Severity,
    broken_names,
    columns_of,
    diff,
    rows_of,
)
from surveys.engine.quality import Catalogued, Review, review
from surveys.engine.quality.labels import missing_labels
from surveys.engine.quality.review import places_of
from surveys.organisations.models import User
from surveys.organisations.rules import Person
from surveys.organisations.search import search_key
from surveys.questionnaires.catalogue.queries import unasked_elsewhere
from surveys.questionnaires.compiled import CompiledForms
from surveys.questionnaires.enums import DraftEditKind, VersionStatus
from surveys.questionnaires.models import (
    DraftEdit,
    DraftVisit,
    Questionnaire,
    QuestionnaireVersion,
    QuestionnaireVersionQuerySet,
)
from surveys.questionnaires.workflow import Stacks, stacks

CODE_LENGTH: Final = 60
_FORMS: Final = CompiledForms()
REVIEWS_KEPT: Final = 8
"""A review holds its form, and every edit of a draft makes another one."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A questionnaire in the list: its newest version and the one in force."""

    questionnaire: Questionnaire
    newest: QuestionnaireVersion
    published: QuestionnaireVersion | None
    number_of_versions: int

    @property
    def has_draft(self) -> bool:
        """Whether a draft is at hand: none is older than another version."""
        return self.newest.status == VersionStatus.DRAFT


@dataclass(frozen=True, slots=True)
class ListedTable:
    """A lookup table in a list: its columns and how many rows it has."""

    name: str
    columns: tuple[str, ...]
    rows: int


def form_of(version: QuestionnaireVersion) -> Form:
    """The compiled form of a version; the same object as long as the version does not change.

    Defer ``definition`` where versions are read often: it is fetched only when needed.
    Raises DefinitionUnreadable if the stored document is none.
    """
    return _FORMS.form_of(version)


def form_made_of(version: QuestionnaireVersion, definition: Definition) -> Form:
    """The compiled form of a version whose document was just read as that definition."""
    return _FORMS.form_made_of(version, definition)


def review_of(version: QuestionnaireVersion, on: date) -> Review:
    """The quality of a version beside its owner's catalogue as it counts on that day.

    Looked at once for each compiled form and catalogue.
    """
    found = unasked_elsewhere(version, on)
    catalogue = tuple(Catalogued(each.code, each.scoring) for each in found)
    return _reviewed(form_of(version), catalogue)


@lru_cache(maxsize=REVIEWS_KEPT)
def _reviewed(form: Form, catalogue: tuple[Catalogued, ...]) -> Review:
    found = review(form, catalogue)
    # A draft of the builder may still be without words; a workbook was refused for that before.
    silent = missing_labels(form, places_of(form))
    return replace(found, problems=(*silent, *found.problems))


def tables_of(version: QuestionnaireVersion) -> dict[str, DataTable]:
    """The lookup tables attached to the version, by name."""
    return dict(form_of(version).definition.tables)


def attached_tables(code: str) -> dict[str, DataTable]:
    """The lookup tables of the newest version of the questionnaire; none before the first."""
    newest = QuestionnaireVersion.objects.filter(questionnaire__code=code).first()
    return tables_of(newest) if newest else {}


def listed_tables(version: QuestionnaireVersion) -> list[ListedTable]:
    """The version's lookup tables with their columns and the number of their rows."""
    return [
        ListedTable(each.name, columns_of(each), len(rows_of(each)))
        for each in tables_of(version).values()
    ]


def find_questionnaires(text: str, *, user: Person) -> list[Listed]:
    """The questionnaires that the person may see whose title or code holds every word."""
    words = search_key(text).split()
    listed = [_listed(each) for each in _with_versions(user) if each.versions.all()]
    return [each for each in listed if _fits(each, words)]


def versions(questionnaire: Questionnaire) -> QuestionnaireVersionQuerySet:
    """All versions without their definitions, the newest first."""
    found = QuestionnaireVersion.objects.filter(questionnaire=questionnaire)
    return found.select_related("created_by", "published_by").defer("definition")


def next_number(questionnaire: Questionnaire) -> int:
    """The number of the next draft."""
    numbers = QuestionnaireVersion.objects.filter(questionnaire=questionnaire)
    return int(numbers.aggregate(last=Max("number"))["last"] or 0) + 1


def free_code(wanted: str) -> str:
    """``wanted`` as the code of a new questionnaire, with the first number that makes it free."""
    stem = wanted or "phieu"
    begin = stem[: CODE_LENGTH - 4]
    taken = set(Questionnaire.objects.filter(code__startswith=begin).values_list("code", flat=True))
    numbered = (f"{begin}-{number}" for number in count(2))
    return stem if stem not in taken else next(code for code in numbered if code not in taken)


def latest_published(questionnaire: Questionnaire) -> QuestionnaireVersion | None:
    """The version that new rounds use; ``None`` before the first is published."""
    return versions(questionnaire).filter(status=VersionStatus.PUBLISHED).first()


def stacks_of(draft: QuestionnaireVersion, actor: User) -> Stacks:
    """What the person can undo and do again in the draft."""
    theirs = Q(actor=actor) | Q(kind=DraftEditKind.REPLACED)
    history = DraftEdit.objects.filter(theirs, version=draft).order_by("number")
    return stacks((pk, DraftEditKind(kind)) for pk, kind in history.values_list("pk", "kind"))


def others_at(
    draft: QuestionnaireVersion, person: User, *, since: datetime
) -> QuerySet[DraftVisit]:
    """Where the other people are who were seen at the draft since that time."""
    found = DraftVisit.objects.filter(version=draft, seen_at__gte=since, person__is_active=True)
    return found.exclude(person=person).select_related("person").order_by("person_id")


def version_of(questionnaire: Questionnaire, number: int) -> QuestionnaireVersion | None:
    """The version of that number."""
    return versions(questionnaire).filter(number=number).first()


def published_before(version: QuestionnaireVersion) -> QuestionnaireVersionQuerySet:
    """The versions published before this one, the newest first; those retired since included."""
    earlier = versions(version.questionnaire).filter(number__lt=version.number)
    return earlier.exclude(status=VersionStatus.DRAFT)


def changes_between(old: QuestionnaireVersion, new: QuestionnaireVersion) -> tuple[Change, ...]:
    """What differs between two versions."""
    return diff(form_of(old).definition, form_of(new).definition)


def names_broken_by(draft: QuestionnaireVersion) -> tuple[Change, ...]:
    """The published names to which the draft gives a new meaning, each once.

    Every version ever published counts: a name that is gone does not come back as something else.
    """
    definition = form_of(draft).definition
    found: dict[str, Change] = {}
    for version in published_before(draft):
        for change in broken_names(form_of(version).definition, definition):
            found.setdefault(change.place, change)
    return tuple(found.values())


def import_remarks(version: QuestionnaireVersion) -> list[Problem]:
    """What the last import warned of or ignored, with its cells."""
    event = (
        AuditEvent.objects.filter(
            kind=Event.QUESTIONNAIRE_IMPORTED,
            subject_type=version._meta.label_lower,
            subject_id=str(version.pk),
        )
        .order_by("-pk")
        .first()
    )
    written = event.data.get("problems", []) if event else []
    return [problem_from(each) for each in written]


def problem_from(written: Mapping[str, str]) -> Problem:
    """A problem that was kept as JSON by ``services.plain``."""
    severity = Severity(written["severity"])
    return Problem(written["code"], written["at"], written["name"], written["advice"], severity)


def _with_versions(user: Person) -> list[Questionnaire]:
    newest_first = QuestionnaireVersion.objects.defer("definition").order_by("-number")
    return list(
        Questionnaire.objects.visible_to(user)
        .select_related("owner")
        .prefetch_related(Prefetch("versions", queryset=newest_first))
    )


def _listed(questionnaire: Questionnaire) -> Listed:
    found = list(questionnaire.versions.all())
    published = [each for each in found if each.status == VersionStatus.PUBLISHED]
    return Listed(questionnaire, found[0], published[0] if published else None, len(found))


def _fits(listed: Listed, words: list[str]) -> bool:
    newest = listed.newest
    key = search_key(f"{newest.title} {newest.title_en} {listed.questionnaire.code}")
    return all(word in key for word in words)
