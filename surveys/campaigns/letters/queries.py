"""To whom a round's letters go, and what stands in them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from surveys.campaigns.deadlines import last_day
from surveys.campaigns.enums import Disposition, RoundStatus
from surveys.campaigns.letters.models import LetterText
from surveys.campaigns.letters.wording import WORDS, LetterTexts, lines_of
from surveys.campaigns.models import Campaign, Round
from surveys.campaigns.placeholders import filled
from surveys.campaigns.queries import agencies_to_ask
from surveys.campaigns.short_links import short_link
from surveys.campaigns.targets import TargetRule
from surveys.documents import Authority, Capacity, Letter, Signature
from surveys.organisations.enums import AgencyType
from surveys.organisations.search import search_key

COMMITTEE: Final = "Ủy ban nhân dân"
_GOVERNED: Final = frozenset({AgencyType.PROVINCE, AgencyType.COMMUNE})


@dataclass(frozen=True, slots=True)
class Addressee:
    """An agency as the letter names it, and its own deadline."""

    key: str
    name: str
    due_at: datetime


def texts_of(campaign: Campaign) -> LetterTexts:
    """The campaign's texts, else the product's words with the owner as issuer."""
    own = LetterText.objects.filter(campaign=campaign).first()
    if own:
        return own.texts
    owner = campaign.owner
    superior = owner.parent.name if owner.parent else ""
    return replace(WORDS, issuer=owner.name, superior=superior)


def has_texts(campaign: Campaign) -> bool:
    """Whether a designer has written the campaign's texts."""
    return LetterText.objects.filter(campaign=campaign).exists()


def addressees(round_: Round, *, at: datetime) -> list[Addressee]:
    """In official order: who is asked, or who will be while the round is only planned."""
    if round_.status == RoundStatus.PLANNED:
        rule = TargetRule.read(round_.campaign.targets)
        asked = agencies_to_ask(rule, at=at).values_list("key", "name", "type")
        return [
            Addressee(key, _addressed(name, kind), round_.closes_at) for key, name, kind in asked
        ]
    rows = (
        round_.assignments.filter(disposition=Disposition.ASKED)
        .order_by("agency__official_order", "agency__sort_key")
        .values_list("agency__key", "agency_name", "agency__name", "agency__type", "due_at")
    )
    return [
        Addressee(key, _addressed(then or now, kind), due_at)
        for key, then, now, kind, due_at in rows
    ]


def addressee_called(among: list[Addressee], said: str) -> Addressee | None:
    """The one with that code or name, else the first whose name has the words; the first for ``""``.

    Accents and capitals do not matter.
    """
    wanted = search_key(said)
    names = [(each, search_key(each.name)) for each in among]
    exact = (each for each, name in names if said.strip() == each.key or name == wanted)
    return next(exact, None) or next((each for each, name in names if wanted in name), None)


def letters(
    round_: Round, texts: LetterTexts, to: list[Addressee]
) -> Iterator[tuple[Addressee, Letter]]:
    """The letter to each, made when it is asked for."""
    common = _common_values(round_, texts)
    for addressee in to:
        own = {
            "agency": addressee.name,
            "deadline": f"24 giờ 00 {_said(last_day(addressee.due_at))}",
        }
        yield addressee, _letter(texts, common | own)


def _common_values(round_: Round, texts: LetterTexts) -> dict[str, str]:
    campaign = round_.campaign
    basis = campaign.basis
    said = basis.number
    said += f" {_said(basis.issued_on)}" if basis.issued_on else ""
    said += f" của {basis.issuer}" if basis.issuer else ""
    return {
        "issuer": texts.issuer,
        "campaign": campaign.title,
        "round": round_.period,
        "reference_date": _said(round_.reference_date),
        "basis": said,
        "abstract": _continued(basis.abstract),
        "link": short_link(round_),
    }


def _letter(texts: LetterTexts, values: dict[str, str]) -> Letter:
    def lines(text: str) -> tuple[str, ...]:
        return tuple(filled(line, values) for line in lines_of(text))

    return Letter(
        superior=texts.superior,
        issuer=texts.issuer,
        number=texts.number,
        symbol=texts.symbol,
        place=texts.place,
        dated=texts.dated,
        subject=filled(texts.subject, values),
        addressees=(values["agency"],),
        basis=lines(texts.basis),
        paragraphs=lines(texts.paragraphs),
        deadline=filled(texts.deadline, values),
        link=values["link"],
        closing=filled(texts.closing, values),
        signature=_signature(texts),
        copies=lines(texts.copies),
        archive=texts.archive,
    )


def _signature(texts: LetterTexts) -> Signature:
    authorities = []
    if texts.on_behalf_of:
        authorities.append(Authority(Capacity.ON_BEHALF, texts.on_behalf_of))
    if texts.capacity:
        authorities.append(Authority(Capacity(texts.capacity), texts.instead_of))
    return Signature(texts.signer_title, texts.signer_name, tuple(authorities))


def _addressed(name: str, kind: str) -> str:
    """``Ủy ban nhân dân tỉnh Lào Cai`` for the province: its committee receives its letters."""
    if kind not in _GOVERNED or name.startswith(COMMITTEE):
        return name
    return f"{COMMITTEE} {name[:1].lower()}{name[1:]}"


def _said(day: date) -> str:
    return f"ngày {day.day:02} tháng {day.month:02} năm {day.year}"


def _continued(abstract: str) -> str:
    """The abstract inside a sentence: a capital goes, unless it begins an abbreviation."""
    if len(abstract) > 1 and abstract[1].isupper():
        return abstract
    return abstract[:1].lower() + abstract[1:]
