"""As what a person signs, and by which document."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Final

from surveys.organisations.enums import DELEGATED, Capacity
from surveys.organisations.models import Membership, Substitution


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """As what somebody signs.

    ``signs_as`` is the whole line over the name, the abbreviation included ("KT. CHỦ TỊCH").
    ``is_recorded`` says that it stands in the agency's own records, so that no document is asked.
    """

    capacity: str = ""
    signs_as: str = ""
    on_behalf_of: str = ""
    document_number: str = ""
    document_on: date | None = None
    document_issuer: str = ""
    substitution: Substitution | None = None
    is_recorded: bool = False

    @property
    def is_proved(self) -> bool:
        """Whether nothing is missing to sign in this capacity."""
        has_document = bool(
            self.document_number.strip() and self.document_on and self.document_issuer.strip()
        )
        return self.capacity not in DELEGATED or self.is_recorded or has_document

    @property
    def document(self) -> str:
        """The document in one line; empty without one."""
        day = self.document_on
        parts = [
            self.document_number,
            f"{day.day}/{day.month}/{day.year}" if day else "",
            self.document_issuer,
        ]
        return ", ".join(part for part in parts if part)

    def as_json(self) -> dict[str, Any]:
        """The authority for a row that is worked on later; what is blank is left out."""
        day = self.document_on.isoformat() if self.document_on else ""
        substitution = self.substitution.pk if self.substitution else None
        given = {field.name: getattr(self, field.name) for field in fields(self)}
        given |= {"document_on": day, "substitution": substitution}
        return {name: value for name, value in given.items() if value}


def authority_from(stored: Mapping[str, Any]) -> Authority:
    """What ``as_json`` gave. Raises Substitution.DoesNotExist."""
    given = dict(stored)
    if day := given.get("document_on"):
        given["document_on"] = date.fromisoformat(day)
    if key := given.get("substitution"):
        given["substitution"] = Substitution.objects.select_related("absent").get(pk=key)
    return Authority(**given)


OWN: Final = Authority()
"""One's own authority."""


def of_membership(membership: Membership) -> Authority:
    """As what a member signs by the agency's own record."""
    words = membership.signs_as or membership.title
    return Authority(capacity=capacity_in(words), signs_as=words, is_recorded=True)


def of_substitution(substitution: Substitution) -> Authority:
    """As what a substitute signs; the record names the absent person and the document."""
    return Authority(
        capacity=substitution.capacity,
        signs_as=line_over(substitution.capacity, substitution.signs_as),
        on_behalf_of=str(substitution.absent),
        document_number=substitution.document_number,
        document_on=substitution.document_on,
        document_issuer=substitution.document_issuer,
        substitution=substitution,
        is_recorded=True,
    )


def capacity_in(words: str) -> str:
    """The capacity with which a line begins: "KT." of "KT. Chủ tịch, Phó Chủ tịch"."""
    first = words.partition(" ")[0].upper()
    return first if first in set(Capacity.values) - {""} else ""


def line_over(capacity: str, words: str) -> str:
    """The line over the name: "KT. CHỦ TỊCH", also where the abbreviation was typed with the words."""
    if capacity_in(words) == capacity:
        return words
    return " ".join(filter(None, [capacity, words]))
