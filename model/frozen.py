"""The base of every stored value: frozen, strict, and closed to unknown fields.

Modules of such values do without `from __future__ import annotations`: pydantic would compile the text of every field's
type anew, a fifth of what they take to load.
"""

from collections.abc import Generator
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict

Language = Literal["en", "ja"]


class Frozen(BaseModel):
    """An immutable value checked on construction. Strict: `true` is not 1 and "1" is not 1."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, allow_inf_nan=False, populate_by_name=True, defer_build=True
    )

    def __iter__(self) -> Generator[tuple[str, Any], None, None]:
        """The fields and their values, for `dict(…)`; pydantic's own would also give cached properties."""
        for name in type(self).model_fields:
            yield name, getattr(self, name)

    def evolve(self, **changes: Any) -> Self:
        """A checked copy with `changes` applied; untouched parts keep their identity.

        Raises pydantic's ValidationError. (`model_copy(update=…)` would not check.)
        """
        return type(self).model_validate(dict(self) | changes)


class Bilingual(Frozen):
    """One text in English and Japanese."""

    en: str
    ja: str

    def text(self, language: Language) -> str:
        """The text in one language."""
        return self.ja if language == "ja" else self.en
