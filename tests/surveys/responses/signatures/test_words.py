"""Everything that can be found in a signed PDF has words."""

from surveys.documents.signed import Flaw
from surveys.documents.signed.chains import REVOCATION as KNOWN
from surveys.responses.signatures.words import FLAWS, REVOCATION, said


def test_every_flaw_has_words_that_say_what_to_do():
    assert set(Flaw) - set(FLAWS) == set()


def test_every_extent_of_revocation_has_words():
    assert set(REVOCATION) == {name for name, _policy in KNOWN}


def test_what_a_stored_signature_can_fail_by_has_words():
    codes = ["file_lost", "revision_changed", *Flaw]

    assert len(said(codes)) == len(codes)
