"""A definition as an XForm that ODK Collect opens."""

from surveys.xlsform.xform.conversion import XForm, xform_of

__all__ = ["XForm", "xform_of"]
