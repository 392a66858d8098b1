"""Pure: a DataFrame in, a plotly figure out; each function states its frame's columns."""
