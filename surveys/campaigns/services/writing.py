"""From whom a mail is for to the rows of the outbox."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.conf import settings
from django.urls import reverse

from surveys.campaigns.enums import MailKind
from surveys.campaigns.models import AccessLink, Assignment, MailText, Round
from surveys.campaigns.placeholders import filled
from surveys.campaigns.queries.recipients import Recipients
from surveys.campaigns.queries.values import Letterhead, superior_values, values
from surveys.campaigns.services import links
from surveys.campaigns.wording import LANGUAGES, PERSONAL, Words, product_words
from surveys.mailing.services import NewMail
from surveys.mailing.wording import SECRET_LINK
from surveys.organisations import services as organisations
from surveys.organisations.enums import MembershipRole
from surveys.organisations.models import AccountInvitation, Agency, User
from surveys.organisations.services import Part

INVITATION: Final = organisations.INVITATION_PURPOSE


def about(assignment_id: int | str) -> str:
    """What the outbox calls an assignment; without an id, what all of them begin with."""
    return f"assignment:{assignment_id}"


def within(round_: Round) -> str:
    """What the outbox calls a round."""
    return f"round:{round_.pk}"


def about_superior(superior_id: int, round_: Round) -> str:
    """What the outbox calls a superior agency in a round."""
    return f"agency:{superior_id}:round:{round_.pk}"


def words_of(round_: Round) -> dict[tuple[MailKind, str], Words]:
    """The words of every kind in every language: the campaign's, else the product's. One query."""
    own = {
        (MailKind(each.kind), each.language): Words(each.subject, each.body)
        for each in MailText.objects.filter(campaign=round_.campaign_id)
    }
    return {
        (kind, language): own.get((kind, language)) or product_words(kind, language)
        for kind in MailKind
        for language in LANGUAGES
    }


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail to be written about one assignment."""

    assignment: Assignment
    step: str
    kind: MailKind
    recipients: Recipients


@dataclass(frozen=True, slots=True)
class _Target:
    """Where one mail goes, and the link in it."""

    address: str
    language: str = "vi"
    user: User | None = None
    link: AccessLink | AccountInvitation | None = None


class Writer:
    """Writes the mails of one round at one time."""

    def __init__(self, round_: Round, *, at: datetime) -> None:
        self._round = round_
        self._head = Letterhead(round_, at)
        self._words = words_of(round_)
        self._at = at

    def letters(self, letters: Sequence[Letter]) -> Iterator[NewMail]:
        """The mails, each with a copy for the further recipients.

        Coordinators get a personal link; an agency that has none but an address gets an invitation
        to an account; one that has neither gets a mail without an address, which the outbox keeps as
        failed. The number of queries does not grow with the letters, but for batches of inserts.
        """
        personal = [each for each in letters if each.kind in PERSONAL]
        passes = links.links_for(
            [
                (each.assignment, each.recipients.principal)
                for each in personal
                if each.recipients.principal
            ],
            at=self._at,
        )
        invitations = self._invitations(personal)
        for each in letters:
            person = each.recipients.principal
            if person is None:
                target = _Target(
                    each.recipients.address, link=invitations.get(each.assignment.agency_id)
                )
            else:
                link = (
                    passes.get((each.assignment.pk, person.pk)) if each.kind in PERSONAL else None
                )
                target = _Target(person.email, person.language, person, link)
            yield self._mail(each, each.step, target)
            for other in each.recipients.others:
                step = f"{each.step}/{other.pk}"
                yield self._mail(each, step, _Target(other.email, other.language, other))

    def to_superior(
        self, superior: Agency, late: list[Assignment], recipients: Recipients, step: str
    ) -> Iterator[NewMail]:
        """The mail that names the late units below an agency, with copies."""
        targets = [_Target(each.email, each.language, each) for each in recipients.people]
        for number, target in enumerate(targets or [_Target(recipients.address)]):
            language = _language(target.language)
            given = superior_values(
                superior, late, self._head, language=language, link=f"{settings.SITE_URL}/"
            )
            named = step if number == 0 or target.user is None else f"{step}/{target.user.pk}"
            key = about_superior(superior.pk, self._round)
            yield self._row(key, named, target, self._words[MailKind.SUPERIOR, language], given)

    def _invitations(self, letters: Iterable[Letter]) -> Mapping[int, AccountInvitation]:
        wanted = {
            each.assignment.agency_id: (
                Part(each.assignment.agency, MembershipRole.COORDINATOR),
                each.recipients.address,
            )
            for each in letters
            if each.recipients.principal is None and each.recipients.address
        }
        return organisations.invite_contacts(list(wanted.values()), at=self._at)

    def _mail(self, letter: Letter, step: str, target: _Target) -> NewMail:
        language = _language(target.language)
        plain = address_of(letter.assignment)
        link = SECRET_LINK if target.link else plain
        given = values(letter.assignment, self._head, language=language, link=link)
        words = self._words[letter.kind, language]
        return self._row(about(letter.assignment.pk), step, target, words, given)

    def _row(
        self, key: str, step: str, target: _Target, words: Words, given: Mapping[str, str]
    ) -> NewMail:
        purpose = {AccessLink: links.PURPOSE, AccountInvitation: INVITATION}
        return NewMail(
            about=key,
            step=step,
            within=within(self._round),
            to_address=target.address,
            to_user_id=target.user.pk if target.user else None,
            reply_to=self._head.reply_to,
            language=_language(target.language),
            subject=filled(words.subject, given),
            text=filled(words.body, given),
            link_purpose=purpose[type(target.link)] if target.link else "",
            link_id=target.link.pk if target.link else None,
        )


def address_of(assignment: Assignment) -> str:
    """The assignment's page, where one signs in first."""
    return f"{settings.SITE_URL}{reverse('assignment_detail', args=[assignment.pk])}"


def _language(wanted: str) -> str:
    return wanted if wanted in LANGUAGES else LANGUAGES[0]
