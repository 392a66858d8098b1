"""English that would leak through: Streamlit's, the browser's libraries', or ours."""

import re

from playwright.sync_api import Page

ENGLISH = re.compile(
    r"\b(the|and|press|enter|submit|loading|search|select|choose|browse|upload|download|drag|drop|file|sidebar|settings"
    r"|open|more|less|view|show|hide|fullscreen|zoom|reset|error|warning|running|please|wait|page not found"
    r"|january|february|march|april|june|july|august|october|december|clear|remove|expand|collapse|copy)\b",
    re.IGNORECASE,
)
_SAID = """() => {
  const seen = [document.body.innerText];
  for (const element of document.body.querySelectorAll("[aria-label], [title], [placeholder], [alt]"))
    for (const name of ["aria-label", "title", "placeholder", "alt"])
      if (element.checkVisibility() && element.getAttribute(name)) seen.push(element.getAttribute(name));
  return seen.join("\\n");
}"""
_NAMES = re.compile(r"\b(Open Document|CSV ouvert|SHA-256)\b")


def english_words(page: Page) -> list[str]:
    """English words that a person sees or hears on the page, with the line they stand in."""
    lines = page.evaluate(_SAID).splitlines()
    return [line for line in lines if ENGLISH.search(_NAMES.sub("", line))]
