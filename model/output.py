"""What leaves a design, kept with it: output jobs, each a list of files with their options."""

from __future__ import annotations

from typing import Literal

Encoding = Literal["utf-8", "cp932"]
"""How tables are written as text; cp932 is the Japanese Windows code page."""

SCALE = 2.0
"""Pixels a scene pixel: sharp on today's screens and at 190 dpi on paper."""
