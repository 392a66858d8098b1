"""The parts of the screens that administer and take away: accounts, calendar, journal, exports, legal texts."""
