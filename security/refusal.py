"""Why this installation does not start: what its configuration says, and what is missing on the disk."""

import os

from config import Config
from security.sealing import Keyring, KeysMissing


def reasons_against(config: Config) -> list[str]:
    """One line per reason, none when it may start."""
    if reasons := config.unsafe():
        return reasons
    try:
        config.data_dir.mkdir(parents=True, exist_ok=True)
        Keyring(config.keys_dir, create=not config.production)
    except KeysMissing as error:
        return [f"KEYS_DIR: {error}"]
    except OSError as error:
        return [f"DATA_DIR and KEYS_DIR must be folders that can be used: {error.filename}: {error.strerror}"]
    if not os.access(config.data_dir, os.W_OK):
        return [f"DATA_DIR cannot be written to: {config.data_dir}"]
    return []
