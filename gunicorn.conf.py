"""How the web server runs; `gunicorn "app:create_app()"` finds this file in the project's folder."""

import os
import socket
import struct
import sys
from pathlib import Path

from gunicorn.glogging import Logger

root = Path(__file__).resolve().parent
sys.path.insert(0, str(root))

from config import Config  # noqa: E402 - found only after the line above
from security.cloak import Discreet  # noqa: E402
from security.refusal import reasons_against  # noqa: E402

settings = Config.from_environment()
if reasons := reasons_against(settings):
    # Said once here, in the master; a process that refuses by itself would be started again and again.
    sys.stderr.write("".join(f"{reason}\n" for reason in reasons))
    sys.exit(2)

chdir = str(root)
bind = f"[{settings.host}]:{settings.port}" if ":" in settings.host else f"{settings.host}:{settings.port}"

# Threads, because polls are short and many; two processes, because two cores are what a centre has.
worker_class = "gthread"
workers = 2
threads = 8
worker_connections = 1000
backlog = 2048
# Boards ask every two seconds: with the usual two seconds of keep-alive each poll would open a connection anew.
keepalive = 75
timeout = 30
# Seconds without a byte in either direction after which a connection in mid-request is given up.
SILENT = 20
graceful_timeout = 10
# Old processes are replaced now and then, not both at once.
max_requests = 50_000
max_requests_jitter = 5_000
# The heartbeat file must never wait for a disk.
if os.path.isdir("/dev/shm"):  # noqa: S108 - gunicorn makes the file itself, unlinked and private
    worker_tmp_dir = "/dev/shm"  # noqa: S108
# Each process opens its own database connections, so nothing is shared over the fork.
preload_app = False
control_socket_disable = True

# Addresses and codes in requests are personal; the access log belongs to the proxy, which redacts them.
accesslog = None
errorlog = "-"
loglevel = "warning"


def when_ready(server: object) -> None:
    """No silent line holds a thread: browsers open connections in advance, telephones lose the net in mid-sentence.

    The first kind waits in the kernel for its first byte; the second is given up. Connections inherit both from here.
    """
    patience = struct.pack("@ll", SILENT, 0)
    for listener in server.LISTENERS:
        listener.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, patience)
        listener.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, patience)
        if hasattr(socket, "TCP_DEFER_ACCEPT"):
            listener.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, timeout)


class logger_class(Logger):  # noqa: N801 - gunicorn's name for the setting
    def setup(self, cfg: object) -> None:
        super().setup(cfg)
        for log in (self.error_log, self.access_log):
            for handler in log.handlers:
                handler.setFormatter(Discreet(self.error_fmt, self.datefmt))
