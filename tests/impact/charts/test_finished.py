import plotly.graph_objects as go
import plotly.io as pio
import pytest

from impact.charts.finished import Finished


def test_a_finished_figure_travels_like_the_plain_one_and_is_copied_once(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = go.Figure(go.Scatter(x=["T1", "T2"], y=[1.5, None]), layout={"height": 420})
    finished = Finished(plain)
    sent = pio.to_json(finished.to_dict(), validate=False)
    monkeypatch.setattr(go.Figure, "to_dict", lambda _: pytest.fail("copied again"))
    assert pio.to_json(finished.to_dict(), validate=False) == sent
    monkeypatch.undo()
    assert pio.to_json(plain.to_dict(), validate=False) == sent
