"""The Goals panel: verdicts on the design and its scenarios, their flows on the canvas, the nearest change."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from gui import language
from gui.compare.goal_card import GoalCard
from gui.window.window import Window
from model.design.changes import Change, Removal, Scenario
from model.editing import edits

Ready = Callable[[], bool]


def judged(window: Window, qtbot: QtBot, template: str | None = None) -> dict[str, GoalCard]:
    """The cards, when everything is judged."""
    if template is not None:
        window.files.new(template)
    with qtbot.waitSignal(window.goals._judging.done):
        window.actions_by_id["whatif_goals"].trigger()
    return window.goals.cards


def search(window: Window, qtbot: QtBot, card: GoalCard) -> None:
    with qtbot.waitSignal(window.goals._searching.done):
        card.search.click()


def texts(card: GoalCard) -> str:
    QApplication.processEvents()
    return "\n".join(each.text() for each in card.findChildren(QLabel) if not each.isHidden())


def button(card: GoalCard, text: str) -> QPushButton:
    return next(each for each in card.findChildren(QPushButton) if each.text() == text)


def test_the_verdicts_and_their_flows(window: Window, qtbot: QtBot) -> None:
    cards = judged(window, qtbot, "single-vpc")
    assert cards["no-inbound"].state.text() == "met"
    assert not cards["no-inbound"].search.isVisible()
    assert cards["no-cleartext"].search.isVisible()
    assert cards["no-cleartext"].state.text().startswith("broken by ")


def test_flows_against_a_goal_are_selected_on_canvas_and_in_the_table(window: Window, qtbot: QtBot) -> None:
    card = judged(window, qtbot, "on-premises")["no-cleartext"]
    verdict = card.verdict
    assert verdict is not None
    card.flow_picked.emit(verdict.breaking[0])
    assert window.selection.pair == (verdict.breaking[0].source, verdict.breaking[0].destination)
    assert window.selection.flow == verdict.breaking[0].id
    button(card, "Select all").click()
    wanted = {flow.id for flow in verdict.breaking}
    assert window.selection.flows == wanted
    assert {row.id for row in window.bottom.matrix.selected()} == wanted
    lit = {pair for pair in window.scene.wires.pairs if window.scene.wires.is_lit(pair)}
    assert lit == {(flow.source, flow.destination) for flow in verdict.breaking}
    window.selection.clear()
    assert all(window.scene.wires.is_lit(pair) for pair in window.scene.wires.pairs)


def test_the_proof_that_the_rules_allow_no_way(window: Window, qtbot: QtBot) -> None:
    card = judged(window, qtbot, "on-premises")["no-cleartext"]
    search(window, qtbot, card)
    assert "The rules allow no way." in texts(card)
    assert "Asked for by P22" in texts(card)
    assert not any(each.text() == "Try it" for each in card.findChildren(QPushButton))


def test_the_nearest_change_is_tried_with_one_click(window: Window, qtbot: QtBot) -> None:
    card = judged(window, qtbot, "single-vpc")["no-cleartext"]
    search(window, qtbot, card)
    assert "6 changes meet it; fewer do not." in texts(card)
    with qtbot.waitSignal(window.goals._judging.done):
        button(card, "Try it").click()
    assert len(window.document.state.pending) == 6
    assert window.goals.chooser.currentText() == "What-if as shown"
    assert card.state.text() == "met"
    assert card.others.text().startswith("Design as adopted: broken by ")


def test_the_nearest_change_is_kept_as_a_scenario_and_judged(window: Window, qtbot: QtBot) -> None:
    card = judged(window, qtbot, "single-vpc")["no-cleartext"]
    search(window, qtbot, card)
    before = len(window.document.design.scenarios)
    with qtbot.waitSignal(window.goals._judging.done):
        button(card, "Keep as scenario").click()
    kept = window.document.design.scenarios[-1]
    assert len(window.document.design.scenarios) == before + 1
    assert kept.name == "No cleartext"
    assert len(kept.changes) == 6
    assert window.document.state.pending == ()
    assert "No cleartext: met" in card.others.text()
    goals = window.goals
    with qtbot.waitSignal(goals._judging.done):
        goals.chooser.setCurrentIndex(goals.chooser.findText("No cleartext"))
        goals.chooser.activated.emit(goals.chooser.currentIndex())
    assert card.state.text() == "met"


def test_a_search_that_is_cancelled_gives_no_answer(window: Window, qtbot: QtBot) -> None:
    card = judged(window, qtbot, "on-premises")["internet-by-proxy"]
    card.search.click()
    assert card.cancel.isVisible()
    card.cancel.click()
    assert card.search.isVisible()
    window.goals.wait()
    assert card.verdict is not None
    assert card.verdict.answer is None


def test_a_scenario_that_does_not_fit_is_named_in_a_sentence(window: Window, qtbot: QtBot) -> None:
    window.files.new("single-vpc")
    gone = Scenario(id="a", name="A", changes=(Change(feature="unknown-one", value=True),))
    ids = window.document.design.component_by_id
    away = Scenario(id="b", name="B", changes=(Removal(remove=next(iter(ids))),))
    window.document.edit("add", lambda design: edits.change_design(design, scenarios=(gone, away)))
    cards = judged(window, qtbot)
    assert "B: " in cards["no-cleartext"].others.text()
    assert "A: " not in cards["no-cleartext"].others.text()
    with qtbot.waitSignal(window.goals._judging.done):
        window.goals.chooser.setCurrentIndex(window.goals.chooser.findText("A"))
        window.goals.chooser.activated.emit(window.goals.chooser.currentIndex())
    assert "unknown-one" in window.goals.intro.text()
    assert cards["no-cleartext"].isHidden()


def test_another_language_writes_the_verdicts_anew(window: Window, qtbot: QtBot) -> None:
    card = judged(window, qtbot, "single-vpc")["no-inbound"]
    with qtbot.waitSignal(window.goals._judging.done):
        language.set_language("ja")
    assert card.state.text() == "達成"
    assert card.name.text() == "エージェントへの着信接続なし"
