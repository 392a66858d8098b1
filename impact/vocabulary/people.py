"""Who people are, and the texts that are written for them."""

from impact.vocabulary.base import LabelledEnum


class Role(LabelledEnum):
    CONTRIBUTOR = "contributor", "équipe régionale"
    NATIONAL = "national", "bureau national"
    READER = "reader", "lecteur"
    ADMIN = "admin", "administrateur"


class LinkPurpose(LabelledEnum):
    ACTIVATION = "activation", "activation du compte"
    RESET = "reset", "nouveau mot de passe"


class LegalPage(LabelledEnum):
    """Texts that the network fills in; the value is the end of the page's address."""

    NOTICE = "mentions_legales", "Mentions légales"
    PRIVACY = "confidentialite", "Confidentialité"
    ACCESSIBILITY = "accessibilite", "Accessibilité"
