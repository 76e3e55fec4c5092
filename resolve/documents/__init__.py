"""Running text -> Document: its mentions, each with the decision that the document allows.

words     text -> words, with their places; what each is, looked up once   words.py, word.py
runs      stretches of words that may name an actor                        cased.py, caseless.py
mentions  which of them do, alone or since the text has the name elsewhere mentions.py, echoes.py
context   what the document says beside the name, in bits                  context.py
document  spans, repeated passages, unknown names, names inside others     tagging.py
actors    who is in many documents, and the unresolved                     actors.py
formats   how a document is written                                        formats
"""
