"""What sessions share: made once for the same question, and never changed after.

    @kept(32)
    def world(key: Key) -> World: ...

A look-up costs microseconds where Streamlit's own caches, which take any argument apart, cost a third of a millisecond;
a page makes half a dozen, a screen of 55 small charts as many.
"""

from collections.abc import Callable
from threading import Condition
from typing import ParamSpec, TypeVar

from cachetools import LRUCache, cached

P = ParamSpec("P")
T = TypeVar("T")


def kept(most: int) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Keep the answers to the last `most` questions, whose arguments are hashable.

    Who asks while another is making the same answer waits for it: no function may ask itself its own question. An error
    is nobody else's, and is not kept. Never call st.* inside: Streamlit stops scripts at such calls.
    """
    return cached(LRUCache(most), condition=Condition())
