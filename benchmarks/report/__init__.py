"""The page of a run: `benchmarks/report/index.html`, one file that needs nothing else.

    page       a run -> HTML                    page.html.j2, page.css, sections.toml
    tables     a Table -> cells as they are read    text.py: numbers, names, sentences
    plots      Curves -> SVG                    styles.py, labels.py; svg.py fits it in
    cases      Cases -> lists by kind, terms in bits
    headline   the merges track -> the figures that stand first
    goals      goals.toml and the results -> where we stand

Needs the extra `[bench]` (jinja2, matplotlib).
"""
