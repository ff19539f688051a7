"""How a data set is cited: in a sentence, for BibTeX, and for reference managers (RIS)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from analytics.releases.models import Release
from exporters.portal.enums import Style


@dataclass(frozen=True, slots=True)
class Citation:
    """What every form of a citation says."""

    key: str
    author: str
    title: str
    number: int
    released_on: date
    publisher: str
    address: str
    language: str

    @property
    def day(self) -> str:
        """The day of the publication, as people write it."""
        return f"{self.released_on.day}/{self.released_on.month}/{self.released_on.year}"


def citation_of(release: Release) -> Citation:
    """The data set in the reader's language; its address is that of this very publication."""
    round_ = release.round
    path = reverse("data_set", args=[round_.code, release.number])
    owner = round_.campaign.owner.localised_name
    return Citation(
        key=f"{round_.code}-{release.number}",
        author=owner,
        title=release.localised_title,
        number=release.number,
        released_on=release.released_on,
        publisher=owner,
        address=f"{settings.SITE_URL}{path}",
        language=get_language() or "vi",
    )


def plain(told: Citation) -> str:
    """One sentence."""
    return _(
        "%(author)s (%(year)s). %(title)s [data set], publication no. %(number)s of %(day)s. %(address)s"
    ) % {
        "author": told.author,
        "year": told.released_on.year,
        "title": told.title,
        "number": told.number,
        "day": told.day,
        "address": told.address,
    }


def bibtex(told: Citation) -> str:
    """An entry for BibTeX. What has a meaning to TeX is escaped; the author is one organisation."""
    fields = {
        "author": "{" + _tex(told.author) + "}",
        "title": "{" + _tex(told.title) + "}",
        "year": str(told.released_on.year),
        "month": str(told.released_on.month),
        "version": str(told.number),
        "publisher": "{" + _tex(told.publisher) + "}",
        "howpublished": "Data set",
        "url": told.address,
        "language": told.language,
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
    return f"@misc{{{told.key},\n{lines}\n}}\n"


def ris(told: Citation) -> str:
    """A record of the type data set; each line ends as RIS wants."""
    fields = [
        ("TY", "DATA"),
        ("ID", told.key),
        ("AU", told.author),
        ("TI", told.title),
        ("PY", str(told.released_on.year)),
        ("DA", told.released_on.strftime("%Y/%m/%d")),
        ("ET", str(told.number)),
        ("PB", told.publisher),
        ("LA", told.language),
        ("UR", told.address),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {_one_line(value)}\r\n" for tag, value in fields)


WRITERS: Final[Mapping[Style, Callable[[Citation], str]]] = {
    Style.PLAIN: lambda told: plain(told) + "\n",
    Style.BIBTEX: bibtex,
    Style.RIS: ris,
}
CONTENT_TYPES: Final = {
    Style.PLAIN: "text/plain; charset=utf-8",
    Style.BIBTEX: "application/x-bibtex; charset=utf-8",
    Style.RIS: "application/x-research-info-systems; charset=utf-8",
}
_SPECIAL: Final = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        **{sign: f"\\{sign}" for sign in "&%$#_"},
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)


def _tex(text: str) -> str:
    return _one_line(text).translate(_SPECIAL)


def _one_line(text: str) -> str:
    return " ".join(text.split())
