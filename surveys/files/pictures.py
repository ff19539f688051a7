"""Pictures are written anew before they are stored, in a process that may die."""

from typing import Final

from django.conf import settings

from surveys.files.policy import FileType
from surveys.files.refusals import FileDamaged, PictureBusy, PictureTooLarge
from surveys.files.rewriting import TOO_LARGE, rewrite
from surveys.limited import Limits, Reason, Unreadable, read_limited

LIMITS: Final = Limits(seconds=20, memory_bytes=1024 * 1024 * 1024)


def rewritten(data: bytes, kind: FileType, *, longest_side: int = 0) -> bytes:
    """The pixels of the picture as a file of the same type, and nothing else of it.

    Raises PictureTooLarge above ``settings.PICTURE_MOST_PIXELS``, PictureBusy when too many are
    being read, else FileDamaged.
    """
    limit: int = settings.PICTURE_MOST_PIXELS
    options = {"kind": kind.value.upper(), "most_pixels": limit, "longest_side": longest_side}
    try:
        picture: bytes = read_limited(rewrite, data, options, limits=LIMITS)
    except Unreadable as failure:
        if failure.detail == TOO_LARGE:
            words = {"limit": limit // 1_000_000}
            raise PictureTooLarge(str(PictureTooLarge.message) % words) from failure
        raise (PictureBusy if failure.reason is Reason.BUSY else FileDamaged) from failure
    return picture
