"""axe-core on a page, and the other things that a page must hold at every size."""

from __future__ import annotations

from functools import cache
from typing import Any

from playwright.sync_api import Page

from tests.support.stack import ROOT

SERIOUS = {"serious", "critical"}
FINGER = 44
AT_ONCE = """() => {
  const rules = new CSSStyleSheet();
  rules.replaceSync('*, ::before, ::after { transition: none !important; animation: none !important; }');
  document.adoptedStyleSheets.push(rules);
}"""
"""Colours would change over some frames, and between two schemes no contrast is the page's."""

SHOWN = """() => new Promise((shown) => requestAnimationFrame(() => requestAnimationFrame(shown)))"""

SMALL = """(least) => [...document.querySelectorAll('a[href], button, input, select, textarea, summary')]
  .filter((control) => control.checkVisibility({ visibilityProperty: true }))
  .filter((control) => !control.matches('.sr-only, p a, p button'))
  .map((control) => control.closest('label') ?? control)
  .filter((control) => {
    const box = control.getBoundingClientRect();
    return box.width > 1 && (box.width < least || box.height < least);
  })
  .map((control) => control.outerHTML.slice(0, 160))"""


@cache
def library() -> str:
    """Return axe-core, as it is locked for the web client."""
    return (ROOT / "web" / "node_modules" / "axe-core" / "axe.min.js").read_text()


def serious_findings(page: Page) -> list[str]:
    """Return what axe finds serious or critical in the light scheme, and too weak a contrast in the dark one."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(library())
        page.evaluate(AT_ONCE)
    light = findings(page, {"resultTypes": ["violations"]})
    page.emulate_media(color_scheme="dark")
    page.evaluate(SHOWN)
    dark = findings(page, {"resultTypes": ["violations"], "runOnly": ["color-contrast"]})
    page.emulate_media(color_scheme="light")
    return [*light, *(f"dark {each}" for each in dark)]


def findings(page: Page, options: dict[str, Any]) -> list[str]:
    """Run axe with its own options; return the rule and the elements of each serious finding."""
    found: dict[str, Any] = page.evaluate("(options) => axe.run(document, options)", options)
    return [f"{each['id']}: {targets(each)}" for each in found["violations"] if each["impact"] in SERIOUS]


def targets(finding: dict[str, Any]) -> str:
    """Return the elements of a finding, as selectors with their HTML and what is wrong with them."""
    return "; ".join(f"{node['target']} {node['html'][:120]} {node['failureSummary']}" for node in finding["nodes"])


def scrolls_sideways(page: Page) -> bool:
    """Whether the page is wider than its window."""
    size = page.viewport_size
    return size is not None and int(page.evaluate("document.documentElement.scrollWidth")) > size["width"]


def small_targets(page: Page) -> list[str]:
    """Return the controls that a finger would miss: lower or narrower than 44 px. Links within a sentence may be."""
    found: list[str] = page.evaluate(SMALL, FINGER)
    return found
