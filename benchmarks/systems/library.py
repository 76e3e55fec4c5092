"""What a system says of the libraries that it stands on: whether they are there, and which."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

__all__ = ["Library"]

REMEDY = "pip install 'resolve-names[bench]'"


class Library:
    """A system on installed libraries: `distributions` names them, the one that it is first."""

    distributions: tuple[str, ...] = ()

    def missing(self) -> str | None:
        """Return what isn't installed and how to install it, or None if all is there."""
        absent = [name for name in self.distributions if not _version(name)]
        if not absent:
            return None
        verb = "isn't" if len(absent) == 1 else "aren't"
        return f"{' and '.join(absent)} {verb} installed: {REMEDY}"

    def version(self) -> str:
        """Return the versions of those that are installed, as `rapidfuzz 3.14.6`."""
        found = ((name, _version(name)) for name in self.distributions)
        return ", ".join(f"{name} {number}" for name, number in found if number)


def _version(distribution: str) -> str | None:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return None
