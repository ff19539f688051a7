"""The files that stand with a data set."""

from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise

from analytics.releases.models import Release
from analytics.releases.queries import publishes_scores
from exporters.files import FORMATS
from exporters.portal.tabling.writing import NAME as TABLE
from exporters.registry import EXPORTERS, Exporter, Holds

MICRODATA: Final = "microdata"
OFFERED: Final = tuple(
    each for each in EXPORTERS if each.published and each.name not in {TABLE, MICRODATA}
)
"""A table is taken along from the builder, where it was made, and single answers from one's request."""


@dataclass(frozen=True, slots=True)
class FileOffer:
    """A file with its formats, each by its name and what people call it."""

    name: str
    label: str | Promise
    says: str | Promise
    formats: tuple[tuple[str, str], ...]


def offers(release: Release) -> tuple[FileOffer, ...]:
    """What a data set in force has: scores of units only where an index is published by name."""
    named = publishes_scores(release)
    return tuple(
        FileOffer(each.name, each.label, each.says, formats_of(each.name))
        for each in OFFERED
        if named or each.holds != Holds.NAMED
    )


def named(name: str, file_format: str) -> Exporter | None:
    """The file of that name and format, if data sets have it."""
    fits = (each for each in OFFERED if each.name == name and file_format in each.formats)
    return next(fits, None)


def formats_of(name: str) -> tuple[tuple[str, str], ...]:
    """The formats of a file, each by its name and what people call it."""
    found = next(each for each in EXPORTERS if each.name == name)
    return tuple((each, FORMATS[each].label) for each in found.formats)
