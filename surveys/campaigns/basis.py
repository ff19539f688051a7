"""The document by which agencies are asked: number, date, issuer, abstract."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """A legal basis as Decree 30/2020 identifies a document."""

    number: str
    issued_on: date | None
    issuer: str
    abstract: str

    @property
    def is_complete(self) -> bool:
        """Whether all four parts are there."""
        parts = (self.number.strip(), self.issued_on, self.issuer.strip(), self.abstract.strip())
        return all(parts)

    @property
    def cited(self) -> str:
        """``Quyết định 1690/QĐ-TTg ngày 26/12/2023 của Thủ tướng Chính phủ``; Vietnamese always,
        because that is the document's name."""
        said = self.number
        if self.issued_on:
            day = self.issued_on
            said += f" ngày {day.day}/{day.month}/{day.year}"
        if self.issuer:
            said += f" của {self.issuer}"
        return said
