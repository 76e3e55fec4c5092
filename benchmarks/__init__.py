"""Measures how precise the merges are, beside the open matchers: `python -m benchmarks`.

    datasets   labelled names, pairs and transliterations, each with its card
    systems    ours and the peers, one file each, behind `benchmarks.protocol`
    tracks     merges, pairs, candidates, transliteration, speed, seeds, ablations
    metrics    what the figures mean
    report     one page of tables, curves and the worst errors
    runs       frozen results, to compare with

Only the public surface of `resolve` and `gazetteer` is used, but for the ablations, for what the
training held out and the constants were fitted to, and for the keys that tell names in common.
"""
