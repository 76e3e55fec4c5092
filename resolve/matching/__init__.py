"""Name x name -> evidence, in bits that add up term by term.

    keys         under which a form is found, in any script    keys.py, lookup.py, index.py
    hearing      which of those are worth comparing            hearing.py
    similarity   what one form says for another                similarity.py, translations.py
    alignment    which part answers to which                   alignment.py, joins.py, words.py
    evidence     whole names, scored and explained             comparison.py, evidence.py
    shelf        the names of a gazetteer, searched            shelf.py

`slots.py` and `form.py` are the words that they share.
"""
