"""How close a day is, in words."""

from datetime import date

from impact.formats import counted, short_date


def until(day: date, today: date) -> str:
    """« aujourd’hui », « demain (11/07/2011) », « dans 5 jours (15/07/2011) », « en retard de 12 jours »."""
    left = (day - today).days
    if left == 0:
        return "aujourd’hui"
    if left == 1:
        return f"demain ({short_date(day)})"
    if left > 0:
        return f"dans {counted(left, 'jour')} ({short_date(day)})"
    return "en retard d’un jour" if left == -1 else f"en retard de {late(day, today)}"


def late(day: date, today: date) -> str:
    """« 12 jours »: how long ago a day that has passed was."""
    return counted((today - day).days, "jour")


def since(day: date, today: date) -> str:
    """« aujourd’hui », « hier », « il y a 12 jours (28/06/2011) »."""
    gone = (today - day).days
    if gone <= 1:
        return "aujourd’hui" if gone < 1 else "hier"
    return f"il y a {counted(gone, 'jour')} ({short_date(day)})"


def first_words(text: str, longest: int = 90) -> str:
    """The beginning of a reason, cut between two words."""
    if len(text) <= longest:
        return text
    return f"{text[:longest].rsplit(' ', 1)[0]}…"
