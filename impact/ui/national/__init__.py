"""The country at a glance."""
