"""What makes the file PDF/A-2b: a colour profile, metadata that repeat what the file says of itself, nothing else.

Written here rather than by a finishing pass: the same bytes each time, and no further library to install.
"""

from __future__ import annotations

import struct
from typing import Any, NamedTuple

from exports.markup import escaped

MADE = "2000-01-01T00:00:00+00:00"
"""The time of making that reportlab writes where equal reports have to give equal bytes."""


class Said(NamedTuple):
    """What a file says of itself; empty texts are left out."""

    title: str
    author: str
    subject: str
    keywords: str
    creator: str
    producer: str


def declare(document: Any, said: Said) -> None:
    """Add colour profile and metadata to reportlab's document object, whose pages are all there."""
    from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFPage, PDFStream, PDFString

    profile = PDFStream(PDFDictionary({"N": 3}), srgb_profile())
    intent = PDFDictionary(
        {
            "Type": PDFName("OutputIntent"),
            "S": PDFName("GTS_PDFA1"),
            "OutputConditionIdentifier": PDFString("sRGB"),
            "Info": PDFString("sRGB IEC61966-2.1"),
            "DestOutputProfile": document.Reference(profile),
        }
    )
    kind = {"Type": PDFName("Metadata"), "Subtype": PDFName("XML")}
    catalog = document.Catalog
    catalog.Metadata = PDFStream(PDFDictionary(kind), metadata_packet(said), filters=[])
    catalog.OutputIntents = PDFArray([intent])
    for page in document.idToObject.values():
        if isinstance(page, PDFPage):
            page.Trans = None  # reportlab gives every page an empty transition, which no reader needs
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]


def metadata_packet(said: Said) -> bytes:
    """The XMP packet."""
    texts = "".join(
        f"<{name}><rdf:{many}><rdf:li{mark}>{escaped(text)}</rdf:li></rdf:{many}></{name}>"
        for name, many, mark, text in (
            ("dc:title", "Alt", ' xml:lang="x-default"', said.title),
            ("dc:creator", "Seq", "", said.author),
            ("dc:description", "Alt", ' xml:lang="x-default"', said.subject),
        )
        if text
    )
    plain = "".join(
        f"<{name}>{escaped(text)}</{name}>"
        for name, text in (
            ("pdf:Keywords", said.keywords),
            ("pdf:Producer", said.producer),
            ("xmp:CreatorTool", said.creator),
            ("xmp:CreateDate", MADE),
            ("xmp:ModifyDate", MADE),
            ("xmp:MetadataDate", MADE),
            ("pdfaid:part", "2"),
            ("pdfaid:conformance", "B"),
        )
        if text
    )
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"'
        ' xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">'
        f"{texts}{plain}</rdf:Description></rdf:RDF></x:xmpmeta>"
        '<?xpacket end="w"?>\n'
    ).encode()


# The profile. Numbers are those of IEC 61966-2-1, adapted to the D50 white of profiles as the ICC prescribes.

_WHITE = (0.9642, 1.0, 0.82491)
_ADAPTED = (1.04788, 0.02292, -0.0502, 0.02959, 0.99048, -0.01706, -0.00923, 0.01508, 0.75168)
_PRIMARIES = {
    "rXYZ": (0.43607, 0.22249, 0.01392),
    "gXYZ": (0.38515, 0.71687, 0.09708),
    "bXYZ": (0.14307, 0.06061, 0.71410),
}
_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
"""(a·x + b)^g where x is at least d, else c·x: written as g, a, b, c, d."""


def srgb_profile() -> bytes:
    """An ICC profile (version 4.3) of the sRGB colour space."""
    curve = b"para" + struct.pack(">IHH", 0, 3, 0) + _fixed(_CURVE)
    tags = {
        "desc": _words("sRGB"),
        "cprt": _words("No copyright, use freely"),
        "wtpt": _xyz(_WHITE),
        "chad": b"sf32" + bytes(4) + _fixed(_ADAPTED),
        **{name: _xyz(place) for name, place in _PRIMARIES.items()},
        "rTRC": curve,
        "gTRC": curve,
        "bTRC": curve,
    }
    places: dict[bytes, int] = {}
    table, data = b"", b""
    begin = 128 + 4 + 12 * len(tags)
    for name, content in tags.items():
        if content not in places:
            places[content] = begin + len(data)
            data += content + bytes(-len(content) % 4)
        table += name.encode() + struct.pack(">II", places[content], len(content))
    size = begin + len(data)
    header = struct.pack(
        ">I4sI4s4s4s6H4s4sIIIQI",
        size,
        bytes(4),
        0x04300000,
        b"mntr",
        b"RGB ",
        b"XYZ ",
        *(2000, 1, 1, 0, 0, 0),
        b"acsp",
        bytes(4),
        0,
        0,
        0,
        0,
        0,
    )
    header += _fixed(_WHITE) + bytes(48)
    return header + struct.pack(">I", len(tags)) + table + data


def _fixed(numbers: tuple[float, ...]) -> bytes:
    """Numbers with 16 bits after the point."""
    return b"".join(struct.pack(">i", round(number * 65536)) for number in numbers)


def _xyz(place: tuple[float, ...]) -> bytes:
    return b"XYZ " + bytes(4) + _fixed(place)


def _words(text: str) -> bytes:
    said = text.encode("utf-16-be")
    return b"mluc" + struct.pack(">III2s2sII", 0, 1, 12, b"en", b"US", len(said), 28) + said
