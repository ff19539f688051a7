"""``manage.py load_organisations``: ministries, provinces, communes and state groups."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from surveys.organisations.enums import AgencyType
from surveys.organisations.services import load_organisations

CENTRAL = (AgencyType.MINISTRY, AgencyType.MINISTERIAL_AGENCY, AgencyType.GOVERNMENT_AGENCY)


class Command(BaseCommand):
    """Loads the agencies that come with the product; can be repeated."""

    help = "Load central agencies, provinces, communes and state groups; repeatable."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Load and print the counts."""
        report = load_organisations(at=timezone.now())
        central = sum(report.by_type[kind] for kind in CENTRAL)
        self.stdout.write(f"Central agencies: {central}")
        self.stdout.write(f"Departments:      {report.by_type[AgencyType.DEPARTMENT]}")
        self.stdout.write(f"Provinces:        {report.by_type[AgencyType.PROVINCE]}")
        self.stdout.write(f"Communes:         {report.by_type[AgencyType.COMMUNE]:,}")
        self.stdout.write(f"State groups:     {report.by_type[AgencyType.ENTERPRISE]}")
        self.stdout.write(
            f"{report.created:,} created, {report.updated:,} updated, {report.unchanged:,} unchanged"
        )
