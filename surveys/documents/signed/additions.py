"""What may be added to a PDF of ours: signatures, their appearance and their proofs. Loads pyHanko."""

from collections.abc import Iterable, Iterator
from typing import Final

from pyhanko.pdf_utils.generic import (
    ArrayObject,
    DictionaryObject,
    IndirectObject,
    PdfObject,
    Reference,
)
from pyhanko.pdf_utils.reader import HistoricalResolver
from pyhanko.sign.diff_analysis import (
    CatalogModificationRule,
    DocInfoRule,
    DSSCompareRule,
    FormUpdatingRule,
    GenericFieldModificationRule,
    MetadataUpdateRule,
    ModificationLevel,
    ObjectStreamRule,
    SigFieldCreationRule,
    SigFieldModificationRule,
    StandardDiffPolicy,
    SuspiciousModification,
    XrefStreamRule,
)
from pyhanko.sign.diff_analysis.constants import ROOT_EXEMPT_STRICT_COMPARISON
from pyhanko.sign.diff_analysis.form_rules_api import (
    FieldComparisonContext,
    FieldComparisonSpec,
    FormUpdate,
)

_FORM_KEYS: Final = frozenset({"/Fields", "/SigFlags", "/DA", "/DR"})
"""What a form that holds signatures only needs; scripts and XFA are not among it."""

_Updates = Iterator[tuple[ModificationLevel, FormUpdate]]


class FirstFormRule(FormUpdatingRule):
    """As pyHanko's, for a document that had no form before its first signature.

    pyHanko compares with an earlier signature, whose document has one.
    """

    def apply(
        self, old: HistoricalResolver, new: HistoricalResolver
    ) -> Iterable[tuple[ModificationLevel, FormUpdate]]:
        if "/AcroForm" in old.root:
            yield from super().apply(old, new)
        elif "/AcroForm" in new.root:
            yield from self._first_form(old, new)

    def _first_form(self, old: HistoricalResolver, new: HistoricalResolver) -> _Updates:
        form = new.root["/AcroForm"]
        if not isinstance(form, DictionaryObject) or set(form) - _FORM_KEYS:
            raise SuspiciousModification("more than a form for signatures")
        fields = form["/Fields"]
        if not isinstance(fields, ArrayObject):
            raise SuspiciousModification("no list of fields")
        for held in (new.root.raw_get("/AcroForm"), form.raw_get("/Fields")):
            for reference in _reference(held):
                yield ModificationLevel.LTA_UPDATES, FormUpdate(reference)
        if "/DR" in form:
            resources = form.raw_get("/DR")
            for reference in new.collect_dependencies(resources, since_revision=old.revision + 1):
                yield ModificationLevel.FORM_FILLING, FormUpdate(reference)
        context = FieldComparisonContext(field_specs=_specs(fields), old=old, new=new)
        for rule in self.field_rules:
            yield from rule.apply(context)


def _specs(fields: ArrayObject) -> dict[str, FieldComparisonSpec]:
    """The fields by name; pyHanko's rules refuse those that are not for signatures."""
    found: dict[str, FieldComparisonSpec] = {}
    for held in fields:
        field = held.get_object()
        if not isinstance(held, IndirectObject) or not isinstance(field, DictionaryObject):
            raise SuspiciousModification("a field that is no object of its own")
        name = str(field["/T"])
        if name in found or "/T" in _keys_of_kids(field):
            raise SuspiciousModification("a field in a field, or twice")
        kind = str(field["/FT"])
        found[name] = FieldComparisonSpec(kind, None, held.reference, None)
    return found


def _keys_of_kids(field: DictionaryObject) -> set[str]:
    kids = field.get("/Kids", ArrayObject())
    return {str(key) for kid in kids for key in kid.get_object()}


def _reference(held: PdfObject) -> list[Reference]:
    return [held.reference] if isinstance(held, IndirectObject) else []


SIGNATURES_ONLY: Final = StandardDiffPolicy(
    global_rules=[
        # /Perms names the signature that certifies the document.
        CatalogModificationRule(ROOT_EXEMPT_STRICT_COMPARISON | {"/Perms"}),  # type: ignore[no-untyped-call]  # as pyHanko has it
        DocInfoRule().as_qualified(ModificationLevel.LTA_UPDATES),
        XrefStreamRule().as_qualified(ModificationLevel.LTA_UPDATES),
        ObjectStreamRule().as_qualified(ModificationLevel.LTA_UPDATES),
        DSSCompareRule().as_qualified(ModificationLevel.LTA_UPDATES),
        MetadataUpdateRule().as_qualified(ModificationLevel.LTA_UPDATES),  # type: ignore[no-untyped-call]  # as pyHanko has it
    ],
    form_rule=FirstFormRule(
        [
            SigFieldCreationRule(),  # type: ignore[no-untyped-call]  # as pyHanko has it
            SigFieldModificationRule(),
            GenericFieldModificationRule(),
        ]
    ),
)
"""The policy by which every revision after ours is judged."""
