"""Gazetteers from other formats, one file a format; each gives the same `Contents`."""
