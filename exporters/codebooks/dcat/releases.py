"""Publications as DCAT-AP records, and the catalogue of all of them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from analytics.releases.enums import ReleaseStatus
from analytics.releases.models import Release
from exporters.codebooks.dcat.records import CatalogueRecord, Distribution, Record
from exporters.codebooks.study import in_both, names_of
from exporters.codebooks.words import said
from surveys.engine import Texts
from surveys.organisations.models import Agency

EARLIEST: Final = date(2000, 1, 1)
"""When a catalogue without data sets was changed last."""


def address_of(release: Release) -> str:
    """The page of this very publication, which is its name."""
    path = reverse("data_set", args=[release.round.code, release.number])
    return f"{settings.SITE_URL}{path}"


def record_of(release: Release, files: Sequence[Distribution] = ()) -> Record:
    """A publication; needs its round, campaign and owner loaded. Raises ValueError for one that was
    never approved."""
    if release.approved_at is None:
        raise ValueError(f"{release} was never published")
    round_ = release.round
    campaign = round_.campaign
    changed = release.withdrawn_at or release.approved_at
    return Record(
        address=address_of(release),
        identifier=f"{round_.code}-{release.number}",
        title=dict(release.title),
        description=_description(release),
        publisher=names_of(campaign.owner),
        publisher_address=f"{settings.SITE_URL}/",
        issued=release.released_on,
        modified=timezone.localdate(changed),
        version=str(release.number),
        version_notes=dict(release.notes),
        starts=timezone.localdate(round_.opened_at or round_.opens_at),
        ends=timezone.localdate(round_.closed_at or round_.closes_at),
        frequency=campaign.period,
        licence=release.licence_address,
        rights=_rights(release),
        keywords=(dict(round_.periods), said("keyword_survey"), said("keyword_digital")),
        replaces=address_of(release.corrects) if release.corrects is not None else "",
        is_withdrawn=release.status == ReleaseStatus.WITHDRAWN,
        distributions=tuple(files),
    )


def catalogue_of(
    releases: Iterable[Release],
    publisher: Agency | None,
    files: Mapping[int, Sequence[Distribution]] | None = None,
) -> CatalogueRecord:
    """The catalogue of the publications, in their order; ``files`` by the key of a publication."""
    records = tuple(record_of(each, (files or {}).get(each.pk, ())) for each in releases)
    return CatalogueRecord(
        address=f"{settings.SITE_URL}/#catalogue",
        title=said("catalogue"),
        description=said("catalogue_text"),
        publisher=names_of(publisher) if publisher is not None else said("product"),
        publisher_address=f"{settings.SITE_URL}/",
        modified=max((each.modified for each in records), default=EARLIEST),
        records=records,
    )


def _description(release: Release) -> Texts:
    """What the publication says of itself, else why the round was asked, else by which document."""
    campaign = release.round.campaign
    if any(release.notes.values()):
        return dict(release.notes)
    return {"vi": campaign.purpose or campaign.legal_basis}


def _rights(release: Release) -> Texts:
    if release.licence_text:
        return {"vi": release.licence_text}
    return in_both(release.get_licence_display)
