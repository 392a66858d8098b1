"""The day that the product takes it to be, and the real time of history and sign-ins."""

from datetime import UTC, date, datetime, time

from sqlmodel import Session

from impact.formats import PARIS, day_of
from impact.models import Setting
from impact.settings import Settings

TODAY = "today"
"""Key of the setting that carries the day."""


def real_now() -> datetime:
    return datetime.now(UTC)


def set_today(session: Session, day: date | None) -> None:
    """Play a day in this session, as the demonstration does; None = back to the real course."""
    session.info["today"] = day


def today(session: Session) -> date:
    """IMPACT_TODAY, else the day that the demonstration database carries, else today in Paris."""
    played: date | None = session.info.get("today")
    if played:
        return played
    stored = None if Settings.from_env().today else session.get(Setting, TODAY)
    return day_in_force(stored.value if stored else None)


def day_in_force(stored: str | None) -> date:
    """`today` outside any session that plays a day. stored: what the database carries, in ISO form; None = nothing."""
    if fixed := Settings.from_env().today:
        return fixed
    return date.fromisoformat(stored) if stored else day_of(real_now())


def now(session: Session) -> datetime:
    """The real time of day, on the day that the product takes it to be; aware, UTC."""
    hour = real_now().astimezone(PARIS).time()
    return datetime.combine(today(session), time(hour.hour, hour.minute, hour.second), PARIS).astimezone(UTC)
