"""The process from which parts of a running system are forked: it has read the code and made one application.

The first application of a process takes half a second; those that are forked here make theirs in a tenth of it.
"""

import tempfile
from dataclasses import replace
from pathlib import Path

import tests.support.parts  # noqa: F401 - its addresses are every other one's from here on
from app import create_app
from config import Config

with tempfile.TemporaryDirectory() as folder:
    place = Path(folder)
    create_app(replace(Config.from_environment(), data_dir=place, keys_dir=place / "keys", production=False,
                       database_url=f"sqlite:///{place / 'shaodao.db'}"))  # fmt: skip
