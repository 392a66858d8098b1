"""What is said of a piece of evidence, in words."""

from fractions import Fraction

from markupsafe import Markup

from impact.formats import SMALL_NUMBER, capital, counted, moment, number, percent, short_date
from impact.queries.evidence import PieceView, VersionView
from impact.ui import page

Fact = tuple[str, str | Markup]
UNCHECKED = "lien non vérifié"
KINDS = {
    "pdf": "PDF", "png": "image PNG", "jpg": "image JPEG", "csv": "tableau CSV", "xlsx": "classeur Excel",
    "docx": "document Word",
}  # fmt: skip


def address(piece: PieceView, version: VersionView, rest: str = "") -> str:
    """Of the file, or with rest « /apercu/2.png » of one of its pages; always of one version, which never changes."""
    return f"/pieces/{piece.region}/{piece.number}{rest}?version={version.version}"


def weight(size: int) -> str:
    """« 34 Ko », « 2,5 Mo »"""
    if size < 1024 * 1024:
        return f"{number(-(-size // 1024))} Ko"
    return f"{number(Fraction(size, 1024 * 1024), 1)} Mo"


def file(version: VersionView) -> str:
    """« PDF, 12 pages, 2,5 Mo »"""
    pages = counted(version.pages, "page") if version.pages and version.extension == "pdf" else ""
    return ", ".join(filter(None, [KINDS.get(version.extension, version.extension), pages, weight(version.size)]))


def link(text: str, longest: int = 2_000) -> Markup:
    """The address, opened elsewhere and told nothing; nobody has checked what it leads to."""
    shown = text if len(text) <= longest else f"{text[: longest - 1]}…"
    return Markup(
        '<a class="imp-outward" href="{}" target="_blank" rel="noopener noreferrer">{}</a> '
        '<span class="imp-light">{}</span>'
    ).format(text, shown, UNCHECKED)


def download(piece: PieceView, version: VersionView, text: str = "Télécharger") -> Markup:
    """Nothing for a link."""
    if not version.is_file:
        return Markup()
    return Markup('<a href="{}" download target="_self">{}</a>').format(address(piece, version), text)


def answers(version: VersionView) -> str:
    """« 45 réponses sur 60 (75 %) », « 6 réponses sur 8 »; '' where the piece is no survey."""
    if version.asked is None:
        return ""
    if version.respondents is None:
        return f"{number(version.asked)} interrogés, réponses non dites"
    said = f"{counted(version.respondents, 'réponse')} sur {number(version.asked)}"
    if version.asked < SMALL_NUMBER:
        return said
    return f"{said} ({percent(Fraction(100 * version.respondents, version.asked))})"


def deposited(version: VersionView) -> str:
    return f"par {version.added_by} le {moment(version.added_at)}"


def facts(piece: PieceView, version: VersionView | None = None) -> list[Fact]:
    """What a piece says in one of its versions, the last one by default; what it does not say is left out."""
    said = version or piece.now
    rows: list[Fact] = [
        ("Type", capital(piece.kind.label)),
        ("Date du document", short_date(said.document_date) if said.document_date else ""),
        ("Auteur", said.author),
        ("Population couverte", said.population),
        ("Réponses", answers(said)),
        ("Ouverte à", f"{piece.confidentiality.label}"),
        ("Lien", link(said.link) if said.link else ""),
        ("Fichier", f"{said.name} ({file(said)})" if said.is_file else ""),
        ("Déposée", deposited(said)),
        ("Version", standing(piece, said)),
    ]
    return [(name, page.typeset(text) if not isinstance(text, Markup) else text) for name, text in rows if text]


def standing(piece: PieceView, version: VersionView) -> str:
    """« 2 sur 2, remplacée : « scan illisible » »; '' where there is one alone."""
    if len(piece.versions) == 1:
        return ""
    why = f" ; motif : « {version.reason} »" if version.reason else ""
    return f"{version.version} sur {len(piece.versions)}{why}"
