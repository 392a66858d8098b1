"""Pieces of evidence on screen: said (their words), viewer (what is in them), and what a region does with them.

attached is their part of a figure's form, deposit and changing its panels, region the list of them all; fields, files
and reads are what the panels are made of, acts writes. said and viewer know nothing of who shows them: the entry sheet
and the review both do.
"""
