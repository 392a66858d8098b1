"""The screen of definitions: the list and its search, one indicator's sheet, its revision."""
