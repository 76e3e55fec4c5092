"""Running text -> Document: its mentions, each with the decision that the document allows.

words      text -> words, with their places; what each word is, looked up once    words.py
proposals  stretches of words that may name an actor                              latin.py, caseless.py
mentions   the proposals that stand, none over another                            mentions.py
context    what the document says beside the name, in bits                        context.py
document   spans, repeated passages                                               tagging.py
actors     who is in many documents, and the unresolved                           actors.py
"""
