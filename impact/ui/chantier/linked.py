"""A link of the results chain in words and a sign, and why it is so."""

from markupsafe import Markup

from impact.claims import grade
from impact.formats import capital
from impact.presentation.links import Said, Tie, why
from impact.ui import tables
from impact.ui.page import typeset
from impact.vocabulary import LINK_SIGNS, LinkState
from impact.world import World

HOW_TO_READ = (
    "Entre deux étapes, un lien est ○ une hypothèse ; ◐ observé quand une même région a un chiffre validé aux deux "
    "bouts pour une même période, ce qui ne prouve pas la cause ; ● établi par une affirmation P3 ou plus au "
    "résultat favorable ; ✕ contredit par une affirmation P2 ou plus, sans effet ou défavorable, et il le reste."
)


def word(tie: Tie) -> Markup:
    """« ◐ observé »"""
    return tables.sign(LINK_SIGNS[tie.state], tie.state.label)


def linked(tie: Tie, world: World) -> Markup:
    """The word, which opens on what makes it so: figures seen together, and claims with their level."""
    lines = [Markup("<p>{}.</p>").format(typeset(capital(why(tie, world))))]
    if tie.claims:
        lines.append(Markup("<ul>{}</ul>").format(Markup().join(map(_claim, tie.claims))))
    elif tie.state in (LinkState.HYPOTHESIS, LinkState.OBSERVED):
        lines.append(Markup("<p>{}</p>").format("Aucune affirmation lue ne porte sur ce lien."))
    return Markup(
        '<details class="imp-tie" title="{}"><summary>Lien<span class="imp-hidden"> de {} à {}</span> {}</summary>{}'
        "</details>"
    ).format(capital(why(tie, world)), tie.before.label, tie.after.label, word(tie), Markup().join(lines))


def _claim(one: Said) -> Markup:
    """« 22-1 P3 comparé, effet attendu : … »"""
    told = f"{grade(one.judged.level)}, {one.judged.finding.label}"
    if one.is_past:
        told += ", modifiée depuis, à relire"
    return Markup('<li><a href="affirmations?affirmation={0}" target="_self">{0}</a> {1} : {2}</li>').format(
        one.key, told, one.sentence
    )
