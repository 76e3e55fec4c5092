"""Make what ships ready made: `python -m resolve.shipped`.

To be run when a table, the gazetteer, the learned tables or the reading of names has changed;
a test compares what it makes with what ships.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from gazetteer import load
from resolve.index import Index
from resolve.matching import cognates, translations
from resolve.shipped import FOLDER

__all__ = ["main"]


def main(arguments: list[str] | None = None) -> None:
    """Write the files; progress on stderr."""
    parser = argparse.ArgumentParser(prog="python -m resolve.shipped", description=__doc__)
    parser.add_argument("-o", "--output", type=Path, default=FOLDER)
    folder: Path = parser.parse_args(arguments).output
    # The tables first: the index is read by them.
    cognates.save(folder)
    translations.save(folder)
    Index.of(load()).ship(folder)
    for path in sorted(folder.iterdir()):
        if path.suffix in {".idx", ".tables"}:
            print(f"{path.name}: {path.stat().st_size:,} bytes", file=sys.stderr)


if __name__ == "__main__":
    main()
