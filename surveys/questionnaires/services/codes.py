"""The codes of questionnaires."""

from django.core.exceptions import ValidationError
from django.core.validators import validate_slug
from django.utils.translation import gettext_lazy as _

from surveys.common.errors import DomainError

CODE_LENGTH = 60


class CodeInvalid(DomainError):
    """The code of the questionnaire is no slug."""

    code = "code_invalid"
    message = _("The code takes small letters, digits and hyphens, at most 60.")
    status = 422


class CodeTaken(DomainError):
    """Another questionnaire has the code."""

    code = "code_taken"
    message = _("Another questionnaire has this code.")
    status = 422


def check_code(code: str) -> None:
    """Raises CodeInvalid unless it is a slug of at most 60 characters."""
    try:
        validate_slug(code)
    except ValidationError as failure:
        raise CodeInvalid from failure
    if len(code) > CODE_LENGTH or code != code.lower():
        raise CodeInvalid
