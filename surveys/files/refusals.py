"""Why a file is not taken, in words for the person who chose it."""

from django.utils.translation import gettext_lazy as _

from surveys.common.errors import DomainError


class FileRefused(DomainError):
    """A file that is not taken; nothing of it is stored."""

    code = "file_refused"
    status = 422


class FileEmpty(FileRefused):
    """There is nothing in it."""

    code = "file_empty"
    message = _("The file is empty (0 bytes). Check it on your machine and choose it again.")


class FileTooLarge(FileRefused):
    """More bytes than one file may have."""

    code = "file_too_large"
    message = _("The file has %(size)s; at most %(limit)s are taken. Make it smaller or split it.")
    status = 413


class FileTypeUnknown(FileRefused):
    """Its content is none of the types that are taken."""

    code = "file_type_not_taken"
    message = _("This kind of file is not taken. Choose one of these: %(taken)s.")
    status = 415


class FileNameMisleads(FileRefused):
    """The name says something else than the content."""

    code = "file_name_misleads"
    message = _(
        "The name ends in “.%(extension)s”, but the content is %(found)s. Save the file anew in the "
        "right format, or correct its name."
    )


class FileNameRunnable(FileRefused):
    """A part of the name is the extension of a program."""

    code = "file_name_runnable"
    message = _(
        "The name contains “.%(extension)s”, which programs have. Give the file a plain name."
    )


class FileDamaged(FileRefused):
    """It begins like a type that is taken and cannot be read as one."""

    code = "file_damaged"
    message = _("The file is damaged or not complete, so it cannot be read. Save it anew.")


class FileHasMacros(FileRefused):
    """It carries macros or scripts."""

    code = "file_has_macros"
    message = _("The file contains macros or scripts. Save it without them and choose it again.")


class FileIsTwoThings(FileRefused):
    """It can be read as two types at the same time."""

    code = "file_is_two_things"
    message = _(
        "The file contains a second file hidden behind it. Save it anew, for example as PDF."
    )


class FileUnpacksTooLarge(FileRefused):
    """It is small packed and huge unpacked."""

    code = "file_unpacks_too_large"
    message = _("Unpacked, the file is much larger than a document can be. Save it anew.")


class PictureTooLarge(FileRefused):
    """More pixels than a picture may have."""

    code = "picture_too_large"
    message = _("The picture has more than %(limit)s million pixels. Make it smaller.")


class PictureBusy(FileRefused):
    """Too many pictures are being read at the same time."""

    code = "picture_busy"
    message = _("Too many pictures are being read at the moment. Try again in a minute.")
    status = 503


class FileInfected(FileRefused):
    """The malware scanner objects."""

    code = "file_infected"
    message = _("The malware scanner objects to this file, so it is not stored: %(threat)s.")


class ScannerUnavailable(FileRefused):
    """A scanner is configured and does not answer: nothing is taken unseen."""

    code = "scanner_unavailable"
    message = _(
        "The malware scanner does not answer at the moment, so the file is not stored. Try again in a "
        "few minutes."
    )
    status = 503


class StorageFull(FileRefused):
    """The disk is nearly full; answers are still saved."""

    code = "storage_full"
    message = _(
        "There is no room for files at the moment. Your answers are saved; try again later."
    )
    status = 507


class FileLost(DomainError):
    """The record is there, and its content is not."""

    code = "file_lost"
    message = _("The content of this file cannot be found. Tell the department.")
    status = 410
