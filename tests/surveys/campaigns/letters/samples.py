"""A campaign's letter as a designer may have written it."""

from dataclasses import replace
from datetime import date

from surveys.campaigns.letters.queries import texts_of
from surveys.campaigns.letters.services import write_letter
from surveys.campaigns.letters.wording import LetterTexts
from surveys.campaigns.models import Campaign
from tests.factories import UserFactory
from tests.surveys.campaigns.factories import NOW


def signed(texts: LetterTexts) -> LetterTexts:
    """The texts with a deputy who signs for the head."""
    return replace(
        texts,
        capacity="KT.",
        instead_of="Cục trưởng",
        signer_title="Phó Cục trưởng",
        signer_name="Nguyễn Thị Hằng",
        symbol="CĐSQG-CSS",
        dated=date(2026, 11, 20),
    )


def write(campaign: Campaign) -> LetterTexts:
    """The product's words, signed and saved."""
    texts = signed(texts_of(campaign))
    write_letter(campaign, texts, actor=UserFactory.create(), at=NOW)
    return texts
