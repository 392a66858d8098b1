"""One region: its indicators, its states, what is late."""
