"""Legends in HTML: they wrap on a phone, print, and follow the theme."""

from collections.abc import Sequence

from markupsafe import Markup

from impact.charts.palette import PROGRESS_LABELS, tone_name
from impact.vocabulary import RELIABILITY_LABELS


def legend(entries: Sequence[Markup]) -> Markup:
    """entries: made by swatch, line or words."""
    return Markup('<ul class="imp-legend">{}</ul>').format(
        Markup().join(Markup("<li>{}</li>").format(e) for e in entries)
    )


def swatch(text: str, colour: str = "", kind: str = "") -> Markup:
    """colour: a variable of the sheet (« progress-3 », « for »). kind: hatched, dotted, light, boxed."""
    paint = Markup(' style="background-color:var(--imp-{})"').format(colour) if colour else Markup()
    names = f"imp-swatch imp-swatch-{kind}" if kind else "imp-swatch"
    return Markup('<span class="{}"{} aria-hidden="true"></span>{}').format(names, paint, text)


def line(text: str, sign: str, tone: str, light: bool = False) -> Markup:
    """A curve's stroke and its point's sign, in a chantier's colour. tone: its code."""
    return Markup('<span class="imp-line {} imp-{}" aria-hidden="true"></span>{} {}').format(
        "imp-line-light" if light else "", tone_name(tone), sign, text
    )


def words(text: str) -> Markup:
    return Markup("<span>{}</span>").format(text)


def progress(hatched: str = "") -> Markup:
    """The five classes of the map. hatched: what hatching means there; nothing is said of it otherwise."""
    entries = [swatch(label, f"progress-{rank}") for rank, label in enumerate(PROGRESS_LABELS)]
    if hatched:
        entries.append(swatch(hatched, kind="hatched"))
    return legend([*entries, swatch("hors campagne", kind="boxed")])


def curves(chantier: str, planned: bool = False) -> Markup:
    """How to read small multiples. planned: some bear a planned way and a target."""
    way = Markup('<span class="imp-line imp-line-dashed" aria-hidden="true"></span>{}').format("chemin attendu")
    return legend(
        [
            line("validé", "●", chantier),
            line("provisoire (soumis)", "○", chantier, light=True),
            *([way, words("◆ cible")] if planned else []),
            words("trou dans la courbe : chiffre manquant ou non disponible"),
        ]
    )


def proof() -> Markup:
    """The F grades; what is hatched or dotted is not backed by a document."""
    return legend(
        [
            swatch(f"F{level} {label}", f"proof-{level}", "hatched" if level == 0 else "dotted" if level == 1 else "")
            for level, label in enumerate(RELIABILITY_LABELS)
        ]
        + [Markup('<a href="niveaux_de_preuve" target="_self">Ce que disent ces niveaux</a>')]
    )


def course(chantier: str, bars: bool, plan: bool) -> Markup:
    """How to read the country's course: bars of what adds up, or a curve. plan: whether a planned way is drawn."""
    if bars:
        entries = [
            swatch("validé", tone_name(chantier)),
            swatch("validé, partiel", kind=f"hatched imp-swatch-tone imp-{tone_name(chantier)}"),
            swatch("provisoire", kind=f"light imp-swatch-tone imp-{tone_name(chantier)}"),
        ]
    else:
        entries = [line("validé", "●", chantier), line("provisoire", "○", chantier, light=True)]
    planned = [Markup('<span class="imp-line imp-line-dashed" aria-hidden="true"></span>attendu'), words("◆ cible")]
    return legend([*entries, *(planned if plan else [])])
