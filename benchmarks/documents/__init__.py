"""What is found in running text, and how fast; the track is `tracks.documents`.

gold       the passages and the five articles, with what stands in them
judging    mentions and decisions held against gold: what is right, and every error
texts      news that nobody wrote, and the gazetteer that it names, as files
tagging    so many MB tagged in a process of its own, language by language
exact      the peer: every name of the gazetteer found letter for letter (Aho-Corasick)
stream     a long text through `resolve tag -`: what it holds in memory as it goes
tables     all of it as tables
"""
