"""What sessions share is made once, by one of them."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest

from impact.ui.kept import kept


def test_the_same_question_is_answered_once_even_when_several_ask_together() -> None:
    made: list[str] = []
    began, go = Event(), Event()

    @kept(4)
    def answer(question: str) -> object:
        made.append(question)
        began.set()
        go.wait(10)
        return object()

    with ThreadPoolExecutor(3) as people:
        first = people.submit(answer, "a")
        assert began.wait(10)
        others = [people.submit(answer, "a") for _ in range(2)]
        go.set()
        assert {id(one.result(10)) for one in (first, *others)} == {id(answer("a"))}
    assert made == ["a"]


def test_another_question_does_not_wait() -> None:
    together = Barrier(2)

    @kept(4)
    def answer(question: str) -> str:
        together.wait(10)  # breaks unless both are being answered at the same time
        return question

    with ThreadPoolExecutor(2) as people:
        assert list(people.map(answer, "ab")) == ["a", "b"]


def test_an_error_is_not_kept_and_frees_who_waits() -> None:
    said = iter([ValueError("base occupée"), None])

    @kept(4)
    def answer(question: str) -> str:
        if error := next(said):
            raise error
        return question

    with pytest.raises(ValueError, match="occupée"):
        answer("a")
    assert answer("a") == "a"


def test_the_oldest_answers_leave() -> None:
    made: list[int] = []

    @kept(2)
    def answer(question: int) -> int:
        made.append(question)
        return question

    for question in (1, 2, 1, 3, 1, 2):
        answer(question)
    assert made == [1, 2, 3, 2]
