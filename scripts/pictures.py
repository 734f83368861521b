"""Plays a small morning in a browser against a fresh demo and photographs the pages: `scripts/pictures`."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser, Page

from seeds.demo import PASSWORD
from tests.support.browser import chromium

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "pictures"
# 10:20 at the centre, when a house is full.
MONDAY = datetime(2026, 11, 23, 2, 20, tzinfo=UTC)
DESK, WALL, PHONE = (1366, 768), (1920, 1080), (360, 640)
# head count, name, telephone, category, other side, demand
MORNING = [
    ("31", "田桂兰", "19000002001", "物业", "甘州某物业服务公司", "三号楼供热不足,要求测温退费"),
    ("12", "马成龙", "19000002002", "拖欠农民工工资", "某建筑劳务有限公司、某建工集团", "支付拖欠工资186400元"),
    ("2", "张兴旺", "19000002003", "邻里", "贾守业", "拆除占用通道的花台"),
    ("8", "宋佳", "19000002004", "消费", "甘州某健身馆", "退还预付卡余额5960元"),
]


def main() -> None:
    with tempfile.TemporaryDirectory() as data_dir, socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
        probe.close()
        offset = (MONDAY - datetime.now(UTC)).total_seconds()
        server = subprocess.Popen(  # noqa: S603 - our own script
            [str(ROOT / "scripts" / "run")],
            env={**os.environ, "DATA_DIR": data_dir, "PORT": port, "CLOCK_OFFSET": str(offset)},
            stdout=subprocess.PIPE, text=True, start_new_session=True,
        )  # fmt: skip
        try:
            for line in server.stdout or ():
                if line.startswith("ready"):
                    break
            with chromium() as browser:
                Album(browser, f"http://127.0.0.1:{port}").make()
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(30)


class Album:
    def __init__(self, browser: Browser, address: str) -> None:
        self.browser, self.address = browser, address

    def window(self, size: tuple[int, int], username: str = "") -> Page:
        context = self.browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="zh-CN")
        page = context.new_page()
        if username:
            page.goto(f"{self.address}/sign-in")
            page.fill("#username", username)
            page.fill("#password", PASSWORD)
            page.keyboard.press("Enter")
            page.wait_for_url(f"{self.address}/")
        return page

    def shoot(self, page: Page, name: str, *, full: bool = False) -> None:
        page.wait_for_timeout(1200)  # countdowns have ticked once
        page.screenshot(path=FOLDER / f"{name}.png", full_page=full)

    def make(self) -> None:
        clerk = self.window(DESK, "xuwenjing")
        for entry in MORNING:
            self.register(clerk, entry)
        self.shoot(clerk, "desk-zh")
        self.screens()
        self.phone(clerk)
        clerk.goto(f"{self.address}/board")
        self.shoot(clerk, "desk-zh")
        clerk.goto(f"{self.address}/")
        self.shoot(clerk, "work-zh")
        clerk.goto(f"{self.address}/disputes")
        self.shoot(clerk, "list-zh")
        clerk.locator("main table a").first.click()
        self.shoot(clerk, "dispute-zh", full=True)
        clerk.click("form.language button")
        clerk.goto(f"{self.address}/board")
        self.shoot(clerk, "desk-en")
        mediator = self.window(DESK, "luozhiming")
        mediator.goto(clerk.url)
        self.shoot(mediator, "mediator-zh")

    def register(self, clerk: Page, entry: tuple[str, ...]) -> None:
        clerk.goto(f"{self.address}/visits/new")
        heads, name, phone, category, opposite, demand = entry
        typed = {"head_count": heads, "name": name, "phone": phone, "opposite": opposite, "demand": demand}
        for field, value in typed.items():
            clerk.fill(f"[name={field}]", value)
        option = clerk.locator("select[name=category] option", has_text=category).first
        clerk.select_option("select[name=category]", option.get_attribute("value"))
        self.shoot(clerk, "registration-zh")
        clerk.focus("[name=demand]")
        clerk.keyboard.press("Control+Enter")
        clerk.wait_for_url("**/whistles/new")
        self.shoot(clerk, "whistle-zh")
        clerk.keyboard.press("Control+Enter")
        clerk.wait_for_url("**/board")

    def screens(self) -> None:
        manager = self.window(DESK, "jingchunsheng")
        for face, size in (("wall", WALL), ("hall", WALL), ("code", DESK)):
            link = self.new_screen(manager, face)
            device = self.window(size)
            device.goto(link)
            device.locator("main button, form button").last.click()
            device.wait_for_timeout(800)
            self.shoot(device, f"{face}-zh")
        manager.goto(f"{self.address}/screens")
        self.shoot(manager, "screens-zh")
        manager.goto(f"{self.address}/administration")
        self.shoot(manager, "administration-zh")

    def new_screen(self, manager: Page, face: str) -> str:
        manager.goto(f"{self.address}/screens/new")
        manager.check(f"input[name=face][value={face}]")
        manager.fill("[name=name]", {"wall": "调度室大屏", "hall": "大厅公示屏", "code": "调解一室报到码"}[face])
        manager.locator("main form button").last.click()
        return manager.locator("code", has_text="/screens/pair/").inner_text()

    def phone(self, clerk: Page) -> None:
        clerk.goto(f"{self.address}/board")
        clerk.locator("a[href*='/callouts/']").first.click()
        self.shoot(clerk, "callout-zh", full=True)
        clerk.locator("form[action$='/link-view'] button").click()
        link = clerk.locator("#link").input_value()
        phone = self.window(PHONE)
        phone.goto(link)
        self.shoot(phone, "phone-zh", full=True)


if __name__ == "__main__":
    sys.exit(main())
