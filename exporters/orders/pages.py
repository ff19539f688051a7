"""What the list of exports shows of each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from exporters.files import FORMATS
from exporters.orders import queries
from exporters.orders.enums import ExportState
from exporters.orders.estimates import Past, recent, remaining
from exporters.orders.menu import LANGUAGES
from exporters.orders.models import REPEATABLE, Export
from exporters.orders.wording import about, moment, size_of, step
from exporters.registry import EXPORTERS
from surveys.campaigns.models import Round
from surveys.templatetags.ks import text_in, within

PENDING: Final = frozenset({ExportState.WAITING, ExportState.RUNNING})
ICONS: Final = {"xlsx": "file-earmark-spreadsheet", "pdf": "file-earmark-text"}
ZIPPED: Final = "file-earmark-zip"
OTHER: Final = "file-earmark"
UNKNOWN_LABEL: Final = "?"

Chosen = Callable[[dict[str, object], str], str]


@dataclass(frozen=True, slots=True)
class Row:
    """One export: ``title``, what was chosen in ``sub``, where it stands in ``state`` with a ``message``
    below; ``url`` and ``action`` are the one thing to do now, ``is_post`` by a button."""

    pk: int
    icon: str
    title: str
    sub: str
    state: ExportState
    percent: int
    message: str
    sha256: str
    url: str
    action: str
    is_post: bool

    @property
    def is_pending(self) -> bool:
        """Whether the file is still being made, or waits for it."""
        return self.state in PENDING


def rows_of(exports: Sequence[Export], *, at: datetime) -> list[Row]:
    """The rows in the reader's language; the number of queries does not grow with them."""
    states = {export.pk: export.state(at) for export in exports}
    waiting = [each.job_id for each in exports if states[each.pk] == ExportState.WAITING]
    before = queries.jobs_before([job for job in waiting if job is not None])
    past = recent() if PENDING & set(states.values()) else ()
    again = queries.asked_again([pk for pk, state in states.items() if state in REPEATABLE])
    units = queries.units_named(exports)
    return [
        _row(
            export,
            states[export.pk],
            _message(export, states[export.pk], before.get(export.job_id or 0, 0), past, at),
            unit=units.get((export.run_id or 0, export.options.get("unit", "")), ""),
            is_again=export.pk in again,
        )
        for export in exports
    ]


def _row(export: Export, state: ExportState, message: str, *, unit: str, is_again: bool) -> Row:
    url, action, is_post = _act(export, state, is_again=is_again)
    kind = FORMATS[export.format]
    zipped = ZIPPED if kind.suffix.endswith("zip") else OTHER
    return Row(
        pk=export.pk,
        icon=ICONS.get(export.format, zipped),
        title=f"{_label(export)}: {_round(export.round)}",
        sub=_sub(export, unit),
        state=state,
        percent=export.percent,
        message=message,
        sha256=export.sha256 if state == ExportState.READY else "",
        url=url,
        action=action,
        is_post=is_post,
    )


def _act(export: Export, state: ExportState, *, is_again: bool) -> tuple[str, str, bool]:
    if state == ExportState.READY:
        return reverse("export_download", args=[export.pk]), _("Download"), False
    if state in PENDING:
        word = _("Stop") if state == ExportState.RUNNING else _("Drop")
        return reverse("export_cancel", args=[export.pk]), word, True
    if is_again:
        return "", "", False
    return reverse("export_retry", args=[export.pk]), _("Ask again"), True


def _label(export: Export) -> str:
    found = [each.label for each in EXPORTERS if each.name == export.name]
    return str(found[0]) if found else export.name


def _round(round_: Round) -> str:
    return f"{text_in(round_.campaign.titles)}, {within(text_in(round_.periods))}"


def _sub(export: Export, unit: str) -> str:
    """What was chosen, and of which state of the data it is."""
    said = [
        unit,
        _of(export),
        FORMATS[export.format].label,
        str(dict(LANGUAGES).get(export.language, export.language)),
        _chosen(export),
        _("data as at %(when)s") % {"when": moment(export.as_of)} if export.as_of else "",
        _("asked for %(when)s") % {"when": moment(export.requested_at)},
    ]
    return ", ".join(each for each in said if each)


def _of(export: Export) -> str:
    if export.run is not None:
        version = export.run.version
        words = {"index": version.index.localised_name, "version": version.number}
        return _("%(index)s, version %(version)s") % words
    return export.release.localised_title if export.release is not None else ""


def _chosen(export: Export) -> str:
    names = [each.chosen for each in EXPORTERS if each.name == export.name and each.chosen]
    if not names:
        return ""
    words: Chosen = import_string(names[0])
    return words(export.options, get_language() or export.language)


def _message(
    export: Export, state: ExportState, before: int, past: Sequence[Past], at: datetime
) -> str:
    match state:
        case ExportState.WAITING:
            return _waiting(before, about(remaining(export, past, at=at)))
        case ExportState.RUNNING:
            left = _("%(time)s left") % {"time": about(remaining(export, past, at=at))}
            said = step(export.job.message) if export.job is not None else ""
            return f"{said}. {left[:1].upper()}{left[1:]}" if said else left
        case ExportState.READY:
            words = {"size": size_of(export.size), "day": moment(export.expires_at)}
            return _("%(size)s, kept until %(day)s") % words
        case ExportState.FAILED:
            return export.job.error if export.job is not None else ""
        case ExportState.WITHDRAWN:
            return _("You may not have this file any more, or its data were withdrawn.")
        case ExportState.STOPPED | ExportState.EXPIRED:
            return ""


def _waiting(before: int, expected: str) -> str:
    if not before:
        return _("Takes %(time)s") % {"time": expected}
    waits = ngettext("%(n)s job before it", "%(n)s jobs before it", before) % {"n": before}
    return _("%(waits)s, then takes %(time)s") % {"waits": waits, "time": expected}
