"""Labelled names, pairs and spellings: each list is read as it is, where it lies."""
