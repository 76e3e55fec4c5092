"""The gazetteers that commands take by path and write to a folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from resolve.cli.options import SHIPPED
from resolve.errors import InputError, OptionError

if TYPE_CHECKING:
    from gazetteer import Gazetteer
    from gazetteer.merging import Merged

__all__ = ["opened", "opened_merged", "package", "target"]


def opened(path: str) -> Gazetteer:
    """The gazetteer at `path`; the one that ships for `default`."""
    import gazetteer

    return gazetteer.load(None if path == SHIPPED else path)


def opened_merged(path: str, new: bool = False) -> Merged:
    """The gazetteer at `path` with the origins of what was folded in it.

    If it may be `new` and nothing is there, one that knows nobody.
    """
    from gazetteer import Gazetteer
    from gazetteer.merging import Merged
    from gazetteer.origins import Origins, load_origins

    if new and _may_begin(path):
        return Merged(Gazetteer(name=Path(path).name), Origins((), {}))
    found, folder = opened(path), package(path)
    origins = load_origins(folder, found.redirects) if folder else Origins((), {})
    return Merged(found, origins)


def target(path: str, output: str | None, new: bool = False) -> Path:
    """The folder that a changed gazetteer is written to: `output`, else that of `path` itself.

    If it may be `new`, nothing need be there.

    Raises OptionError where neither is one, InputError where a folder holds anything else.
    """
    from gazetteer.descriptor import DESCRIPTOR
    from gazetteer.origins import FOLDER
    from gazetteer.replacement import is_vacant

    folder = Path(output) if output else package(path)
    if folder is None and new and _may_begin(path):
        folder = Path(path)
    if folder is None:
        raise OptionError(f"{path} is not a data package: say with -o DIR where to write")
    # A merge that was cut short may have left the origins alone.
    known = (folder / DESCRIPTOR).exists() or (folder / FOLDER / DESCRIPTOR).exists()
    if not (known or is_vacant(folder)):
        what = f"-o {folder}: is there and is no gazetteer"
        raise InputError(f"{what} (give a new folder, an empty one, or a gazetteer)")
    return folder


def _may_begin(path: str) -> bool:
    """Whether a gazetteer may be begun at `path`: nothing is there."""
    return path != SHIPPED and not Path(path).exists()


def package(path: str) -> Path | None:
    """The folder of the data package at `path`; None for a plain table and the one that ships."""
    from gazetteer.descriptor import DESCRIPTOR

    if path == SHIPPED:
        return None
    place = Path(path)
    if place.name == DESCRIPTOR and place.is_file():
        return place.parent
    return place if place.is_dir() else None
