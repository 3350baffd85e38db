"""What can go wrong while asking Twilio about an account. Sending has its own outcomes, in `sending`."""


class TelephonyRefused(Exception):  # noqa: N818  (a name from the service's language: Twilio refused)
    """Twilio answered and said no: wrong credentials, a suspended account.

    `code` is Twilio's error code (20003 for credentials), or the HTTP status where the answer had none.
    """

    def __init__(self, code: int, message: str) -> None:
        """Keep Twilio's own code and words; the screen's words are the caller's business."""
        super().__init__(message)
        self.code = code
        self.message = message


class TelephonyUnavailable(Exception):  # noqa: N818  (as above)
    """Twilio could not be asked, or did not answer in time: nothing is known, trying again may help."""
