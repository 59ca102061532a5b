"""The page in a real Chromium: silent, asking for nothing, and doing what a reader expects of it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from exports.html import write_html
from exports.report import Report
from model.design.profile import Logo, Profile
from tests.formats.html.browser import Browser, program, running
from tests.formats.pictures import hostile, report_called, with_bundled_fonts
from tests.outputs import logos
from tests.reports import as_is_report, report_of

pytestmark = pytest.mark.skipif(program() is None, reason="Chromium is missing (Debian: chromium)")

VISIBLE = (
    "[...document.querySelectorAll('#{}-table tbody tr')].filter(r => r.offsetParent !== null).map(r => r.id)"
)
Show = Callable[[Report], Browser]


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    folder = tmp_path_factory.mktemp("browser")
    with running(folder / "profile", with_bundled_fonts(folder)) as started:
        yield started
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Iterator[Show]:
    """Opens a report; afterwards nothing may have been said on the console or asked for but the page itself."""
    browser.messages.clear()
    browser.requests.clear()
    browser.prefer("light")
    opened: list[str] = []

    def opener(report: Report) -> Browser:
        file = tmp_path / f"report-{len(opened)}.html"
        file.write_bytes(write_html(report))
        browser.open(file)
        opened.append(file.as_uri())
        return browser

    yield opener
    browser.value("1")
    assert browser.messages == []
    assert browser.requests == opened


def visible(browser: Browser, table: str = "matrix") -> list[str]:
    """The ids of the rows that can be seen, without the table's name."""
    return [str(each).removeprefix(f"{table}-") for each in browser.value(VISIBLE.format(table))]


def lit(browser: Browser) -> set[str]:
    """The subjects highlighted in the picture."""
    return set(browser.value("[...document.querySelectorAll('#picture g.lit')].map(g => g.dataset.subject)"))


def subject(name: str) -> str:
    """The selector of a subject's first group."""
    return f"#picture g[data-subject={json.dumps(name)}]"


def column(browser: Browser, name: str) -> list[str]:
    """The texts of a column of the matrix, as they stand."""
    script = f"[...document.querySelectorAll('#matrix-table td.c-{name}')].map(c => c.textContent)"
    return [str(each) for each in browser.value(script)]


@pytest.mark.parametrize("language", ["en", "ja", "both"])
@pytest.mark.parametrize("name", ["single-vpc", "air-gapped", "compared"])
def test_every_row_can_be_seen_and_nothing_is_asked_for(show: Show, name: str, language: Any) -> None:
    report = report_called(name, language)
    page = show(report)
    assert visible(page) == [row.id for row in report.rows]
    assert page.value("document.title") == report.title
    assert page.value("document.body.scrollWidth <= innerWidth"), "the page itself never scrolls sideways"


_LINES = """
[...document.querySelectorAll('#matrix-table th')].filter(each => each.offsetParent !== null).map(each => {
  const text = each.querySelector('button').firstChild, range = document.createRange();
  return [...text.data.matchAll(/[ァ-ヺー]+/g)].map(word => {
    range.setStart(text, word.index);
    range.setEnd(text, word.index + word[0].length);
    return [word[0], new Set([...range.getClientRects()].map(box => box.top)).size];
  });
}).flat()
"""


def test_words_of_japanese_headings_stay_whole(show: Show) -> None:
    found = dict(show(report_called("compared", "ja")).value(_LINES))
    assert {"プロトコル", "ポート", "サービス"} <= set(found)
    assert set(found.values()) == {1}


def test_hostile_names_do_nothing(show: Show) -> None:
    page = show(report_of(hostile(), "both"))
    assert page.value("document.querySelectorAll('script').length") == 1
    assert page.value("document.querySelectorAll('main img, main form, header img').length") == 0
    assert visible(page)


def test_a_smuggled_script_would_not_run(browser: Browser, tmp_path: Path) -> None:
    """The policy is really in force: the same page with another script in it stays still, and the console says so."""
    file = tmp_path / "tampered.html"
    data = write_html(report_called("single-vpc"))
    file.write_bytes(data.replace(b"</main>", b"<script>document.title = 'run'</script></main>"))
    browser.messages.clear()
    browser.open(file)
    assert browser.value("document.title") != "run"
    assert any("Content Security Policy" in message for message in browser.messages)


def test_filter_shows_the_rows_that_hold_every_word(show: Show) -> None:
    report = report_called("multi-vpc")
    page = show(report)
    page.write("#matrix .tools input[type=search]", "prod-web 4122")
    expected = [
        row.id for row in report.rows if row.source.name.startswith("prod-web") and row.flow.port == 4122
    ]
    assert expected
    assert visible(page) == expected
    assert page.value("document.querySelector('#matrix output').textContent") == f"1 / {len(report.rows)}"
    page.write("#matrix .tools input[type=search]", "no such thing")
    assert visible(page) == []
    page.write("#matrix .tools input[type=search]", "")
    assert len(visible(page)) == len(report.rows)


def test_a_choice_shows_the_rows_with_that_value(show: Show) -> None:
    report = report_called("multi-vpc")
    page = show(report)
    page.value(
        "(() => { const s = document.querySelector('#matrix select[data-column=transport]'); s.value = 'UDP';"
        " s.dispatchEvent(new Event('change')); })()"
    )
    expected = [row.id for row in report.rows if row.flow.transport == "udp"]
    assert 0 < len(expected) < len(report.rows)
    assert visible(page) == expected


def test_headings_sort_up_down_and_back(show: Show) -> None:
    report = report_called("multi-vpc")
    page = show(report)
    heading = "#matrix-table th.c-port button"
    before = column(page, "port")
    page.click(heading)
    assert [int(each) for each in column(page, "port")] == sorted(map(int, before))
    assert page.value("document.querySelector('th.c-port').getAttribute('aria-sort')") == "ascending"
    page.click(heading)
    assert [int(each) for each in column(page, "port")] == sorted(map(int, before), reverse=True)
    page.click(heading)
    assert visible(page) == [row.id for row in report.rows]


def test_selecting_in_the_picture_lights_the_rows(show: Show) -> None:
    report = report_called("multi-vpc")
    page = show(report)
    component = next(each for each in report.design.components if each.name == "prod-web")
    page.click(subject(f"component:{component.id}") + " rect")
    mine = [row for row in report.rows if component.id in (row.flow.source, row.flow.destination)]
    rows = page.value("[...document.querySelectorAll('#matrix-table tr.lit')].map(r => r.id)")
    assert rows == [f"matrix-{row.id}" for row in mine]
    ends = {f"component:{end}" for row in mine for end in (row.flow.source, row.flow.destination)}
    drawn = {f"connector:{row.flow.source}>{row.flow.destination}" for row in mine}
    assert ends <= lit(page) <= ends | drawn
    assert "prod-web" in page.value("document.querySelector('#selection output').textContent")
    page.click("[data-only]")
    assert visible(page) == [row.id for row in mine]
    page.press("Escape")
    assert lit(page) == set()
    assert len(visible(page)) == len(report.rows)


def test_selecting_a_row_lights_its_connector_and_ends(show: Show) -> None:
    report = report_called("multi-vpc")
    page = show(report)
    row = next(row for row in report.rows if row.flow.port == 4122)
    page.click(f"#matrix-{row.id} td.c-port")
    source, destination = row.flow.source, row.flow.destination
    assert lit(page) == {
        f"connector:{source}>{destination}",
        f"component:{source}",
        f"component:{destination}",
    }
    assert page.value("[...document.querySelectorAll('tr.lit')].map(r => r.id)") == [f"matrix-{row.id}"]
    page.click(f"#matrix-{row.id} td.c-port")
    assert lit(page) == set()


def test_findings_and_names_light_what_they_are_about(show: Show) -> None:
    report = report_called("air-gapped")
    page = show(report)
    page.click("#findings-table tbody tr td")
    about = report.findings[0].subjects
    assert lit(page) == {
        f"component:{name}" if name in report.design.component_by_id else f"zone:{name}" for name in about
    }
    page.click("#urls-table tbody tr td")
    entry = report.allow_list[0]
    assert f"component:{entry.destination.id}" in lit(page)
    assert {f"component:{source.id}" for source in entry.sources} <= lit(page)


def view(browser: Browser) -> list[float]:
    return [
        float(each)
        for each in browser.value("document.querySelector('#picture').getAttribute('viewBox')").split()
    ]


def test_existing_rules_light_the_flows_that_need_them(show: Show) -> None:
    browser = show(as_is_report())
    verdicts = "[...document.querySelectorAll('#existing-table td.c-verdict')].map(c => c.textContent)"
    assert browser.value(verdicts) == [
        "surplus",
        "too wide",
        "cannot be told",
        "never reached",
        "needed",
        "needed",
    ]
    browser.click("#existing-table tbody tr:nth-child(5)")
    # The picture leaves DNS and NTP connectors out, so only the ends of rule 10's flow can be lit.
    assert lit(browser) == {"component:web-tier", "component:dns-dc"}


def test_the_picture_zooms_and_moves_with_buttons_wheel_mouse_and_keys(show: Show) -> None:
    page = show(report_called("single-vpc"))
    home = view(page)
    page.click("[data-view=in]")
    assert view(page)[2] == pytest.approx(home[2] / 1.4)
    page.click("[data-view=out]")
    assert view(page) == pytest.approx(home)
    box = page.value(
        "(() => { scrollTo(0, 0); const r = document.querySelector('#picture').getBoundingClientRect();"
        " return [r.x, r.y, r.width, r.height]; })()"
    )
    x, y = box[0] + box[2] / 4, box[1] + 4
    page.mouse("mouseWheel", x, y, deltaX=0, deltaY=-200, modifiers=2)
    assert view(page)[2] < home[2] * 0.8
    page.mouse("mousePressed", x, y)
    page.mouse("mouseMoved", x + 60, y + 30)
    page.mouse("mouseReleased", x + 60, y + 30)
    zoomed = view(page)
    page.mouse("mousePressed", x, y)
    page.mouse("mouseMoved", x - 50, y)
    page.mouse("mouseReleased", x - 50, y)
    assert view(page)[0] > zoomed[0]
    assert lit(page) == set(), "dragging selects nothing"
    page.click("[data-view=fit]")
    assert view(page) == pytest.approx(home)
    page.value("document.querySelector('#picture g[tabindex=\"0\"]').focus()")
    page.press("+")
    assert view(page)[2] < home[2]
    left = view(page)[0]
    page.press("ArrowRight", modifiers=8)
    assert view(page)[0] > left
    page.press("0")
    assert view(page) == pytest.approx(home)


FOCUSED = """
(() => { const e = document.activeElement;
  return e.dataset.subject ?? e.closest('section, header')?.id ?? ''; })()
"""


def test_everything_can_be_reached_from_the_keyboard(show: Show) -> None:
    report = report_called("single-vpc")
    page = show(report)
    stops = []
    for _ in range(80):
        page.press("Tab")
        stops.append(str(page.value(FOCUSED)))
    assert {"diagram", "matrix", "urls", "findings", "citations"} <= set(stops)
    assert len([stop for stop in stops if stop.startswith(("component:", "connector:"))]) >= 1
    reached = set()
    page.value("document.querySelector('#picture g[tabindex=\"0\"]').focus()")
    page.press("Home")
    for _ in range(len(report.design.components) + len(report.graph.by_pair)):
        reached.add(str(page.value("document.activeElement.dataset.subject")))
        page.press("ArrowRight")
    assert {f"component:{each.id}" for each in report.design.components} <= reached
    assert page.value("document.querySelectorAll('#picture g[role=button]').length") == len(reached)
    page.press("Enter")
    last = page.value("document.activeElement.dataset.subject")
    assert last in lit(page)
    assert page.value("document.activeElement.getAttribute('aria-pressed')") == "true"
    page.press("Escape")
    page.value("document.querySelector('#matrix-table tr[tabindex=\"0\"]').focus()")
    page.press("ArrowDown")
    assert page.value("document.activeElement.id") == f"matrix-{report.rows[1].id}"
    page.press("Enter")
    assert page.value("document.activeElement.classList.contains('lit')")
    page.press("End")
    assert page.value("document.activeElement.id") == f"matrix-{report.rows[-1].id}"


def contrast(one: list[float], other: list[float]) -> float:
    """The contrast of two colours as WCAG 2 defines it."""

    def light(colour: list[float]) -> float:
        parts = [each / 255 for each in colour[:3]]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


COLOURS = """
(query => { const style = getComputedStyle(document.querySelector(query));
  return [style.color, getComputedStyle(document.body).backgroundColor].map(c => c.match(/[0-9.]+/g).map(Number)); })
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_readers_colour_scheme_is_followed_and_readable(show: Show, scheme: str) -> None:
    page = show(report_called("compared"))
    page.prefer(scheme)
    ink, ground = page.value(f"{COLOURS.strip()}('body')")
    assert (sum(ground) > 600) == (scheme == "light")
    assert contrast(ink, ground) > 7
    for query in (".note", "a", "#matrix-table tr.added td", "#matrix-table th"):
        ink, ground = page.value(f"{COLOURS.strip()}({json.dumps(query)})")
        assert contrast(ink, ground) > 4.5, query


def test_print_is_light_whole_and_without_controls(show: Show) -> None:
    page = show(report_called("compared"))
    page.prefer("dark", media="print")
    ink, ground = page.value(f"{COLOURS.strip()}('body')")
    assert sum(ink[:3]) < 150
    assert (ground[3:] or [1])[0] == 0 or sum(ground[:3]) > 700
    assert page.value("[...document.querySelectorAll('.tools, nav')].every(e => e.offsetParent === null)")
    assert page.value(
        "[...document.querySelectorAll('.scroll')].every(e => e.scrollHeight <= e.clientHeight + 1)"
    )
    page.prefer("light")


def test_the_whole_page_is_there_without_its_script(browser: Browser, tmp_path: Path) -> None:
    report = report_called("single-vpc")
    file = tmp_path / "still.html"
    file.write_bytes(write_html(report))
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.open(file)
        text = browser.call("DOM.getDocument", depth=-1)["root"]
    finally:
        browser.call("Emulation.setScriptExecutionDisabled", value=False)
    shown = json.dumps(text)
    assert all(f"matrix-{row.id}" in shown for row in report.rows)
    assert browser.value(
        "[...document.querySelectorAll('[data-script]')].every(e => e.offsetParent === null)"
    )
    assert browser.value("document.querySelector('#matrix-table td.c-flow-id').offsetParent !== null")


@pytest.mark.parametrize("logo", logos(), ids=["png", "svg"])
def test_a_logo_is_shown_and_nothing_is_asked_for(show: Show, browser: Browser, logo: Logo) -> None:
    profile = Profile(company="<b>Example</b> & Co.", logo=logo)
    browser = show(replace(report_called("single-vpc"), profile=profile))
    assert browser.value("document.querySelector('.company').textContent.trim()") == profile.company
    width, height = browser.value(
        "(r => [r.width - 16, r.height - 8])(document.querySelector('.logo').getBoundingClientRect())"
    )
    assert width / height == pytest.approx(logo.aspect, rel=0.05)
    if logo.vector is None:
        assert browser.value("document.querySelector('.logo').naturalWidth") == 60
        browser.requests[:] = [each for each in browser.requests if not each.startswith("data:")]
