"""The five stages of an action, the one it has reached, and what the next gate still asks."""

from markupsafe import Markup

from impact.formats import short_date
from impact.presentation.stages import BEFORE, SIGNS, headline
from impact.stages import Criterion, Gate, StageNow
from impact.ui import tables
from impact.ui.page import typeset
from impact.ui.stages.addresses import of_criterion
from impact.vocabulary import ActionStage

ORDER = list(ActionStage)


def ladder(now: StageNow, *, brief: bool = False) -> Markup:
    """A row of five, one under the other on a phone; then the criteria of the first gate that does not hold.

    brief: these are folded. Who does not see all of the region is shown the stages alone.
    """
    stages = Markup().join(_stage(stage, now) for stage in ORDER)
    drawn = Markup('<ol class="imp-ladder" aria-label="Étapes de l’action {}">{}</ol>').format(now.key, stages)
    following = next((gate for gate in now.gates if not gate.passed), None)
    return drawn + _standing(now) + (_gate(following, now, brief) if following else Markup())


def stage_name(stage: ActionStage | None) -> Markup:
    """« ◑ Structuration »"""
    return tables.sign(SIGNS[stage], headline(stage))


def _stage(stage: ActionStage, now: StageNow) -> Markup:
    here = now.stage is stage
    passed = now.stage is not None and ORDER.index(stage) <= ORDER.index(now.stage)
    word = "étape actuelle" if here else "franchie" if passed else "à venir"
    return Markup('<li class="{}"{}><span class="imp-ladder-name">{} {}</span><small>{}</small></li>').format(
        "imp-ladder-passed" if passed else "", Markup(' aria-current="step"') if here else Markup(),
        Markup('<span aria-hidden="true">{}</span>').format("✓" if passed else "○"), headline(stage), word,
    )  # fmt: skip


def _standing(now: StageNow) -> Markup:
    """« À constituer depuis le 01/02/2011. » where no stage is reached; the ladder tells the others."""
    since = f" depuis le {short_date(now.since)}" if now.since else ""
    if now.stage is None:
        return _note(f"Étape : {BEFORE}{since}, la première porte n’est pas franchie.")
    return _note(f"Étape : {now.stage.label}{since}.")


def _gate(gate: Gate, now: StageNow, brief: bool) -> Markup:
    items = Markup().join(_criterion(one, now) for one in gate.criteria)
    missing = sum(not one.held for one in gate.criteria)
    title = f"Pour atteindre « {gate.stage.label} » : {len(gate.criteria) - missing} sur {len(gate.criteria)}"
    if brief:
        return _folded(title, items)
    return Markup('<div class="imp-gate"><h3>{}</h3><ul>{}</ul></div>{}').format(
        typeset(title), items, _later(now, gate)
    )


def _folded(title: str, items: Markup) -> Markup:
    return Markup('<details class="imp-gate"><summary>{}</summary><ul>{}</ul></details>').format(typeset(title), items)


def _criterion(one: Criterion, now: StageNow) -> Markup:
    sign = tables.sign("✓" if one.held else "○", tables.strong("Tenu" if one.held else "Manque"))
    if one.held:
        return Markup("<li>{} <span>{}</span></li>").format(sign, typeset(one.sentence))
    link = tables.link(*of_criterion(now.key, now.chantier, one.code))
    return Markup('<li>{} <span>{}<span class="imp-under">{} {}</span></span></li>').format(
        sign, typeset(one.sentence), typeset(one.todo), link
    )


def _later(now: StageNow, following: Gate) -> Markup:
    """The criteria of the gates after it that hold already wait for this one."""
    rest = [one for gate in now.gates[now.gates.index(following) + 1 :] for one in gate.criteria if one.held]
    if not rest:
        return Markup()
    held = tables.sign("✓", tables.strong("Tenu"))
    told = Markup().join(Markup("<li>{} <span>{}</span></li>").format(held, typeset(one.sentence)) for one in rest)
    return _folded(f"Déjà tenu pour les étapes suivantes : {len(rest)}", told)


def _note(text: str) -> Markup:
    return Markup('<p class="imp-note">{}</p>').format(typeset(text))
