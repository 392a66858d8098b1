"""The parts of a screen, one of them shown: links, so that each has its address and the back button its way."""

from collections.abc import Mapping

from markupsafe import Markup

from impact.ui import page


def draw(label: str, parts: Mapping[str, tuple[str, str]], here: str) -> None:
    """label: what they are parts of, for screen readers. parts: code -> (name, address). here: the code shown."""
    links = Markup().join(
        Markup('<a href="{}" target="_self"{}>{}</a>').format(
            address, Markup(' aria-current="page"') if code == here else Markup(), name
        )
        for code, (name, address) in parts.items()
    )
    page.html(Markup('<nav class="imp-parts" aria-label="{}">{}</nav>').format(label, links))
