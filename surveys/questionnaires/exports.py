"""Questionnaires as files for other programs."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from surveys.common.errors import DomainError
from surveys.definitions import load
from surveys.engine import Definition
from surveys.questionnaires.catalogue.queries import with_catalogue
from surveys.questionnaires.enums import VersionStatus
from surveys.questionnaires.models import QuestionnaireVersion
from surveys.xlsform import pack, sheets_of
from surveys.xlsform.xform import XForm
from surveys.xlsform.xform import xform_of as convert


class VersionUnknown(DomainError):
    """No questionnaire has the code, or it has no version with that number."""

    code = "version_unknown"
    message = _("There is no such version of a questionnaire.")
    status = 404


def version_of(code: str, number: int | None = None) -> QuestionnaireVersion:
    """The version with that number; without one, the newest published, else the draft.

    Raises VersionUnknown.
    """
    found = QuestionnaireVersion.objects.filter(questionnaire__code=code).order_by("-number")
    if number is not None:
        version = found.filter(number=number).first()
    else:
        version = found.filter(status=VersionStatus.PUBLISHED).first() or found.first()
    if version is None:
        raise VersionUnknown
    return version


def definition_of(version: QuestionnaireVersion) -> Definition:
    """What was designed. Raises DefinitionUnreadable if the stored document is none."""
    return load(version.definition)


def xlsform_of(version: QuestionnaireVersion, *, on: date) -> bytes:
    """The version as an .xlsx workbook that an import reads to an equal definition.

    Its sheet indicators also has what the questions refer to and only the owner's catalogue of that
    day holds, so that the workbook explains itself anywhere.
    """
    owner = version.questionnaire.owner_id
    return pack(sheets_of(with_catalogue(definition_of(version), owner, on)))


def xform_of(version: QuestionnaireVersion) -> XForm:
    """The version for ODK Collect, with what Collect cannot do; its number is the form's version.

    It loads pyxform and openpyxl: for commands and tasks only.
    """
    return convert(definition_of(version), version=str(version.number))
