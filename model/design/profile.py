"""The report profile: whose document it is, on which paper, and who approves it."""

import base64
import binascii
import struct
import zlib
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, ValidationError, model_validator

from model.design.fields import Line, Name, Several
from model.frozen import Frozen
from model.sentences import reason_of, told
from model.shapes.vector import Vector, read_svg

PaperSize = Literal["a4", "a3", "letter"]
Orientation = Literal["landscape", "portrait"]
Media = Literal["image/png", "image/svg+xml"]

MAX_LOGO = 256 * 1024
"""Bytes of a logo's file."""
MAX_SIDE = 4_000
"""Pixels of a PNG logo's longer side."""
MAX_APPROVERS = 8

_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def _png_problem(data: bytes) -> str:
    """What is wrong with a PNG, judged by its chunks; "" where nothing is."""
    if not data.startswith(_SIGNATURE) or data[12:16] != b"IHDR":
        return told("this is no PNG picture; save it again as PNG")
    place, kinds = len(_SIGNATURE), []
    while place < len(data):
        if place + 12 > len(data):
            return told("the PNG picture is cut off; save it again as PNG")
        (length,) = struct.unpack_from(">I", data, place)
        end = place + 12 + length
        if end > len(data):
            return told("the PNG picture is cut off; save it again as PNG")
        if zlib.crc32(data[place + 4 : end - 4]) != struct.unpack_from(">I", data, end - 4)[0]:
            return told("the PNG picture is damaged; save it again as PNG")
        kinds.append(data[place + 4 : place + 8])
        place = end
    if kinds[-1] != b"IEND" or b"IDAT" not in kinds:
        return told("the PNG picture is cut off; save it again as PNG")
    width, height = struct.unpack_from(">II", data, 16)
    if not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE):
        return told(
            "the picture has {width:,} × {height:,} pixels, more than {most:,} a side; make it smaller",
            width=width,
            height=height,
            most=MAX_SIDE,
        )
    return ""


class Logo(Frozen):
    """A picture file, in base 64: PNG, or an SVG of shapes in plain colours (see `vector`)."""

    media: Media
    data: Annotated[str, StringConstraints(max_length=-(-MAX_LOGO // 3) * 4)]

    @cached_property
    def bytes(self) -> bytes:
        """The file."""
        return base64.b64decode(self.data, validate=True)

    @cached_property
    def vector(self) -> Vector | None:
        """The shapes of an SVG; None for a PNG."""
        return read_svg(self.bytes) if self.media == "image/svg+xml" else None

    @property
    def aspect(self) -> float:
        """Width over height."""
        if self.vector is not None:
            return self.vector.size.width / self.vector.size.height
        width, height = struct.unpack_from(">II", self.bytes, 16)
        return float(width / height)

    @model_validator(mode="after")
    def _usable(self) -> Self:
        try:
            data = base64.b64decode(self.data, validate=True)
        except (binascii.Error, ValueError):
            raise ValueError(told("the logo is not written in base 64; choose its file again")) from None
        if self.media == "image/svg+xml":
            read_svg(data)
        elif problem := _png_problem(data):
            raise ValueError(problem)
        return self


def logo_of(data: bytes) -> Logo:
    """The logo in a file, PNG or SVG by its content. Raises ValueError with a sentence without the file's name."""
    if len(data) > MAX_LOGO:
        raise ValueError(
            told(
                "the file has {size:,} KiB, more than {most}; make it smaller",
                size=len(data) // 1024,
                most=MAX_LOGO // 1024,
            )
        )
    media: Media = "image/png" if data.startswith(b"\x89PNG") else "image/svg+xml"
    if media == "image/svg+xml" and b"<svg" not in data:
        raise ValueError(told("this is neither a PNG nor an SVG picture; choose another file"))
    try:
        return Logo(media=media, data=base64.b64encode(data).decode("ascii"))
    except ValidationError as error:
        raise ValueError(reason_of(error.errors(include_url=False)[0]["ctx"]["error"])) from None


class Profile(Frozen):
    """Whose report it is. `approvers`: the roles that sign, first to last; none: those usual for a change board.

    `orientation` holds for pages of text; drawings and the matrix are always in landscape.
    """

    company: Line = ""
    logo: Logo | None = None
    paper: PaperSize = "a4"
    orientation: Orientation = "landscape"
    approvers: Annotated[Several[Name], Field(max_length=MAX_APPROVERS)] = ()


NO_PROFILE = Profile()
"""The profile of a design that has none of its own."""
