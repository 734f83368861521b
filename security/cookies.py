"""The cookies of this house: never read by scripts, sent only to us; in production bound to the host over https.

`__Host-` cookies do not survive plain http in old kernels, so trials without https use the bare names.
"""

from datetime import timedelta

from flask import Flask, Response, current_app, request

PREFIX = "__Host-"


def prefix(app: Flask) -> str:
    return PREFIX if app.config["PRODUCTION"] else ""


def read(name: str) -> str:
    """What this browser keeps under the name; nothing is an empty text."""
    return request.cookies.get(prefix(current_app) + name, "")


def keep(response: Response, name: str, value: str, max_age: timedelta) -> None:
    response.set_cookie(
        prefix(current_app) + name,
        value,
        max_age=max_age,
        httponly=True,
        samesite="Lax",
        secure=current_app.config["PRODUCTION"],
    )


def forget(response: Response, name: str) -> None:
    response.delete_cookie(
        prefix(current_app) + name, httponly=True, samesite="Lax", secure=current_app.config["PRODUCTION"]
    )
