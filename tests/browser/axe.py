"""Accessibility: run axe-core on a page that is open in the browser."""

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).with_name("vendor") / "axe.min.js"
# WCAG 2.0 to 2.2, levels A and AA, and axe's own best practices.
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice")
RUN = "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})"
# Streamlit greys what it is about to replace, and fades it in again: such a moment is no page to judge.
STILL = """() => !document.querySelector('[data-stale=true]')
  && document.getAnimations().every(one => !(one instanceof CSSTransition) || one.playState !== 'running')"""


def axe_violations(page: Page) -> list[str]:
    """Return one sentence for every accessibility rule the page breaks; tests ask for none."""
    page.wait_for_function(STILL)
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate(RUN, list(TAGS))["violations"]
    return [
        f"{rule['id']} ({rule['impact']}): {rule['help']}: {node['html'][:160]} ... {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]
