"""Wait until /healthz answers 200; used by scripts/run. Usage: wait_until_healthy.py HOST PORT"""

import sys
import time
from http.client import HTTPConnection, HTTPException

LIMIT_SECONDS = 90


def answer(host: str, port: int) -> str:
    """Why the system is not ready yet; empty when it is."""
    connection = HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        response = connection.getresponse()
        said = response.read(200).decode(errors="replace").strip()
        return "" if response.status == 200 else f"{response.status} {said}"
    except (OSError, HTTPException) as problem:
        return str(problem)
    finally:
        connection.close()


def main() -> int:
    host, port = sys.argv[1], int(sys.argv[2])
    # An address to listen on everywhere is not an address to call.
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared with, never bound
    end = time.monotonic() + LIMIT_SECONDS
    while reason := answer(host, port):
        if time.monotonic() > end:
            sys.stderr.write(f"/healthz after {LIMIT_SECONDS} s: {reason}\n")
            return 1
        time.sleep(0.1)
    return 0


if __name__ == "__main__":
    sys.exit(main())
