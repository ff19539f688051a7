"""Sentences of REST framework that callers of the API can get and that it does not have in Vietnamese.

They are translated with ours; whoever says them looks them up there.
"""

from typing import Final

from django.utils.translation import gettext_lazy as _

SENTENCES: Final = (
    _('"{input}" is not a valid choice.'),
    _("A valid integer is required."),
    _("Ensure this field has at least {min_length} characters."),
    _("Ensure this field has at least {min_length} elements."),
    _("Ensure this field has no more than {max_length} characters."),
    _("Ensure this field has no more than {max_length} elements."),
    _("Ensure this value is greater than or equal to {min_value}."),
    _("Ensure this value is less than or equal to {max_value}."),
    _('Enter a valid "slug" consisting of letters, numbers, underscores or hyphens.'),
    _('Enter a valid "slug" consisting of Unicode letters, numbers, underscores, or hyphens.'),
    _("Expected a date but got a datetime."),
    _('Expected a list of items but got type "{input_type}".'),
    _("Invalid data. Expected a dictionary, but got {datatype}."),
    _("Must be a valid boolean."),
    _("Not a valid string."),
    _("Null characters are not allowed."),
    _("String value too large."),
    _("Surrogate characters are not allowed: U+{code_point:X}."),
    _("This field may not be null."),
    _("This value does not match the required pattern."),
)
