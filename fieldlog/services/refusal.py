"""How a service says no: which field is wrong, and what to do about it."""


class Refused(Exception):
    """What was asked cannot be done; the message is for the person who asked.

    ``field`` names the argument the message is about, or is empty where it is about the whole.
    """

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field
