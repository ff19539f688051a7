"""The columns about who answered, when and in which version: the same in every file."""

from collections.abc import Mapping
from typing import Final

from django.db.models import TextChoices
from django.utils import translation

from exporters.raw.plans import Languages
from exporters.raw.sources import RawSource
from exporters.raw.words import UNITS, told
from exporters.tables import Column, ColumnKind
from surveys.campaigns.enums import AssignmentStatus
from surveys.engine import Texts
from surveys.organisations.enums import AgencyType

UNIT_COLUMNS: Final = (
    "round",
    "version",
    "questionnaire",
    "response",
    "unit_key",
    "unit_name",
    "unit_name_en",
    "unit_type",
    "unit_province",
    "unit_parent",
    "status",
    "submitted_at",
    "late_days",
    "revision",
    "revision_sha256",
)
"""The first columns of the table of responses."""

KEYS: Final = ("round", "version", "response", "unit_key")
"""The first columns of every other table: a row belongs to the response of that key."""

KINDS: Final[Mapping[str, ColumnKind]] = {
    "round": ColumnKind.CATEGORY,
    "version": ColumnKind.INTEGER,
    "questionnaire": ColumnKind.CATEGORY,
    "response": ColumnKind.INTEGER,
    "unit_type": ColumnKind.CATEGORY,
    "status": ColumnKind.CATEGORY,
    "submitted_at": ColumnKind.MOMENT,
    "late_days": ColumnKind.INTEGER,
    "revision": ColumnKind.INTEGER,
    "row": ColumnKind.CATEGORY,
    "row_number": ColumnKind.INTEGER,
    "code": ColumnKind.CATEGORY,
    "expected": ColumnKind.DATE,
    "asked": ColumnKind.FLAG,
    "change": ColumnKind.CATEGORY,
}
"""What is not named here is text."""

RESERVED: Final = frozenset(UNITS)
"""Names that no question's column bears."""


def fact_column(
    name: str, languages: Languages, labels: Mapping[str, Texts] | None = None
) -> Column:
    """A column that is no question's; ``labels`` are those of its codes."""
    return Column(
        name=name,
        kind=KINDS.get(name, ColumnKind.TEXT),
        label=told(UNITS[name], languages),
        labels={code: told(label, languages) for code, label in (labels or {}).items()},
    )


def unit_columns(
    source: RawSource, languages: Languages, names: tuple[str, ...]
) -> tuple[Column, ...]:
    """The named columns about the unit."""
    labels: dict[str, Mapping[str, Texts]] = {
        "round": {each.code: each.periods for each in source.rounds},
        "questionnaire": {
            version.questionnaire.code: {"vi": version.title, "en": version.title_en}
            for version in source.versions.values()
        },
        "unit_type": labels_of(AgencyType),
        "status": labels_of(AssignmentStatus),
    }
    return tuple(fact_column(name, languages, labels.get(name)) for name in names)


def labels_of(choices: type[TextChoices]) -> dict[str, Texts]:
    """The labels of an enumeration by its codes."""
    found: dict[str, dict[str, str]] = {code: {} for code in choices.values}
    for language in ("vi", "en"):
        with translation.override(language):
            for code, label in choices.choices:
                found[code][language] = str(label)
    return dict(found)
