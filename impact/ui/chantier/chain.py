"""The results chain: five stages in a row, one under the other on a phone."""

from collections.abc import Sequence

from markupsafe import Markup

from impact.charts.palette import tone_name
from impact.figures import SCALE
from impact.formats import NO_BREAK, SMALL_NUMBER, capital, n_of_n
from impact.presentation.chain import SAYS_NOTHING, Link, Step, absence
from impact.presentation.lens import Lens
from impact.presentation.links import Tie
from impact.presentation.questions import Kind, about
from impact.presentation.wording import coverage, headline, short_name
from impact.ui import marks, tables
from impact.ui.chantier.addresses import address
from impact.ui.chantier.linked import linked
from impact.ui.page import typeset
from impact.vocabulary import PROGRESS_SIGNS, Coverage, Measure
from impact.world import World


def chain(links: Sequence[Link], ties: Sequence[Tie], seen: World, lens: Lens, chosen: str) -> Markup:
    """ties: what joins each stage to the one before, in order. chosen: code of the indicator that is compared below."""
    leading = {tie.after: linked(tie, seen) for tie in ties}
    stages = Markup().join(
        _stage(rank, link, leading.get(link.stage, Markup()), seen, lens, chosen) for rank, link in enumerate(links, 1)
    )
    return Markup('<ol class="imp-chain imp-{}">{}</ol>').format(tone_name(lens.chantier), stages)


def _stage(rank: int, link: Link, leading: Markup, seen: World, lens: Lens, chosen: str) -> Markup:
    """leading: how far the link that leads to it is known."""
    if link.steps:
        body = Markup("<ul>{}</ul>").format(Markup().join(_step(step, seen, lens, chosen) for step in link.steps))
    else:
        body = Markup('<p class="imp-hole">○ {}</p>').format(typeset("aucun indicateur : rien ne mesure cette étape"))
    empty = "" if any(not step.is_silent for step in link.steps) else "imp-stage-empty"
    return Markup('<li class="imp-stage {}"><h3>{}. {}</h3>{}{}</li>').format(
        empty, rank, capital(link.stage.label), leading, body
    )


def _step(step: Step, seen: World, lens: Lens, chosen: str) -> Markup:
    code = step.definition.code
    here = Markup(' aria-current="true"') if code == chosen else Markup()
    name = Markup('<a href="{}" target="_self"{}>{} {}</a>').format(
        address(indicateur=code), here, code, short_name(step.definition)
    )
    return Markup('<li class="imp-step">{}{}</li>').format(name, figures(step, seen, lens))


def figures(step: Step, seen: World, lens: Lens) -> Markup:
    """The country's value, what it is made of and rests on, its state; each number leads to its explanation."""
    code = step.definition.code
    if step.is_silent:
        word = tables.explained(tables.sign(*absence(seen, step.total)), about(seen, lens, Kind.TOTAL, indicator=code))
        return Markup('<span class="imp-hole">{}</span>').format(word)
    value = tables.explained(
        " ".join(headline(step.definition, step.total)).strip(), about(seen, lens, Kind.TOTAL, indicator=code)
    )
    made_of = marks.under(step.total, stop=True)
    lines = [tables.strong(value), made_of, tables.light(behind(step)), state(step, seen, lens)]
    return Markup().join(Markup("<span>{}</span>").format(line) for line in lines if line)


def behind(step: Step) -> str:
    """« 25 sur 41 ; partiel : 2 régions sur 3 »"""
    pair, definition = step.total.pair, step.definition
    large = definition.measure is Measure.RATIO and pair and (pair.denominator or 0) >= SMALL_NUMBER * SCALE
    told = [n_of_n(pair)] if large and pair else []
    if step.total.coverage is not Coverage.NOT_ADDITIVE:
        told.append(coverage(definition, step.total))
    return typeset(" ; ".join(told)).replace(" sur ", f" sur{NO_BREAK}")


def state(step: Step, seen: World, lens: Lens) -> Markup:
    """« ▲ à surveiller », which leads to its explanation; nothing where there is none."""
    if step.progress.state in SAYS_NOTHING:
        return Markup()
    word = tables.sign(PROGRESS_SIGNS[step.progress.state], step.progress.state.label)
    return tables.explained(word, about(seen, lens, Kind.PROGRESS, indicator=step.definition.code))
