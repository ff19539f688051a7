"""What a table says of itself: of what it is made, for whom it was protected, how it is cited."""

from collections.abc import Mapping
from typing import Any, Final

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from analytics.explorer.asking import Scope
from analytics.explorer.models import Tabulation
from analytics.gate.enums import Audience
from analytics.gate.queries import policy_of
from analytics.releases.models import Release
from exporters.portal.citing import citation_of, plain
from exporters.portal.enums import OF_NUMBERS, Measure
from exporters.portal.protection import rules
from exporters.portal.tabling.grid import Grid
from exporters.portal.tabling.wanted import Wanted

Fact = tuple[str, str]
TIMES: Final = " \N{MULTIPLICATION SIGN} "


def title_of(wanted: Wanted, scope: Scope) -> str:
    """What the table is of, in the reader's language."""
    by = TIMES.join(scope.dimensions[code].label for code in wanted.axes)
    if wanted.measure not in OF_NUMBERS:
        return by
    words = {"number": scope.items[wanted.of].title(get_language() or "vi"), "by": by}
    if wanted.measure is Measure.MEAN:
        return _("Mean of “%(number)s”, by %(by)s") % words
    return _("Sum of “%(number)s”, by %(by)s") % words


def address_of(release: Release, wanted: Wanted) -> str:
    """Where the table stands."""
    path = reverse("data_table", args=[release.round.code, release.number])
    return f"{settings.SITE_URL}{path}?{wanted.query()}"


def facts_of(release: Release, grid: Grid, found: Tabulation, scope: Scope) -> list[Fact]:
    """Each with its label, in the reader's language."""
    wanted = grid.wanted
    stored: Mapping[str, Any] = found.result or {}
    base = stored.get("units", {}).get("signed")
    facts = [
        (_("Data set"), release.localised_title),
        (_("Publication"), _("no. %(number)s") % {"number": release.number}),
        (_("Table"), title_of(wanted, scope)),
        (_("Cells say"), str(wanted.measure.label)),
        (pgettext("kind of variable", "Number"), _number(wanted, scope)),
        (_("Filters"), _filters(wanted, scope)),
        (_("Units behind the table"), "" if base is None else str(base)),
        (_("Cells not shown"), str(grid.hidden)),
        (_("Protected for"), str(Audience(found.audience).label)),
        (_("State of the answers"), found.data_version),
        (_("Manifest (SHA-256)"), release.manifest_sha256),
        (_("Licence"), release.licence_text or str(release.get_licence_display())),
        (_("How to cite"), plain(citation_of(release))),
        (_("Address of the table"), address_of(release, wanted)),
    ]
    return [(label, text) for label, text in facts if text]


def protection_of(release: Release) -> list[str]:
    """The rules in force, one sentence each."""
    return rules(policy_of(release.round))


def _number(wanted: Wanted, scope: Scope) -> str:
    return scope.items[wanted.of].name if wanted.of else ""


def _filters(wanted: Wanted, scope: Scope) -> str:
    return "; ".join(
        f"{scope.dimensions[each.dimension].label}: "
        + ", ".join(scope.dimensions[each.dimension].words[value] for value in each.values)
        for each in wanted.filters
    )
