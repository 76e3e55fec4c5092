"""News that nobody wrote: articles in English, Arabic and Turkish, with who is named where.

    templates     sentences with slots for names, common words, days and figures
    words         what fills the slots: words as often as texts have them, inflected, so that new
                  ones keep coming; days, months, figures
    casts         who is in an article: actors of the gazetteer, respelled or not, and strangers
    articles      so many bytes of articles, and each name that was planted

Sentences, days, what words take and what unknown actors are called are tables: `templates.tsv`,
`calendar.tsv`, `inflections.tsv`, `unknown.tsv`.
"""
