"""Addresses that are keys: whoever holds one is let in, so no line of any log shows what follows these beginnings."""

import re

# A resident's page, an officer's callout, a leader's page, a final text to sign, an arrival, a screen that is paired.
BEGINNINGS = ("s", "c", "l", "f", "arrival", "screens/pair")
KEYS_IN_PATHS = re.compile(rf"(/(?:{'|'.join(BEGINNINGS)})/)[^\s?\"']+")


def cloaked(words: str) -> str:
    """The words with every such key left out."""
    return KEYS_IN_PATHS.sub(r"\1...", words)
