"""Retours d’expérience: found by chantier, region and words, read like an article, written and published by teams."""
