"""What a rule of the house says when it is broken. The web layer translates the sentence."""


class RuleBroken(Exception):
    """A rule refused the change: `msgid` is an English sentence with %(name)s places, `field` the field at fault."""

    def __init__(self, msgid: str, field: str | None = None, **values: object) -> None:
        super().__init__(msgid % values if values else msgid)
        self.msgid = msgid
        self.field = field
        self.values = values


class TransitionNotAllowed(RuleBroken):
    """The record is in a state from which this step is not possible."""


class Stale(RuleBroken):
    """Somebody changed the record after this person had read it."""


class TooLarge(RuleBroken):
    """More bytes than the house takes."""


class AlreadySubmitted(Exception):
    """The same form was sent twice; the first result stands at `location`."""

    def __init__(self, location: str) -> None:
        super().__init__(location)
        self.location = location


class Busy(Exception):
    """The database could not take the change now; nothing was written and the same form may be sent again."""
