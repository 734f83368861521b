"""Plays one invented dispute through the real pages and photographs the papers it leaves: `scripts/pictures papers`."""

import json
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from flask_migrate import upgrade
from PIL import Image
from playwright.sync_api import Browser

from seeds.demo import PASSWORD
from tests.support import cast
from tests.support.browser import chromium
from tests.support.clock import Clock
from tests.support.databases import Database, open_app
from tests.support.pages import visit
from tests.support.scenario import Scenario
from tests.support.servers import Server

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "pictures"
STORY = "consumer-prepaid"
PAPERS = ("cover", "record", "agreement", "application")
WIDTH, GREYS = 820, 12


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        database, clock = Database("sqlite", "papers", Path(folder)), Clock()
        reference, first = _played(database, clock)
        places = {f"paper-{code}": f"/disputes/{reference}/papers/{code}" for code in PAPERS}
        places["paper-slip"] = f"/visits/{first}/slip"
        server = Server(database, with_worker=False, settings={"DEMO": "1", "PUBLIC_URL": "https://centre.example"},
                        clock_offset=(clock.now - datetime.now(UTC)).total_seconds())  # fmt: skip
        server.start()
        try:
            with chromium() as browser:
                _photograph(browser, server.url, places)
        finally:
            server.stop()


def _played(database: Database, clock: Clock) -> tuple[str, int]:
    """The dispute's reference and its visit, once the story is told to its end."""
    told = next(
        one for one in json.loads((ROOT / "tests/data/scenarios.json").read_text("utf-8")) if one["id"] == STORY
    )
    app = open_app(database, clock)
    with app.app_context():
        upgrade(directory=str(ROOT / "migrations"))
        cast.load(app)
        story = Scenario(cast.Cast(app), clock, told)
        story.play()
        first = story.dispute.visits[0].id
        visit(story.clerk, f"/visits/{first}").form("/prints").submit()
        return story.reference, first


def _photograph(browser: Browser, address: str, places: dict[str, str]) -> None:
    page = browser.new_context(viewport={"width": WIDTH, "height": 1160}, locale="zh-CN").new_page()
    page.goto(f"{address}/sign-in")
    page.fill("#username", cast.CLERK)
    page.fill("#password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/")
    for name, path in places.items():
        page.goto(f"{address}{path}")
        picture = FOLDER / f"{name}.png"
        page.locator("article.sheet").first.screenshot(path=picture)
        with Image.open(picture) as taken:
            small = taken.convert("L").quantize(GREYS)
        small.save(picture, optimize=True)


if __name__ == "__main__":
    main()
