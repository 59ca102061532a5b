"""What leaves a design, kept with it: output jobs, each a list of files with their options."""

import re
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from model.catalog.rules import Identifier
from model.design.columns import Shown
from model.design.fields import Line, Name, Several
from model.frozen import Frozen
from model.sentences import told
from model.shapes.theme import ThemeName

Encoding = Literal["utf-8", "cp932"]
"""How tables are written as text; cp932 is the Japanese Windows code page."""

SCALE = 2.0
"""Pixels a scene pixel: sharp on today's screens and at 190 dpi on paper."""
MAX_JOBS = 100
MAX_OUTPUTS = 60
MAX_RULES = 20
MAX_GROUPS = 500
PLACEHOLDERS = ("design", "title", "change", "revision", "scenario", "format", "language", "date")
"""What the name of a file may be made of, in braces."""
PATTERN = "{design}"

_BRACES = re.compile(r"\{([^{}]*)\}")


def _pattern(text: str) -> str:
    names = _BRACES.findall(text)
    unknown = [name for name in names if name not in PLACEHOLDERS]
    if unknown or set(_BRACES.sub("", text)) & set("{}"):
        wrong = f"{{{unknown[0]}}}" if unknown else "a single brace"
        raise ValueError(
            told(
                "{wrong} stands for nothing; there is {known}",
                wrong=wrong,
                known=", ".join(f"{{{n}}}" for n in PLACEHOLDERS),
            )
        )
    if not text:
        raise ValueError(told("a name is made of something; write {pattern}, for example", pattern=PATTERN))
    return text


Pattern = Annotated[Line, AfterValidator(_pattern)]


def attachment(text: str) -> tuple[str, str]:
    """The security group and the component in a text such as "sg-0123=web-1". Raises ValueError."""
    group, equals, component = (part.strip() for part in text.partition("="))
    if not (group and equals and component):
        raise ValueError(
            told("{text!r} does not attach a group; write GROUP=COMPONENT, such as sg-0123=web-1", text=text)
        )
    return group, component


def _attachment(text: str) -> str:
    return "=".join(attachment(text))


Attachment = Annotated[Line, AfterValidator(_attachment)]


class Output(Frozen):
    """One file that is written. What a format has no use for is left out of account.

    `sections` by number and `columns` by block or id: none means all there are, or those shown on screen. `headings`:
    their language where it is another; `scale`: of pictures in percent. `accept`: flows that the format cannot
    express are left out.
    """

    format: Identifier
    language: Shown = "en"
    sections: Annotated[Several[Annotated[int, Field(ge=0, le=17)]], Field(max_length=18)] = ()
    columns: Annotated[Several[Identifier], Field(max_length=60)] = ()
    headings: Shown | None = None
    theme: ThemeName = "paper"
    scale: Annotated[int, Field(ge=25, le=800)] = 200
    encoding: Encoding = "utf-8"
    accept: bool = False


class Job(Frozen):
    """Files that are written together, as often as wanted.

    `folder` and `baseline` (a design, or REVISION:PATH in git) are meant from the design's folder; no baseline:
    what changes is shown against the design as saved where there are `scenarios`. `pattern` names the files.
    `profile`: a file with the report profile, from the same folder, in place of the design's own.
    `rules`: files with rules that firewalls have now, from the same folder; `rules_at`: the component whose they are,
    where they are not those of firewalls in the path; `rules_groups`: the components that security groups are for.
    """

    id: Identifier
    name: Name
    outputs: Annotated[Several[Output], Field(min_length=1, max_length=MAX_OUTPUTS)]
    scenarios: Annotated[Several[Identifier], Field(max_length=20)] = ()
    baseline: Line = ""
    rules: Annotated[Several[Line], Field(max_length=MAX_RULES)] = ()
    rules_at: Identifier | None = None
    rules_groups: Annotated[Several[Attachment], Field(max_length=MAX_GROUPS)] = ()
    profile: Line = ""
    folder: Line = ""
    pattern: Pattern = PATTERN


def with_job(jobs: tuple[Job, ...], job: Job) -> tuple[Job, ...]:
    """The jobs with one put in place of that of the same id, or added."""
    if any(each.id == job.id for each in jobs):
        return tuple(job if each.id == job.id else each for each in jobs)
    return (*jobs, job)


def filled(pattern: str, values: dict[str, str]) -> str:
    """A pattern with what its placeholders stand for."""
    return _BRACES.sub(lambda match: values.get(match[1], ""), pattern)
