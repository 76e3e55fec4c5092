"""What the one who imports can ask for, as one frozen value."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

__all__ = ["Options"]


class Options(msgspec.Struct, frozen=True):
    """Each format documents which of these it reads; what is empty asks for nothing.

    `columns` maps a column of ours to the file's own (`id` to `QID`); `countries` are ISO 3166-1
    alpha-2 codes, `instance_of` Wikidata classes (`Q5`), `languages` ISO 639-3 codes: only what
    is of one of them is taken.
    """

    columns: Mapping[str, str] = {}
    countries: frozenset[str] = frozenset()
    instance_of: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()

    def given(self) -> frozenset[str]:
        """The options that ask for something.

        >>> Options(countries=frozenset({"LY"})).given()
        frozenset({'countries'})
        """
        return frozenset(field for field in self.__struct_fields__ if getattr(self, field))
