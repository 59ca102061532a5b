"""Report profiles and output jobs for tests: drawn by hypothesis, and by a plain seeded generator."""

from __future__ import annotations

import io
import random
from functools import cache

from hypothesis import strategies as st
from PIL import Image

from model.design.output import Job, Output
from model.design.profile import Logo, Profile, logo_of

SVG_LOGO = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40"><style>.a{fill:#0b3f93}</style>'
    b'<g transform="translate(4 4)"><path class="a" d="M0 32V0h8l12 20L32 0h8v32h-8V14L20 34 8 14v18z"/>'
    b'<circle cx="62" cy="16" r="14" style="fill:#ffc20e"/>'
    b'<rect x="84" y="2" width="26" height="28" rx="5" fill="none" stroke="#c8102e" stroke-width="4"/></g></svg>'
)


@cache
def png_logo() -> bytes:
    """A PNG with transparent, red and blue quarters."""
    image = Image.new("RGBA", (60, 40), (0, 0, 0, 0))
    image.paste((200, 16, 46, 255), (0, 0, 30, 20))
    image.paste((11, 63, 147, 255), (30, 20, 60, 40))
    data = io.BytesIO()
    image.save(data, "PNG")
    return data.getvalue()


@cache
def logos() -> tuple[Logo, ...]:
    """One of each sort."""
    return logo_of(png_logo()), logo_of(SVG_LOGO)


TEXTS = ("", "Example Corp.", "株式会社サンプル", "<b>=1+1</b>", 'a "b" & c')
FORMATS = ("pdf", "csv", "xlsx", "svg", "mainframe")


def random_profile(rng: random.Random) -> Profile:
    """A profile that uses every field now and then."""
    return Profile(
        company=rng.choice(TEXTS),
        logo=rng.choice((None, None, *logos())),
        paper=rng.choice(("a4", "a3", "letter")),
        orientation=rng.choice(("landscape", "portrait")),
        approvers=tuple(rng.sample(("CAB", "情報システム部長", "Security & risk"), rng.randint(0, 3))),
    )


def random_jobs(rng: random.Random) -> tuple[Job, ...]:
    """Some jobs."""
    return tuple(
        Job(
            id=f"job-{number}",
            name=rng.choice(("Change board", "変更審査", "a / b")),
            outputs=tuple(
                Output(
                    format=rng.choice(FORMATS),
                    language=rng.choice(("en", "ja", "both")),
                    sections=rng.choice(((), (1, 3, 5))),
                    columns=rng.choice(((), ("core", "audit"), ("port",))),
                    headings=rng.choice((None, "both")),
                    scale=rng.choice((100, 200)),
                    accept=rng.random() < 0.5,
                )
                for _ in range(rng.randint(1, 3))
            ),
            baseline=rng.choice(("", "old.portchart", "HEAD:x")),
            rules=("fw.csv", "rules/既存.csv") if number else (),
            rules_at="relay-1" if number else None,
            rules_groups=("sg-0123=relay-1", "業務=web-1") if number else (),
            profile=rng.choice(("", "whose.json")),
            folder=rng.choice(("", "out")),
            pattern=rng.choice(("{design}", "{change} {language}")),
        )
        for number in range(rng.randint(0, 2))
    )


@st.composite
def profiles(draw: st.DrawFn) -> Profile:
    """Any profile."""
    return random_profile(random.Random(draw(st.integers(0, 2**32))))


@st.composite
def several_jobs(draw: st.DrawFn) -> tuple[Job, ...]:
    """Any jobs."""
    return random_jobs(random.Random(draw(st.integers(0, 2**32))))
