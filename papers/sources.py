"""Where the values of papers are entered: each once, on the page of its own."""

from models.words import _

COMPLETION = "completion"  # 补全: what the dispute is about, and its parties
VISIT = "visit"
WHISTLE = "whistle"
ANSWER = "answer"  # 到场结果
SESSION = "session"
OUTCOME = "outcome"
DECISION = "decision"  # declined, closed: the decision outside a session
CENTRE = "centre"  # house, bodies and registers, kept by the manager
PERFORMANCE = "performance"
SELF = "self"  # reckoned from the record
SOURCES: dict[str, str] = {
    COMPLETION: _("Complete the file"),
    VISIT: _("Visit"),
    WHISTLE: _("Whistle"),
    ANSWER: _("Answer of the unit"),
    SESSION: _("Session"),
    OUTCOME: _("Outcome of the session"),
    DECISION: _("Decision"),
    CENTRE: _("Administration"),
    PERFORMANCE: _("Performance"),
    SELF: _("from the record"),
}
