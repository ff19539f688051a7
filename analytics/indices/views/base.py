"""What the pages of an index share: which index, version or run, and where the page stands."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from analytics.indices.models import CompositeIndex, IndexRun, IndexVersion
from surveys.common.views import PermissionMixin
from surveys.organisations.requests import person_of

Crumbs = list[tuple[str, str]]


class IndexView(PermissionMixin):
    """A view of one index of the person's owners."""

    @cached_property
    def index(self) -> CompositeIndex:
        """The index of the address, if the person may see it."""
        visible = CompositeIndex.objects.visible_to(person_of(self.request))
        return get_object_or_404(visible.select_related("owner"), code=self.kwargs["code"])

    def get_permission_object(self) -> Any:
        """The index."""
        return self.index

    def crumbs(self, *below: tuple[str, str]) -> Crumbs:
        """Where the page stands; the index itself is a link where something is below it."""
        url = reverse("index_detail", args=[self.index.code]) if below else ""
        return [
            (_("Indices"), reverse("index_list")),
            (self.index.localised_name, url),
            *below,
        ]


class OfVersionView(IndexView):
    """A view of one version."""

    @cached_property
    def version(self) -> IndexVersion:
        """The version of the address."""
        versions = IndexVersion.objects.select_related("index__owner", "forked_from__index")
        return get_object_or_404(versions, index=self.index, number=self.kwargs["number"])

    def get_permission_object(self) -> Any:
        """The version."""
        return self.version

    def version_crumbs(self, *below: tuple[str, str]) -> Crumbs:
        """Where the page stands."""
        version = self.version
        url = reverse("index_version", args=[self.index.code, version.number]) if below else ""
        return self.crumbs((_("Version %(number)s") % {"number": version.number}, url), *below)


class OfRunView(IndexView):
    """A view of one run."""

    @cached_property
    def run(self) -> IndexRun:
        """The run of the address."""
        runs = IndexRun.objects.select_related(
            "version__index__owner", "round__campaign", "job", "requested_by"
        )
        return get_object_or_404(runs, version__index=self.index, pk=self.kwargs["run_id"])

    def get_permission_object(self) -> Any:
        """The run."""
        return self.run

    def run_crumbs(self, *below: tuple[str, str]) -> Crumbs:
        """Where the page stands."""
        url = reverse("index_run", args=[self.index.code, self.run.pk]) if below else ""
        return self.crumbs((_("Run %(number)s") % {"number": self.run.pk}, url), *below)
