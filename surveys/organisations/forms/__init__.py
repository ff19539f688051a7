"""What people type about agencies and accounts."""

from surveys.organisations.forms.changes import (
    DocumentForm,
    MergeForm,
    MoveForm,
    RenameForm,
    SplitForm,
)
from surveys.organisations.forms.people import (
    ALPHABETICAL,
    OFFICIAL,
    AcceptForm,
    AddressForm,
    AgencyFilter,
    InviteForm,
    PartForm,
    PasswordResetForm,
    PeopleFileForm,
)

__all__ = [
    "ALPHABETICAL",
    "OFFICIAL",
    "AcceptForm",
    "AddressForm",
    "AgencyFilter",
    "DocumentForm",
    "InviteForm",
    "MergeForm",
    "MoveForm",
    "PartForm",
    "PasswordResetForm",
    "PeopleFileForm",
    "RenameForm",
    "SplitForm",
]
