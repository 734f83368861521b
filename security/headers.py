"""The same strict headers on every answer, whoever makes it."""

from flask import Flask, Response, current_app

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "media-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'"
)
# For what people have handed in: whatever it holds, no browser runs it.
SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"
HEADERS: dict[str, str] = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # `no-referrer` would break the origin check of forms over https.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
STRICT_TRANSPORT = ("Strict-Transport-Security", "max-age=31536000")


def init_app(app: Flask) -> None:
    app.after_request(seal)


def seal(response: Response) -> Response:
    is_sandboxed = response.headers.get("Content-Security-Policy") == SANDBOX
    for name, value in HEADERS.items():
        response.headers[name] = value
    if is_sandboxed:
        response.headers["Content-Security-Policy"] = SANDBOX
    if current_app.config["PRODUCTION"]:
        response.headers[STRICT_TRANSPORT[0]] = STRICT_TRANSPORT[1]
    if not response.headers.get("Cache-Control"):
        response.headers["Cache-Control"] = "no-store"
    return response
