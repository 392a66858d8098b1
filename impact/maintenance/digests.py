"""The day's digests: for each person, what is new is claimed, sent, then confirmed; each step a transaction of its own.

Any number of processes may do this at once, and any of them may die at any point: claims keep them apart.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from impact import mail
from impact.db import reading, transaction
from impact.digest import Item, letter, tell, untold
from impact.errors import BadSettings, Refused
from impact.mail import NotSent, Unreachable, Unsure
from impact.permissions import Actor
from impact.queries.digests import facts, recipients, told
from impact.services import notices, offers, setup
from impact.settings import Settings


@dataclass(frozen=True, slots=True)
class Sent:
    """One person's digest. failure: '' = it left, or would leave in a rehearsal. unsure: nobody knows."""

    email: str
    things: int
    failure: str = ""
    unsure: bool = False


def rehearse() -> list[Sent]:
    """Who would get a digest now; nothing is written or sent."""
    with reading() as session:
        people = [(who, tell(facts(session, who)), told(session, who.id)) for who in recipients(session)]
        fresh = [(who, untold(items, known)) for who, items, known in people]
    return [Sent(who.email, len(items)) for who, items in fresh if items]


def send_all() -> Iterator[Sent]:
    """Send what is new to whoever has something new and had no digest today; one result for each of them.

    A server that takes nothing stops the round (Unreachable, after the result of the person whose turn it was).
    """
    settings = Settings.from_env()
    if settings.mail is None:
        raise BadSettings("Aucun courriel ne part : IMPACT_SMTP_URL et IMPACT_MAIL_FROM ne sont pas donnés.")
    with transaction() as session:
        offers.erase_due(session)
        if setup.is_demonstration(session):
            raise Refused("La démonstration n’envoie pas de courriel : ses adresses sont fictives.")
        people = [one.id for one in recipients(session)]
    for person in people:
        with reading() as session:  # a round may take long: who was closed, moved or said no meanwhile is read again
            who = next((one for one in recipients(session) if one.id == person), None)
            if who is None:
                continue
            held = facts(session, who)
        items = tell(held)
        with transaction() as session:
            keys = notices.claim(session, who.id, held.today, [item.key for item in items])
        if keys:
            yield _send(settings, who, held.today, items, keys)


def _send(settings: Settings, who: Actor, day: date, items: list[Item], keys: list[str]) -> Sent:
    assert settings.mail is not None
    said = letter(who.name, [item for item in items if item.key in set(keys)], len(items), settings.public_url)
    try:
        mail.send(settings.mail, who.email, said.subject, said.text, said.html)
    except NotSent as error:
        with transaction() as session:
            notices.release(session, who.id, day, keys)
        if isinstance(error, Unreachable):
            raise
        return Sent(who.email, len(keys), str(error))
    except Unsure as error:
        return Sent(who.email, len(keys), str(error), unsure=True)
    with transaction() as session:
        notices.confirm(session, who.id, day, keys)
    return Sent(who.email, len(keys))
