"""The entry sheet: choice (which one), listing (its indicators), answer (the open one), submitting (its foot).

reference, fields, conflict and locked are what `answer` is made of; form holds the texts, acts writes.
"""
