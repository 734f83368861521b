#!/usr/bin/env python3
"""Open a page in a real old Chromium, as on an old office computer.

old_kernel.py setup 69                   unpack the kernel once (69, 79 or 88)
old_kernel.py open 69 URL [--shot out.png] [--cookie name=value]... [--wait SECONDS] [--eval JS]... [--size 1366x768]

`open` prints JSON: browser version, page title, JavaScript errors, and the value of each --eval.
Needs npm, node, and the libraries that come with Debian's chromium.
"""

import argparse
import base64
import contextlib
import fcntl
import json
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import websocket

PACKAGES = {"69": "chrome-aws-lambda@1.6.3", "79": "chrome-aws-lambda@2.0.2", "88": "chrome-aws-lambda@5.5.0"}
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "old-kernel"
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--single-process",
    "--no-zygote",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
UNBROTLI = (
    "const fs=require('fs'),z=require('zlib');const [,i,o]=process.argv;"
    "fs.createReadStream(i).pipe(z.createBrotliDecompress()).pipe(fs.createWriteStream(o,{mode:0o755}))"
)


def setup(version: str) -> Path:
    """The program file of this kernel, fetched and unpacked on first use."""
    target = CACHE / version / "chromium"
    target.parent.mkdir(parents=True, exist_ok=True)
    with (target.parent / "lock").open("w") as lock, tempfile.TemporaryDirectory() as work:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if target.exists():
            return target
        subprocess.run(["npm", "pack", "--silent", PACKAGES[version]], cwd=work, check=True, stdout=subprocess.DEVNULL)
        subprocess.run(["tar", "xzf", next(Path(work).glob("*.tgz")).name], cwd=work, check=True)
        packed = sorted((Path(work) / "package" / "bin").glob("chromium*.br"))[0]
        unpacked = target.with_suffix(".part")
        subprocess.run(["node", "-e", UNBROTLI, str(packed), str(unpacked)], check=True)
        # Only a whole kernel gets the name that others look for.
        unpacked.rename(target)
    return target


class Kernel:
    """A running old Chromium with one page. Errors of its scripts gather in `errors`."""

    def __init__(self, version: str, size: str = "1366x768") -> None:
        self.version, self.size = version, size
        self.errors: list[str] = []
        self._count = 0

    def __enter__(self) -> Self:
        self._profile = tempfile.mkdtemp()
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            self._port = listener.getsockname()[1]
        window = self.size.replace("x", ",")
        own = [f"--user-data-dir={self._profile}", f"--remote-debugging-port={self._port}", f"--window-size={window}"]
        self._process = subprocess.Popen(
            [str(setup(self.version)), *FLAGS, *own, "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            self.browser = self._asked("/json/version")["Browser"]
            self._socket = websocket.create_connection(self._first_page(), timeout=20)
            for domain in ("Page", "Runtime", "Network"):
                self.command(f"{domain}.enable")
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._socket.close()
        self._end()

    def command(self, method: str, **params: Any) -> dict[str, Any]:
        """Send one command of the DevTools protocol and wait for its answer."""
        self._count += 1
        self._socket.send(json.dumps({"id": self._count, "method": method, "params": params}))
        while True:
            message = json.loads(self._socket.recv())
            if message.get("method") == "Runtime.exceptionThrown":
                details = message["params"]["exceptionDetails"]
                self.errors.append(details.get("exception", {}).get("description", details.get("text", ""))[:300])
            if message.get("id") == self._count:
                return dict(message.get("result", message))

    def cookie(self, name: str, value: str, url: str) -> None:
        self.command("Network.setCookie", name=name, value=value, url=url)

    def open(self, url: str, wait: float = 30) -> None:
        """Go to the page and wait until it is loaded, its deferred scripts included."""
        self.command("Page.navigate", url=url)
        self.wait_for("document.readyState === 'complete'", wait)

    def wait_for(self, expression: str, seconds: float = 30) -> bool:
        """Whether the expression became true in time."""
        end = time.monotonic() + seconds
        while not self.evaluate(f"!!({expression})"):
            if time.monotonic() > end:
                return False
            time.sleep(0.1)
        return True

    def evaluate(self, script: str) -> Any:
        answer = self.command("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        return answer.get("result", {}).get("value")

    def screenshot(self, path: str | Path) -> None:
        Path(path).write_bytes(base64.b64decode(self.command("Page.captureScreenshot", format="png")["data"]))

    def _asked(self, path: str) -> Any:
        for _ in range(100):
            address = f"http://127.0.0.1:{self._port}{path}"
            with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=1) as answer:
                return json.load(answer)
            time.sleep(0.1)
        raise RuntimeError(f"Chromium {self.version} did not start")

    def _first_page(self) -> str:
        """A browser may answer before it has a page."""
        for _ in range(100):
            for target in self._asked("/json"):
                if target["type"] == "page":
                    return str(target["webSocketDebuggerUrl"])
            time.sleep(0.1)
        raise RuntimeError(f"Chromium {self.version} opened no page")

    def _end(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        shutil.rmtree(self._profile, ignore_errors=True)


def opened(arguments: argparse.Namespace) -> dict[str, Any]:
    with Kernel(arguments.version, arguments.size) as kernel:
        for cookie in arguments.cookie:
            name, _, value = cookie.partition("=")
            kernel.cookie(name, value, arguments.url)
        kernel.open(arguments.url)
        time.sleep(arguments.wait)
        values = []
        for script in arguments.eval:
            values.append(kernel.evaluate(script))
            time.sleep(0.8)
        if arguments.shot:
            kernel.screenshot(arguments.shot)
        title = kernel.evaluate("document.title")
        return {"browser": kernel.browser, "title": title, "values": values, "errors": kernel.errors}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("setup", "open"):
        sub = commands.add_parser(name)
        sub.add_argument("version", choices=PACKAGES)
        if name == "open":
            sub.add_argument("url")
            sub.add_argument("--shot")
            sub.add_argument("--cookie", action="append", default=[])
            sub.add_argument("--wait", type=float, default=3)
            sub.add_argument("--eval", action="append", default=[])
            sub.add_argument("--size", default="1366x768")
    arguments = parser.parse_args()
    if arguments.command == "setup":
        print(setup(arguments.version))
    else:
        print(json.dumps(opened(arguments), ensure_ascii=False, indent=1))


if __name__ == "__main__":
    main()
