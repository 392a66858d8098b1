"""The review: queue (its filters and lines), detail (the open figure), validated (what may be reopened), acts."""
