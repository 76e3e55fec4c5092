"""Evidence -> Decision: what the bits are worth, what follows from them, and why.

    probability  what evidence is worth, against the prior     calibration.py
    decision     LINK, REVIEW or NIL                           decision.py
    reason       in words, read off the terms                  explanation.py
    clusters     the variants of one unknown actor             clusters.py

Nothing here compares names: the evidence comes from `resolve.matching`.
"""
