"""What it takes to link to gazetteers of up to a million actors; the track is `tracks.scale`.

    child      a function called in a new Python, on one thread, with the compiler or without
    building   a data package -> an index file: time, memory, size; and how soon it is open
    asking     names in batch and one by one, of us and of each peer, and what is found
    sharing    the memory of two processes that have one index
    pairs      pairs of names a second: their alignment alone, and all of their evidence
    start      a new process to a first decision, with the gazetteer that ships
    tables     all of it as tables and curves

Each of them is measured in a process of its own: what one holds in memory is no other's.
"""
