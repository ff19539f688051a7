"""The call by which a program gets the very table that a page shows."""

import json
import shlex
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse

from analytics.releases.models import Release
from exporters.portal.enums import Measure
from exporters.portal.tabling.wanted import Wanted


@dataclass(frozen=True, slots=True)
class Call:
    """An address of the API, and the body that is sent there."""

    address: str
    body: str

    @property
    def command(self) -> str:
        """The call as a shell takes it; the token stands in the variable ``TOKEN``."""
        return " \\\n  ".join(
            (
                f"curl -X POST {shlex.quote(self.address)}",
                '-H "Authorization: Bearer $TOKEN"',
                '-H "Content-Type: application/json"',
                f"-d {shlex.quote(self.body)}",
            )
        )


def call_of(wanted: Wanted, release: Release) -> Call:
    """The call for a table of a publication: the same asking of the explorer, so the same figures."""
    path = reverse("api_data_table", args=[release.round.code, release.number])
    return Call(f"{settings.SITE_URL}{path}", json.dumps(body_of(wanted)))


def body_of(wanted: Wanted) -> dict[str, Any]:
    """A table as the API takes it; what is left out by default is left out."""
    told: dict[str, Any] = {
        "rows": list(wanted.rows),
        "cols": wanted.cols,
        "layer": wanted.layer,
        "filters": [
            {"dimension": each.dimension, "values": list(each.values)} for each in wanted.filters
        ],
        "measure": "" if wanted.measure is Measure.COUNT else wanted.measure.value,
        "of": wanted.of,
    }
    return {name: value for name, value in told.items() if value}
