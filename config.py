"""What the operator decides, read once from the environment. No other file reads it."""

import os
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Config:
    data_dir: Path
    keys_dir: Path
    database_url: str
    host: str = "127.0.0.1"
    port: int = 8000
    public_url: str = ""
    proxy_hops: int = 0
    demo: bool = True
    production: bool = False
    clock_offset: timedelta = timedelta()
    # Where the worker dies by its own hand, to prove that nothing is lost then; messages/crash.py names the points.
    crash_at: str = ""
    # What in the environment could not be understood. `PRODUCTION=true` must not pass for a trial.
    mistakes: tuple[str, ...] = ()

    @classmethod
    def from_environment(cls) -> "Config":
        env, mistakes = os.environ, list[str]()

        def number(name: str, usual: int) -> int:
            text = env.get(name) or str(usual)
            if text.isascii() and text.isdecimal() and len(text) < 6:
                return int(text)
            mistakes.append(f"{name} must be a whole number, not {text!r}")
            return usual

        def switch(name: str, *, usual: bool) -> bool:
            text = env.get(name) or str(int(usual))
            if text not in ("0", "1"):
                mistakes.append(f"{name} must be 0 or 1, not {text!r}")
            return text == "1"

        data_dir = Path(env.get("DATA_DIR") or ROOT / "instance").absolute()
        production = switch("PRODUCTION", usual=False)
        return cls(
            data_dir=data_dir,
            keys_dir=Path(env.get("KEYS_DIR") or data_dir / "keys").absolute(),
            database_url=driver(env.get("DATABASE_URL") or f"sqlite:///{data_dir / 'shaodao.db'}"),
            host=env.get("HOST", "127.0.0.1"),
            port=number("PORT", 8000),
            public_url=env.get("PUBLIC_URL", "").rstrip("/"),
            proxy_hops=number("PROXY_HOPS", 0),
            demo=switch("DEMO", usual=not production),
            production=production,
            clock_offset=timedelta() if production else timedelta(seconds=float(env.get("CLOCK_OFFSET", "0"))),
            crash_at="" if production else env.get("CRASH_AT", ""),
            mistakes=tuple(mistakes),
        )

    def unsafe(self) -> list[str]:
        """Why nobody, or no real person, must be served like this: one line per reason, none when they may."""
        reasons = list(self.mistakes)
        if not self.database_url.startswith(("sqlite:///", driver("postgresql://"))):
            reasons.append("DATABASE_URL must begin with sqlite:/// or postgresql://")
        if not self.production:
            return reasons
        if self.demo or (self.data_dir / "demo-logins.tsv").exists():
            reasons.append("DEMO=1: demo data and demo log-ins must not be loaded in production")
        if not self.public_url.startswith("https://"):
            reasons.append("PUBLIC_URL must be the https address under which the centre is reached")
        if not any(self.keys_dir.glob("*")):
            reasons.append(f"KEYS_DIR holds no keys: {self.keys_dir}")
        elif any(path.stat().st_mode & 0o077 for path in (self.keys_dir, *self.keys_dir.iterdir())):
            reasons.append("KEYS_DIR and its files must be readable by their owner alone (chmod 700, 600)")
        if "synchronous" in self.database_url:
            reasons.append("DATABASE_URL must not weaken durability (synchronous)")
        return reasons


def driver(url: str) -> str:
    """`postgresql://` means the psycopg driver that is installed."""
    return url.replace("postgresql://", "postgresql+psycopg://", 1) if url.startswith("postgresql://") else url
