"""Which files of a round a person may ask for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from analytics.indices.models import IndexRunUnit
from analytics.models import IndexRun, Release
from analytics.releases.queries import release_in_force
from exporters.files import FORMATS
from exporters.order import Subject
from exporters.orders import estimates
from exporters.orders.estimates import Past
from exporters.orders.services import ExportRefused, refuse_confidential
from exporters.orders.services.asking import AnswersConfidential
from exporters.orders.wording import about, moment, size_about
from exporters.registry import EXPORTERS, Exporter, Holds
from surveys.campaigns.models import Round
from surveys.common.errors import DomainError
from surveys.organisations.models import User

HEADS: Final = {
    Holds.NAMED: _("Results by agency"),
    Holds.FIGURES: _("Protected figures"),
    Holds.ROWS: _("Answers, one row for each agency"),
    Holds.METADATA: _("Descriptions without answers"),
}
"""The parts of the menu, in this order."""
LANGUAGES: Final = tuple(settings.LANGUAGES)
RUNS: Final = 20
"""So many runs can be chosen from, the newest; older ones have pages of their own."""

Found = Round | IndexRun | Release


class UnitMissing(DomainError):
    """A profile is of one of its run's units."""

    code = "export_unit_missing"
    message = _("Choose a unit; the chosen run has to have it.")
    status = 422


@dataclass(frozen=True, slots=True)
class FormatChoice:
    """One format and what to expect of it, in words."""

    name: str
    label: str
    expected: str


@dataclass(frozen=True, slots=True)
class SubjectChoice:
    """One of several things that the file can be made of."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Offer:
    """One exporter: its formats and what it can be made of, or the ``url`` of its own page. A file of one
    unit has the ``units`` to choose from."""

    name: str
    label: str | Promise
    says: str | Promise
    formats: tuple[FormatChoice, ...] = ()
    subjects: tuple[SubjectChoice, ...] = ()
    units: tuple[SubjectChoice, ...] = ()
    url: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Offers that hold the same kind of content."""

    label: str | Promise
    offers: tuple[Offer, ...]


def sections(round_: Round, user: User) -> list[Section]:
    """Everything of the round that the person may ask for. The number of queries grows with the kinds
    of subjects, not with the exporters."""
    shelf = _Shelf(round_, user)
    offers: dict[Holds, list[Offer]] = {}
    for exporter in EXPORTERS:
        if found := shelf.subjects_of(exporter):
            offers.setdefault(exporter.holds, []).append(shelf.offer(exporter, found))
    return [Section(HEADS[holds], tuple(offers[holds])) for holds in HEADS if holds in offers]


def subject_of(exporter: Exporter, round_: Round, user: User, chosen: str) -> Found:
    """What the file is asked of: the chosen one, else the newest. Raises ExportRefused where the person
    may have none, and AnswersConfidential."""
    refuse_confidential(exporter, round_)
    found = _Shelf(round_, user).subjects_of(exporter)
    wanted = [each for each in found if str(each.pk) == chosen] or ([] if chosen else found)
    if not wanted:
        raise ExportRefused
    return wanted[0]


def options_of(exporter: Exporter, subject: Found, unit: str) -> dict[str, str]:
    """What is chosen beside format and language. Raises UnitMissing where the file is of one unit, and
    its run does not have that one."""
    if not exporter.of_unit:
        return {}
    assert isinstance(subject, IndexRun), "files of one unit are made of runs"
    if not IndexRunUnit.objects.filter(run=subject, key=unit).exists():
        raise UnitMissing
    return {"unit": unit}


def language_of(chosen: str) -> str:
    """A language of the product: the chosen one, else Vietnamese."""
    return chosen if chosen in dict(LANGUAGES) else settings.LANGUAGE_CODE


class _Shelf:
    """What of a round files can be made of, read once."""

    def __init__(self, round_: Round, user: User) -> None:
        self._round, self._user = round_, user
        self._known: dict[Subject, list[Found]] = {}
        self._cells: dict[Subject, int] = {}
        self._past: tuple[Past, ...] | None = None

    def subjects_of(self, exporter: Exporter) -> list[Found]:
        """What the person may have this file of, the newest first; nothing of what stands with the data
        sets."""
        if exporter.published:
            return []
        try:
            refuse_confidential(exporter, self._round)
        except AnswersConfidential:
            return []
        if exporter.subject not in self._known:
            self._known[exporter.subject] = self._read(exporter.subject)
        known = self._known[exporter.subject]
        return [each for each in known if self._user.has_perm(exporter.permission, each)]

    def offer(self, exporter: Exporter, found: list[Found]) -> Offer:
        """The exporter with its choices; with the address of its page, where it has one."""
        if exporter.page:
            url = reverse(exporter.page, args=[self._round.code])
            return Offer(exporter.name, exporter.label, exporter.says, url=url)
        cells = self._cells_of(exporter.subject, found[0])
        formats = tuple(self._format(exporter.name, each, cells) for each in exporter.formats)
        several = exporter.subject is not Subject.ROUND
        subjects = tuple(SubjectChoice(str(each.pk), _named(each)) for each in found if several)
        units = tuple(_units(found)) if exporter.of_unit else ()
        return Offer(exporter.name, exporter.label, exporter.says, formats, subjects, units)

    def _read(self, kind: Subject) -> list[Found]:
        if kind is Subject.ROUND:
            return [self._round]
        if kind is Subject.RUN:
            runs = IndexRun.objects.computed().filter(round=self._round)
            return list(runs.select_related("version__index", "round__campaign")[:RUNS])
        in_force = release_in_force(self._round)
        return [in_force] if in_force is not None else []

    def _cells_of(self, kind: Subject, newest: Found) -> int:
        if kind not in self._cells:
            self._cells[kind] = estimates.cells_of(newest)
        return self._cells[kind]

    def _format(self, name: str, file_format: str, cells: int) -> FormatChoice:
        if self._past is None:
            self._past = estimates.recent()
        expected = estimates.estimate(name, file_format, cells, self._past)
        words = {"time": about(expected.seconds), "size": size_about(expected.size)}
        label = FORMATS[file_format].label
        return FormatChoice(file_format, label, gettext("%(time)s, around %(size)s") % words)


def _units(runs: Sequence[Found]) -> Iterator[SubjectChoice]:
    """The units of all of the runs, each once; those of the newest run first."""
    rows = IndexRunUnit.objects.filter(run__in=[each.pk for each in runs]).defer("data")
    names: dict[str, str] = {}
    for unit in rows.order_by("-run", "position"):
        names.setdefault(unit.key, unit.localised_name)
    return (SubjectChoice(key, name) for key, name in names.items())


def _named(found: Any) -> str:
    """A run or a publication, as one chooses it."""
    if isinstance(found, IndexRun):
        index = found.version.index
        words = {"index": index.localised_name, "version": found.version.number}
        said = gettext("%(index)s, version %(version)s") % words
        return f"{said}, {moment(found.computed_at)}"
    return str(found.localised_title)
