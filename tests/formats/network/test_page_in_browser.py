"""The page of networks opened from disk in headless Chromium: it filters, answers a click and asks nobody for anything."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from qualcode.services import network
from qualcode.services.project import open_project
from tests.ties_study import build_ties_study

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")

SECONDS = 30


class Browser:
    """A headless Chromium that is spoken to through two pipes (the DevTools protocol, objects ended by NUL)."""

    def __init__(self, folder: Path) -> None:
        assert CHROMIUM is not None
        to_child, self._out = os.pipe()
        self._in, from_child = os.pipe()
        options = (
            "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage "
            f"--remote-debugging-pipe --user-data-dir={folder / 'profile'} about:blank"
        )
        self._process = subprocess.Popen(
            ["bash", "-c", f"exec {CHROMIUM} {options} 3<&{to_child} 4>&{from_child}"],
            pass_fds=(to_child, from_child),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(to_child)
        os.close(from_child)
        self._number = 0
        self._rest = b""
        self._session: str | None = None
        self.events: list[dict[str, Any]] = []

    def open(self, path: Path) -> None:
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)[
            "sessionId"
        ]
        for domain in ("Runtime", "Log", "Page", "Network"):
            self.call(f"{domain}.enable")
        self.call("Page.navigate", url=path.as_uri())
        end = time.monotonic() + SECONDS
        while self.ask("document.readyState") != "complete" and time.monotonic() < end:
            time.sleep(0.05)

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": params}
        if self._session is not None:
            message["sessionId"] = self._session
        os.write(self._out, json.dumps(message).encode() + b"\0")
        while True:
            found = self._read()
            if found.get("id") == self._number:
                result: dict[str, Any] = found["result"]
                return result
            self.events.append(found)

    def ask(self, script: str) -> Any:
        return self.call("Runtime.evaluate", expression=script, returnByValue=True)["result"].get(
            "value"
        )

    def click(self, x: float, y: float) -> None:
        for kind in ("mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)

    def close(self) -> None:
        os.close(self._out)
        self._process.terminate()
        self._process.wait(SECONDS)
        os.close(self._in)

    def _read(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            more = os.read(self._in, 1 << 16)
            assert more, "the browser has gone"
            self._rest += more
        message, self._rest = self._rest.split(b"\0", 1)
        found: dict[str, Any] = json.loads(message)
        return found


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Browser]:
    opened = Browser(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def page(tmp_path: Path) -> Path:
    """The page of the small study, with a name in it that would like to be a script."""
    with open_project(str(build_ties_study(tmp_path))) as project:
        network.edit_actor(
            project, "agency", {"name": "</script><script>console.error(1)</script>"}
        )
        network.propose(project, "First")
        ids = [row.statement.id for row in network.complete_proposals(project)]
        network.confirm_ties(project, ids)
        (content,) = network.export_network(project, "html", with_quotations=True)[0].values()
    path = tmp_path / "page.html"
    path.write_text(str(content), encoding="utf-8")
    return path


def test_the_page_works_from_disk_without_errors_or_requests(browser: Browser, page: Path) -> None:
    browser.open(page)
    count = "document.getElementById('count').textContent"
    everything = int(browser.ask(count).split()[0])
    assert everything >= 1
    x, y = browser.ask(
        "(() => { const box = [...document.querySelectorAll('g[data-tie]:not(.off) rect')][0]"
        ".getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; })()"
    )
    browser.click(x, y)
    detail = browser.ask("document.getElementById('detail').innerText")
    assert "participant" in detail and "Choose a tie" not in detail
    browser.ask(
        "(() => { const least = document.getElementById('least'); least.value = 9;"
        " least.dispatchEvent(new Event('input', {bubbles: true})); })()"
    )
    assert browser.ask(count) == "0 ties shown"
    told = {"Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded"}
    assert [event for event in browser.events if event.get("method") in told] == []
    asked = [
        event["params"]["request"]["url"]
        for event in browser.events
        if event.get("method") == "Network.requestWillBeSent"
    ]
    assert asked == [page.as_uri()]
