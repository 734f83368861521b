"""What kind of device somebody used, in two words; nothing that tells one from another of its kind."""

SYSTEMS = (("HarmonyOS", "HarmonyOS"), ("OpenHarmony", "HarmonyOS"), ("iPhone", "iPhone"), ("iPad", "iPad"),
           ("Android", "Android"), ("Windows", "Windows"), ("Macintosh", "macOS"), ("Linux", "Linux"))  # fmt: skip
BROWSERS = (("MicroMessenger", "WeChat"), ("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"),
            ("Safari", "Safari"))  # fmt: skip


def device_of(user_agent: str) -> str:
    """Android WeChat, Windows Chrome; empty when it says nothing we know."""
    found = (next((name for mark, name in words if mark in user_agent), "") for words in (SYSTEMS, BROWSERS))
    return " ".join(filter(None, found))
