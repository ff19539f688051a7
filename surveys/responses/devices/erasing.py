"""Erasing what devices sent."""

from surveys.responses.devices.models import DeviceSubmission
from surveys.responses.models import Response


def erase_submissions(response: Response) -> int:
    """Make the content go of what devices sent for a response; part of an erasing, which records it.

    The rows stay, so that nothing is stored again that a device sends once more. How many it were.
    """
    sent = DeviceSubmission.objects.filter(response=response).exclude(xml="")
    return sent.update(xml="", lines=[], files={})
