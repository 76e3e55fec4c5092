"""Persons who don't exist, what they are called, and how others write it.

    chance      lots for whatever has a number, in any order
    stock       stems with their spellings, by how often lists have them; endings that coin more
    writing     a name as Latin, Arabic or Turkish writers spell it, with their habits
    slips       a name with so many letters mistyped
    world       so many actors and their names, made up as they are asked for
    mentions    names that mean one of them, by class, or nobody

The endings and the habits are tables: `endings.tsv`, `respellings.tsv`. See `datasets.synthetic`.
"""
