"""What the pages of a data set share."""

from django.http import Http404
from django.utils.functional import cached_property

from analytics.releases.models import Release
from exporters.portal import queries
from surveys.common.permissions import Permission
from surveys.common.views import PermissionMixin


class OfDataSet(PermissionMixin):
    """A page of one publication; what was never published does not exist here."""

    permission_required = Permission.PUBLIC

    @cached_property
    def release(self) -> Release:
        """The publication that the address names."""
        found = queries.data_set(self.kwargs["code"], self.kwargs["number"])
        if found is None:
            raise Http404
        return found

    def get_permission_object(self) -> Release:
        """The publication."""
        return self.release
