"""Finding kinds by what people type: English or Japanese names, parts of them, and initials ("sps", "dcg")."""

from __future__ import annotations

import re
import unicodedata

from model.catalog.catalog import Catalog
from model.catalog.rules import Kind


def kinds_like(catalog: Catalog, text: str) -> tuple[Kind, ...]:
    """The kinds that fit a text, those that fit best first, else in catalog order; all of them for no text.

    Case, width, spaces, hyphens and long vowels do not matter. A whole name fits best, then initials, then the
    beginning of a name, of a word, and any part of a name.
    """
    wanted = _bare(text)
    if not wanted:
        return catalog.kinds
    ranked = [(_rank(kind, wanted), number, kind) for number, kind in enumerate(catalog.kinds)]
    return tuple(kind for rank, _, kind in sorted(ranked, key=lambda each: each[:2]) if rank < _NO_FIT)


_NO_FIT = 5


def _rank(kind: Kind, wanted: str) -> int:
    names = (kind.name.en, kind.name.ja, kind.id)
    bare = [_bare(name) for name in names]
    words = [word for name in names for word in _words(name)]
    return next(
        rank
        for rank, fits in enumerate(
            (
                wanted in bare,
                any(wanted in _initials(name) for name in names),
                any(name.startswith(wanted) for name in bare),
                any(word.startswith(wanted) for word in words),
                any(wanted in name for name in bare),
                True,
            )
        )
        if fits
    )


def _initials(name: str) -> list[str]:
    """The first letters of two or more words in a row, up to the last."""
    letters = "".join(word[0] for word in _words(name))
    return [letters[first:] for first in range(len(letters) - 1)]


def _words(name: str) -> list[str]:
    return [_bare(word) for word in re.findall(r"\w+", unicodedata.normalize("NFKC", name)) if _bare(word)]


def _bare(text: str) -> str:
    return re.sub(r"[\W_ー]+", "", unicodedata.normalize("NFKC", text).casefold())
