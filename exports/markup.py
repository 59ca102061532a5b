"""Texts for XML and HTML, safe wherever they stand."""

from __future__ import annotations

import re

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;", "\r": "&#13;"})


def escaped(text: str) -> str:
    """A text as element content or inside quotes; what XML cannot hold becomes U+FFFD. Line ends stay."""
    return _FORBIDDEN.sub("\ufffd", text).translate(_ESCAPES)


def attribute(text: str) -> str:
    """A text for an attribute in which line ends and tabs must survive."""
    return escaped(text).replace("\n", "&#10;").replace("\t", "&#9;")


def number(value: float) -> str:
    """A length with two decimals at most, never "-0"."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
