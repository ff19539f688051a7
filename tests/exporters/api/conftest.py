"""A published round for programs and people to look at."""

import pytest

from exporters.portal import services
from exporters.portal.terms import current
from tests.analytics.releases.factories import AT
from tests.exporters.published import publication_of_fifteen


@pytest.fixture
def release(db):
    """A publication in force."""
    return publication_of_fifteen()


@pytest.fixture
def accepted():
    """Has a person accept the terms of use."""

    def accept(user):
        services.accept_terms(version=current().version, actor=user, at=AT)
        return user

    return accept
