"""The form fields of Twilio's webhooks for texts."""

from scripts.sandbox.texts import Text


def inbound_parameters(text: Text) -> dict[str, str]:
    """Return the fields of "a message comes in"; the geographic ones are those of a Denver number."""
    fields = {
        "ToCountry": "US",
        "ToState": "CO",
        "ToCity": "DENVER",
        "ToZip": "80202",
        "FromCountry": "US",
        "FromState": "CO",
        "FromCity": "DENVER",
        "FromZip": "80202",
        "SmsStatus": "received",
        "Body": text.body,
        "NumMedia": str(len(text.media)),
        "NumSegments": str(text.segments),
        **_identity(text),
    }
    for position, medium in enumerate(text.media):
        fields[f"MediaUrl{position}"] = medium["url"]
        fields[f"MediaContentType{position}"] = medium["content_type"]
    return fields


def status_parameters(text: Text) -> dict[str, str]:
    """Return the fields of a status callback."""
    fields = {"SmsStatus": text.status, "MessageStatus": text.status, **_identity(text)}
    if text.error_code is not None:
        fields["ErrorCode"] = str(text.error_code)
    return fields


def _identity(text: Text) -> dict[str, str]:
    return {
        "SmsSid": text.sid,
        "SmsMessageSid": text.sid,
        "MessageSid": text.sid,
        "AccountSid": text.account_sid,
        "From": text.from_number,
        "To": text.to_number,
        "ApiVersion": "2010-04-01",
    }
