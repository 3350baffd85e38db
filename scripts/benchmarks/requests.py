"""Signed webhooks as bytes, made before the clock starts."""

from __future__ import annotations

import random
import secrets
from urllib.parse import urlencode, urlsplit

from twilio.request_validator import RequestValidator

from scripts.benchmarks.companies import ACCOUNT_SID, ACCOUNT_TOKEN, Company
from scripts.benchmarks.product import Product

SENDERS = 50
"""Customers of each company: the first text of each makes a lead, later ones do not."""

VALIDATOR = RequestValidator(ACCOUNT_TOKEN)


def inbound_text(product: Product, company: Company, body: str) -> bytes:
    """Return a whole HTTP/1.1 request for one inbound text of a random customer."""
    sid = "SM" + secrets.token_hex(16)
    sender = f"+1720555{random.randrange(SENDERS):04}"  # noqa: S311
    form = {
        "ToCountry": "US", "SmsMessageSid": sid, "NumMedia": "0", "ToCity": "DENVER", "FromZip": "80202",
        "SmsSid": sid, "FromState": "CO", "SmsStatus": "received", "FromCity": "DENVER", "Body": body,
        "FromCountry": "US", "To": company.number, "NumSegments": "1", "MessageSid": sid, "AccountSid": ACCOUNT_SID,
        "From": sender, "ApiVersion": "2010-04-01",
    }  # fmt: skip
    path = f"/api/twilio/webhook/{company.id}/sms"
    signature = VALIDATOR.compute_signature(product.settings["FIELDLITE_PUBLIC_URL"] + path, form)
    content = urlencode(form).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: {urlsplit(product.service_url).netloc}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(content)}\r\n"
        f"X-Twilio-Signature: {signature}\r\n\r\n"
    )
    return head.encode() + content
