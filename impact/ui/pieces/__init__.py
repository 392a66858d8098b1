"""Pieces of evidence on screen: said (their words), viewer (what is in them), and what a region does with them.

said and viewer know nothing of who shows them: the entry sheet and the review both do.
"""
