"""What a visitor types on the public page « Je veux me mobiliser sur mon territoire ». Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from impact.errors import Problem
from impact.formats import is_email
from impact.rules.fields import Fields

LONGEST_NAME = 120
LONGEST_EMAIL = 254
LONGEST_MESSAGE = 3_000
LABELS = {
    "nom": "Votre nom",
    "courriel": "Votre adresse électronique",
    "region": "Votre région",
    "chantier": "Le chantier qui vous attire",
    "message": "Votre message",
    "accord": "Votre accord",
}
AGREED = "oui"
CONSENT = (
    "J’accepte que mon nom, mon adresse électronique, ma région, le chantier choisi et mon message soient conservés "
    "douze mois au plus, pour que l’équipe de ma région et le bureau national les lisent et me répondent. Personne "
    "d’autre ne les reçoit. Je peux les faire effacer à tout moment : par le lien personnel affiché après l’envoi, ou "
    "en le demandant à l’équipe ou au bureau national."
)
"""What is kept, why, how long, who reads it, how it is erased. Stored with each message as it was agreed to."""


@dataclass(frozen=True, slots=True)
class OfferDraft:
    """chantier: None where the person does not know yet."""

    name: str
    email: str
    region: str
    chantier: str | None
    message: str


def read_offer(
    fields: Mapping[str, str], regions: Collection[str], chantiers: Collection[str]
) -> tuple[OfferDraft | None, list[Problem]]:
    """The message, or every problem at once. regions, chantiers: codes that exist."""
    form = Fields(fields, LABELS)
    name = " ".join(form.text("nom", LONGEST_NAME).split())
    email = "".join(form.text("courriel", LONGEST_EMAIL).split())
    message = form.text("message", LONGEST_MESSAGE)
    region, chantier = fields.get("region", ""), fields.get("chantier", "")
    if not name and not form.is_refused("nom"):
        form.refuse("nom", "dites-nous comment vous appeler.")
    if not is_email(email) and not form.is_refused("courriel"):
        form.refuse("courriel", "écrivez une adresse comme prenom@exemple.fr : c’est par elle qu’on vous répondra.")
    if region not in regions:
        form.refuse("region", "choisissez votre région : c’est son équipe qui vous répondra.")
    if chantier and chantier not in chantiers:
        form.refuse("chantier", "choisissez dans la liste, ou « Je ne sais pas encore ».")
    if not message and not form.is_refused("message"):
        form.refuse("message", "écrivez quelques mots sur ce que vous voudriez faire.")
    if fields.get("accord", "") != AGREED:
        form.refuse("accord", "sans lui, rien ne peut être conservé ; cochez la case pour envoyer.")
    draft = None if form.problems else OfferDraft(name, email, region, chantier or None, message)
    return draft, form.problems
