"""The documents of OpenRosa 1.0: the list of forms, a manifest, the answer to a submission."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

LIST: Final = "http://openrosa.org/xforms/xformsList"
MANIFEST: Final = "http://openrosa.org/xforms/xformsManifest"
RESPONSE: Final = "http://openrosa.org/http/response"
CONTENT_TYPE: Final = "text/xml; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedForm:
    """A form in the list; ``description`` and ``manifest_url`` are left out where they are empty."""

    form_id: str
    name: str
    version: str
    hash: str
    download_url: str
    description: str = ""
    manifest_url: str = ""


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A file that a form wants beside it."""

    filename: str
    hash: str
    download_url: str


def form_list(forms: Iterable[ListedForm]) -> bytes:
    """The list of forms."""
    root = Element("xforms", xmlns=LIST)
    for form in forms:
        texts = {
            "formID": form.form_id,
            "name": form.name,
            "version": form.version,
            "hash": form.hash,
            "descriptionText": form.description,
            "downloadUrl": form.download_url,
            "manifestUrl": form.manifest_url,
        }
        _texts(SubElement(root, "xform"), texts)
    return _written(root)


def manifest(files: Iterable[MediaFile]) -> bytes:
    """What a form wants beside it."""
    root = Element("manifest", xmlns=MANIFEST)
    for file in files:
        texts = {"filename": file.filename, "hash": file.hash, "downloadUrl": file.download_url}
        _texts(SubElement(root, "mediaFile"), texts)
    return _written(root)


def envelope(message: str) -> bytes:
    """A message for whoever holds the device."""
    root = Element("OpenRosaResponse", xmlns=RESPONSE)
    SubElement(root, "message").text = message
    return _written(root)


def _texts(parent: Element, texts: Mapping[str, str]) -> None:
    for name, text in texts.items():
        if text:
            SubElement(parent, name).text = text


def _written(root: Element) -> bytes:
    text: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return text
