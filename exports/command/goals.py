"""`portchart goals`: which goals a design meets, and what would meet the others."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence

from exports.changes import verdict_data
from exports.command.howto import GIVEN_UP, IMPOSSIBLE, UNAVOIDABLE, flow_lines, way_lines
from exports.command.opened import opened
from exports.command.scenarios import with_scenarios
from exports.command.terminal import write_bytes, write_text
from exports.plain import json_text
from model.derivation.graph import FlowGraph
from model.design.columns import SENTENCES, listed, same, with_note
from model.errors import ChangeError
from model.frozen import Bilingual, Language
from model.sentences import told
from model.whatif.goals import GOALS, Goal, Verdict, judged

MET = Bilingual(en="met", ja="達成")
BROKEN = Bilingual(en="broken by {} flows", ja="違反する通信 {} 件")
NEVER = Bilingual(en="The rules allow no way.", ja="ルール上、達成する方法はありません。")
SHOWN = 3
"""How many ways are printed; --json has all that were found."""


def goals(arguments: Namespace) -> int:
    """Print the verdicts; 0 where every goal is met, else 1. Raises ChangeError for a goal that does not exist."""
    chosen = _chosen(arguments.goals)
    graph = with_scenarios(opened(arguments.design), arguments.scenarios).graph
    found = [judged(graph, goal) for goal in chosen]
    if arguments.json:
        write_bytes(json_text({"goals": [verdict_data(verdict) for verdict in found]}).encode())
    else:
        lines = [line for verdict in found for line in _lines(graph, verdict, arguments.language)]
        write_text("\n".join(lines) + "\n")
    return 0 if all(verdict.met for verdict in found) else 1


def _chosen(names: Sequence[str]) -> Sequence[Goal]:
    known = {goal.id: goal for goal in GOALS}
    for name in names:
        if name not in known:
            raise ChangeError(
                told("There is no goal {name}; there is {known}.", name=name, known=", ".join(known))
            )
    return [known[name] for name in dict.fromkeys(names)] or GOALS


def _lines(graph: FlowGraph, verdict: Verdict, language: Language) -> Iterator[str]:
    name = with_note(verdict.goal.name, same(verdict.goal.id)).text(language)
    if verdict.met:
        yield f"{name}: {MET.text(language)}"
        return
    yield f"{name}: {BROKEN.text(language).format(len(verdict.breaking))}"
    yield from flow_lines(graph, verdict.breaking, language)
    if verdict.unavoidable:
        yield f"  {listed([NEVER, UNAVOIDABLE], SENTENCES).text(language)}"
        yield from flow_lines(graph, verdict.unavoidable, language)
    elif verdict.answer is not None and verdict.answer.ways:
        yield from (f"  {line}" for line in way_lines(graph, verdict.answer.ways[:SHOWN], language))
    elif verdict.answer is not None:
        text = IMPOSSIBLE if verdict.answer.proved else GIVEN_UP
        yield f"  {text.text(language).format(verdict.answer.steps)}"
