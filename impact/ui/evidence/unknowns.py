"""« Ce que nous ne savons pas »: five lists, each said in one line and drawn once it is open."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from impact.formats import capital, counted
from impact.presentation.lens import Lens, narrowed
from impact.presentation.links import Tie, chains
from impact.presentation.questions import Kind, about
from impact.presentation.silences import Silence, silences
from impact.presentation.unknown import RESULTS, Astray, Unmeasured, astray, never_measured
from impact.presentation.wording import short_name
from impact.queries.claim_views import ClaimRow
from impact.ui import naming, page, reads, tables
from impact.ui.chantier.linked import word
from impact.ui.evidence import claims
from impact.ui.evidence.reads import claims as read_claims
from impact.ui.evidence.reads import on_links
from impact.ui.kept import kept
from impact.ui.national.regions import address
from impact.ui.page import typeset
from impact.ui.reads import Key
from impact.ui.tables import Column
from impact.vocabulary import LinkState
from impact.world import World

UNTESTED = (LinkState.HYPOTHESIS, LinkState.OBSERVED)
"""Nobody has compared with what would have happened otherwise."""


@dataclass(frozen=True, slots=True)
class Unknowns:
    """chains: links by chantier, in the catalogue's order. silent: regions late with something."""

    unmeasured: tuple[Unmeasured, ...]
    results: int
    chains: Mapping[str, Sequence[Tie]]
    silent: tuple[Silence, ...]
    unexpected: tuple[ClaimRow, ...]
    astray: tuple[Astray, ...]
    seen: World


@kept(32)
def unknowns(key: Key, lens: Lens) -> Unknowns:
    world, said = reads.world(key), read_claims(key, lens.chantier)
    seen, so_far = narrowed(world, lens), narrowed(world, lens._replace(start=None))
    wanted = [
        code
        for code in dict.fromkeys(one.chantier for one in seen.definitions.values())
        if world.mobilised_regions(code)
    ]
    told = on_links(key, lens.chantier)
    by_chantier = {code: told.get(code, ()) for code in wanted}
    late = [one for one in silences(seen, reads.last_submissions(key)) if one.late]
    return Unknowns(
        tuple(never_measured(so_far, lens)),
        _results(so_far),
        chains(so_far, by_chantier, lens.min_proof),
        tuple(late),
        tuple(claims.unexpected(said)),
        tuple(astray(so_far, lens)),
        seen,
    )  # fmt: skip


def _results(world: World) -> int:
    """How many indicators of outcome and impact there are to be measured."""
    return sum(
        one.stage in RESULTS and bool(world.mobilised_regions(one.chantier)) for one in world.definitions.values()
    )


def draw(key: Key, lens: Lens) -> None:
    held = unknowns(key, lens)
    untested = sum(tie.state in UNTESTED for own in held.chains.values() for tie in own)
    links = sum(map(len, held.chains.values()))
    _list(
        f"Résultats et impacts jamais mesurés : {counted(len(held.unmeasured), 'indicateur')} sur {held.results}",
        "mesures", held.unmeasured, "Chaque indicateur de résultat et d’impact a au moins un chiffre validé.",
        lambda: _unmeasured(held.unmeasured, lens.carried),
    )  # fmt: skip
    _list(
        f"Liens de la chaîne jamais éprouvés : {counted(untested, 'lien')} sur {links}",
        "liens", untested, "Chaque lien de la chaîne des résultats a été comparé à une situation sans l’action.",
        lambda: _chains(held.chains, held.seen, lens.carried),
    )  # fmt: skip
    _list(
        f"Régions en retard ou silencieuses : {counted(len(held.silent), 'région')}",
        "silences", held.silent, "Aucune région n’est en retard sur ces dates.",
        lambda: _silent(held.silent, held.seen, lens),
    )  # fmt: skip
    _list(
        f"Résultats inattendus, nuls ou défavorables : {counted(len(held.unexpected), 'affirmation')}",
        "inattendus", held.unexpected,
        "Aucune affirmation ne dit un résultat inattendu, nul ou défavorable : personne n’en a trouvé, ou écrit.",
        lambda: claims.findings_table(held.unexpected),
    )  # fmt: skip
    _list(
        f"Chiffres qui vont dans le mauvais sens : {counted(len(held.astray), 'chiffre')}",
        "recul", held.astray, "Aucun chiffre validé n’est en dessous de sa situation de départ.",
        lambda: _astray(held.astray, lens.carried),
    )  # fmt: skip


def _list(label: str, name: str, found: object, nothing: str, table: Callable[[], Markup]) -> None:
    if found:
        page.more(typeset(label), f"preuve_{name}", lambda: page.html(table()))
    else:
        page.note(nothing)


UNMEASURED = (
    Column("indicator", "Indicateur", html=True, row_header=True),
    Column("stage", "Étape"),
    Column("why", "Où il en est"),
)


def _unmeasured(found: Sequence[Unmeasured], carried: Mapping[str, str]) -> Markup:
    rows = [
        {
            "indicator": tables.link(
                naming.in_chantier(one.definition, carried), f"{one.definition.code} {short_name(one.definition)}"
            ),
            "stage": one.definition.stage.label,
            "why": typeset(one.why),
        }
        for one in found
    ]
    return tables.table(UNMEASURED, rows, "Résultats et impacts jamais mesurés")


def _chains(chains: Mapping[str, Sequence[Tie]], world: World, carried: Mapping[str, str]) -> Markup:
    first = next(iter(chains.values()))
    columns = [
        Column("chantier", "Chantier", html=True, row_header=True),
        *(Column(tie.after.value, f"{capital(tie.before.label)} → {tie.after.label}", html=True) for tie in first),
    ]
    rows = [
        {
            "chantier": tables.chantier(code, world.chantier_names[code], carried),
            **{tie.after.value: word(tie) for tie in own},
        }
        for code, own in chains.items()
    ]
    told = "Hypothèse : rien ne l’appuie encore. Observé : deux chiffres vus ensemble, ce qui ne prouve pas la cause."
    return page.noted(told) + tables.table(columns, rows, "Liens de la chaîne des résultats par chantier")


SILENT = (
    Column("region", "Région", html=True, row_header=True),
    Column("missing", "Sans réponse", "right", html=True),
    Column("last", "Dernier envoi"),
)


def _silent(found: Sequence[Silence], world: World, lens: Lens) -> Markup:
    rows = [
        {
            "region": tables.link(address(one.region, **lens.carried), one.name),
            "missing": tables.explained(
                f"{one.missing} sur {one.due}",
                about(world, lens._replace(min_proof=0, provisional=False), Kind.MISSING, region=one.region,
                      chantier=lens.chantier),
            ),
            "last": typeset(one.last_words(world.today)),
        }
        for one in found
    ]  # fmt: skip
    return tables.table(SILENT, rows, "Régions en retard ou silencieuses")


ASTRAY = (
    Column("region", "Région", html=True, row_header=True),
    Column("indicator", "Indicateur", html=True),
    Column("moved", "Du départ à maintenant"),
    Column("target", "Cible"),
)


def _astray(found: Sequence[Astray], carried: Mapping[str, str]) -> Markup:
    rows = [
        {
            "region": tables.link(address(one.cell.region, **carried), one.region),
            "indicator": tables.link(naming.in_chantier(one.definition, carried), naming.indicator(one.definition)),
            "moved": f"{one.start} → {one.now}",
            "target": one.target or "–",
        }
        for one in found
    ]
    told = (
        "Moins bien qu’à la situation de départ de la cible ou, sans elle, qu’au premier chiffre validé de la campagne."
    )
    return page.noted(told) + tables.table(ASTRAY, rows, "Chiffres qui vont dans le mauvais sens")
