"""An indicator's sheet in plain French: what it counts, how it is computed, what a version changed. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from impact.figures import Definition, from_scaled
from impact.formats import capital, counted, number, sortable
from impact.rules.definitions import BOUNDS, LABELS, LISTS, content
from impact.vocabulary import Accumulation, Additivity, Direction, Measure

Fact = tuple[str, str | tuple[str, ...]]
"""A name, and a text or several."""

GOALS = (
    "pas de pauvreté", "faim « zéro »", "bonne santé et bien-être", "éducation de qualité", "égalité entre les sexes",
    "eau propre et assainissement", "énergie propre et d’un coût abordable", "travail décent et croissance économique",
    "industrie, innovation et infrastructure", "inégalités réduites", "villes et communautés durables",
    "consommation et production responsables", "lutte contre les changements climatiques", "vie aquatique",
    "vie terrestre", "paix, justice et institutions efficaces", "partenariats pour la réalisation des objectifs",
)  # fmt: skip
"""Sustainable development goals 1 to 17 (objectifs de développement durable)."""
IRIS = {"plus_etroite": "plus étroit", "apparentee": "apparenté"}
"""How an indicator stands to the one of IRIS+ that is nearest."""

_TYPED = {
    Measure.COUNT: "Dénombrement : on saisit le nombre lui-même.",
    Measure.AMOUNT: "Montant : on saisit la somme elle-même.",
    Measure.RATIO: "Part : 100 × numérateur ÷ dénominateur. On saisit les deux nombres, jamais le pourcentage ; "
    "au-dessous de 10 au dénominateur, l’écran montre « n sur N ».",
    Measure.MEAN: "Moyenne : on saisit la moyenne et le nombre de cas qui la fondent ; leur produit est gardé, "
    "pour que les moyennes se combinent sans erreur.",
}
_PAIRS = "on additionne les numérateurs, on additionne les dénominateurs, puis on divise"
_CASES = "on additionne les valeurs de tous les cas, puis on divise par leur nombre"


def computed(definition: Definition) -> list[str]:
    """How its figures become its numbers, one sentence each."""
    return [_TYPED[definition.measure], _over_time(definition), _over_regions(definition), *_read(definition)]


def _together(definition: Definition) -> str:
    return _CASES if definition.measure is Measure.MEAN else _PAIRS


def _over_time(definition: Definition) -> str:
    if definition.accumulation is Accumulation.STOCK:
        return (
            "Dans le temps : état en fin de période. Les périodes ne s’additionnent pas ; la dernière période "
            "renseignée compte, et sa date est dite."
        )
    how = f" : {_together(definition)}" if definition.has_pair else ""
    return f"Dans le temps : flux. Les périodes s’additionnent{how}."


def _over_regions(definition: Definition) -> str:
    if definition.additivity is Additivity.NONE:
        return (
            "Entre régions : pas de total national, qui compterait plusieurs fois ce que les régions ont en commun ; "
            "chaque région se lit seule."
        )
    if not definition.has_pair:
        return "Entre régions : les chiffres s’additionnent."
    what = "parts" if definition.measure is Measure.RATIO else "moyennes"
    return f"Entre régions : {_together(definition)} ; jamais la moyenne des {what} régionales."


def _read(definition: Definition) -> list[str]:
    places = counted(definition.decimals, "décimale") if definition.decimals else "l’unité"
    senses = {
        Direction.UP: "Sens : une hausse est favorable.",
        Direction.DOWN: "Sens : une baisse est favorable.",
        Direction.NEUTRAL: "Sens : indicateur de moyens ; il n’est ni classé, ni coloré, ni compté dans l’avancement.",
    }
    return [
        senses[definition.direction],
        f"Rythme : {definition.frequency.label}.",
        f"Arrondi : une seule fois, à la fin, à {places}.",
        "Versions : rien ne s’additionne d’une version de la définition à l’autre.",
    ]


def bounds(definition: Definition) -> str:
    """« de 0 à 5 000 ; au-dessus de 400, un commentaire est demandé »"""
    low, high, alert = (_bound(getattr(definition, name)) for name in BOUNDS)
    alone = f"{low} ou plus" if low else f"{high} au plus" if high else ""
    possible = f"de {low} à {high}" if low and high else alone
    warned = f"au-dessus de {alert}, un commentaire est demandé" if alert else ""
    return " ; ".join(filter(None, (possible, warned)))


def _bound(scaled: int | None) -> str:
    return "" if scaled is None else number(from_scaled(scaled))


def counts(definition: Definition) -> list[Fact]:
    """What is counted; empty facts are left out."""
    return _filled([
        ("Définition", definition.definition),
        ("Numérateur (n)", definition.numerator_label),
        ("Dénominateur (N)", definition.denominator_label),
        ("Unité", definition.unit),
        ("Valeurs possibles", bounds(definition)),
        ("Place", f"{definition.stage.label}, dans la chaîne de résultats"),
        ("Preuve d’effet", "attendue (niveaux P1 à P5)" if definition.proof_of_effect else "sans objet"),
    ])  # fmt: skip


def collected(definition: Definition) -> list[Fact]:
    """How it is collected, and what to beware of."""
    held = definition.sheet
    return _filled([
        ("Méthode de collecte", definition.collection_method),
        ("Sources de vérification", tuple(held.get("verification_sources", ()))),
        ("Pièges", tuple(held.get("pitfalls", ()))),
        ("Note sur les totaux", held.get("aggregation_note", "")),
    ])  # fmt: skip


def corresponding(definition: Definition) -> list[Fact]:
    """Its place in other frames of reference: sustainable development goals, IRIS+."""
    held = definition.sheet
    targets = [str(target) for target in held.get("sdg_targets", ())]
    goals = tuple(_goal(int(goal), targets) for goal in held.get("sdg_goals", ()))
    iris = held.get("iris") or {}
    near = f"{iris['id']}, {IRIS.get(iris['relation'], iris['relation'])} : {iris['note']}" if iris else ""
    return _filled([("Développement durable", goals), ("IRIS+", near)])


def _goal(goal: int, targets: Iterable[str]) -> str:
    own = [target for target in targets if target.split(".")[0] == str(goal)]
    said = f" ({'cibles' if len(own) > 1 else 'cible'} {' et '.join(own)})" if own else ""
    return f"ODD {goal}, {GOALS[goal - 1]}{said}"


def _filled(facts: Iterable[Fact]) -> list[Fact]:
    return [(name, said) for name, said in facts if said]


@dataclass(frozen=True, slots=True)
class Changed:
    """then, now: texts, several for lists; empty where nothing was said."""

    label: str
    then: tuple[str, ...]
    now: tuple[str, ...]


def changed(before: Definition, after: Mapping[str, Any], axes: Mapping[str, str]) -> list[Changed]:
    """Field by field, what differs. after: contents (rules.definitions.content) or some of them; axes: their labels."""
    then = content(before)
    return [
        Changed(capital(LABELS[name]), _said(name, then[name], axes), _said(name, after[name], axes))
        for name in LABELS
        if name in after and name in then and after[name] != then[name]
    ]


def _said(name: str, value: Any, axes: Mapping[str, str]) -> tuple[str, ...]:
    if name in BOUNDS:
        return (_bound(value),) if value is not None else ()
    if name == "axes":
        return tuple(axes.get(code, code) for code in value)
    if name in LISTS:
        return tuple(value)
    if isinstance(value, bool):
        return ("oui",) if value else ("non",)
    return (value,) if value else ()


def answers(words: str, *texts: str) -> bool:
    """Every word is somewhere in the texts, accents, capitals and apostrophes aside."""
    whole = _plain(" ".join(texts))
    return all(word in whole for word in _plain(words).split())


def _plain(text: str) -> str:
    return sortable(text.replace("’", "'"))


def is_found(definition: Definition, words: str) -> bool:
    pitfalls = definition.sheet.get("pitfalls", ())
    return answers(
        words, definition.code, definition.name, definition.question, definition.definition, *map(str, pitfalls)
    )
