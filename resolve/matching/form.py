"""A form and the alphabet it is written in: the smallest thing that the evidence compares."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Form"]


class Form(NamedTuple):
    """Letters without case, marks and spelling habits, and their script.

    The script is an ISO 15924 code of `resolve.names.fold.ALPHABETS`, or `Zyyy` for a number.
    """

    text: str
    script: str
