"""A digest as an e-mail: plain text and simple HTML that say the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import escape

from impact.digest.items import Item, by_kind
from impact.formats import counted

MOST = 8
"""Items of one kind that an e-mail names; the home page has them all."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A digest as it is sent."""

    subject: str
    text: str
    html: str


def letter(name: str, fresh: Sequence[Item], waiting: int, site: str) -> Letter:
    """fresh: what is told for the first time. waiting: how many things wait in all. site: the product's address."""
    subject = f"Une Région, un Chantier : {counted(len(fresh), 'nouvelle chose', 'nouvelles choses')} pour vous"
    rest = f"En tout, {counted(waiting, 'chose vous attend', 'choses vous attendent')} : {site}/accueil"
    stop = f"Pour ne plus recevoir ce courriel : {site}/accueil, tout en bas."
    text, html = [f"Bonjour {name},", ""], [f"<p>Bonjour {escape(name)},</p>"]
    for kind, own in by_kind(fresh):
        text += [kind.label.upper(), *(f"- {item.words}\n  {site}/{item.link}" for item in own[:MOST])]
        lines = "".join(
            f'<li><a href="{escape(f"{site}/{item.link}")}">{escape(item.words)}</a></li>' for item in own[:MOST]
        )
        more = f"… et {counted(len(own) - MOST, 'autre')}." if len(own) > MOST else ""
        text += [more, ""] if more else [""]
        html.append(f"<h3>{escape(kind.label)}</h3><ul>{lines}</ul>{f'<p>{more}</p>' if more else ''}")
    text += [rest, "", stop, ""]
    html += [f"<p>{escape(rest)}</p><p><small>{escape(stop)}</small></p>"]
    body = "".join(html)
    return Letter(subject, "\n".join(text), f'<!DOCTYPE html><html lang="fr"><body>{body}</body></html>')
