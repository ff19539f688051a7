"""Names of agencies, with the keys by which they are found and ordered."""

from dataclasses import asdict, dataclass
from typing import Final

from surveys.organisations.models import Agency
from surveys.organisations.search import search_key, sort_key
from surveys.organisations.services.load import SORTED_BY_PROPER_NAME

SEARCH_LENGTH: Final = 400
SORT_LENGTH: Final = 800


@dataclass(frozen=True, slots=True)
class Name:
    """What an agency is called."""

    name: str
    name_en: str = ""
    short_name: str = ""

    @classmethod
    def of(cls, agency: Agency) -> "Name":
        """The agency's present name."""
        return cls(agency.name, agency.name_en, agency.short_name)

    def as_json(self) -> dict[str, str]:
        """For the record of a change."""
        return asdict(self)


def set_name(agency: Agency, name: Name) -> None:
    """Put the name on the agency, not yet saved; by its former names it is still found."""
    agency.name, agency.name_en, agency.short_name = name.name, name.name_en, name.short_name
    former = agency.former_names.values_list("name", flat=True) if agency.pk else ()
    words = " ".join([name.name, name.short_name, name.name_en, *former])
    agency.search_key = search_key(words)[:SEARCH_LENGTH]
    proper = name.short_name if agency.type in SORTED_BY_PROPER_NAME else ""
    agency.sort_key = sort_key(proper or name.name)[:SORT_LENGTH]


def write_name(agency: Agency, name: Name) -> None:
    """Give a stored agency the name."""
    set_name(agency, name)
    agency.by_document = True
    agency.save(
        update_fields=["name", "name_en", "short_name", "search_key", "sort_key", "by_document"]
    )
