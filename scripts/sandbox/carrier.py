"""What happens to texts between phones and companies: webhooks, keyword answers, deliveries and their reports."""

import asyncio
from xml.etree import ElementTree

import httpx

from scripts.sandbox import keywords
from scripts.sandbox.accounts import Accounts, Number
from scripts.sandbox.changes import Changes
from scripts.sandbox.magic import fate_of
from scripts.sandbox.outbox import Outbox
from scripts.sandbox.reports import inbound_parameters, status_parameters
from scripts.sandbox.switches import SwitchBoard
from scripts.sandbox.text_webhook import TextWebhook
from scripts.sandbox.texts import INBOUND, OUTBOUND_REPLY, SETTLED, Text, Texts

_ANSWERS = {"STOP": keywords.STOP_ANSWER, "START": keywords.START_ANSWER, "HELP": keywords.HELP_ANSWER}


class Carrier:
    """Moves texts and reports on them."""

    def __init__(
        self, accounts: Accounts, texts: Texts, switches: SwitchBoard, outbox: Outbox, changes: Changes
    ) -> None:
        """Share the sandbox's parts."""
        self._accounts = accounts
        self._texts = texts
        self._switches = switches
        self._outbox = outbox
        self._changes = changes

    def resume(self) -> None:
        """Go on with the deliveries that were under way when the sandbox was stopped."""
        for text in self._texts.unsettled():
            self.deliver(text)

    def receive(self, number: Number, customer: str, body: str, media: list[dict[str, str]]) -> Text:
        """Take a text that a customer sends to a company's number, and start telling the company."""
        text = self._texts.add(
            account_sid=number.account_sid,
            direction=INBOUND,
            from_number=customer,
            to_number=number.phone_number,
            body=body,
            media=media,
            status="received",
        )
        self._answer_keyword(number, customer, body)
        self._changes.announce()
        self._outbox.start(self._report_inbound(number, text))
        return text

    def deliver(self, text: Text) -> None:
        """Start the way of an accepted text to the phone."""
        self._changes.announce()
        if not self._switches.now.hold_statuses:
            self._outbox.start(self._deliver(text))

    async def report_status(self, sid: str, status: str, error_code: int | None) -> int | None:
        """Set a text's status and report it; return the HTTP status of the answer, or None when none came."""
        return await self._report_status(self._change_status(sid, status, error_code))

    def _change_status(self, sid: str, status: str, error_code: int | None) -> Text:
        text = self._texts.change_status(sid, status, error_code)
        self._changes.announce()
        return text

    async def _report_status(self, text: Text) -> int | None:
        if not text.status_callback:
            return None
        answer = await self._outbox.send(self._webhook(text, text.status_callback, status_parameters(text)))
        return answer.status_code if answer is not None else None

    async def _deliver(self, text: Text) -> None:
        fate = fate_of(text.to_number)
        final = (fate.final_status or "failed", fate.code) if fate else ("delivered", None)
        for status, code in (("sent", None), final):
            await asyncio.sleep(self._switches.now.status_step_seconds)
            if self._texts.find(text.sid).status in SETTLED:
                return
            self._outbox.start(self._report_status(self._change_status(text.sid, status, code)))

    async def _report_inbound(self, number: Number, text: Text) -> None:
        if not number.sms_url:
            return
        webhook = self._webhook(text, number.sms_url, inbound_parameters(text), number.sms_fallback_url)
        answer = await self._outbox.send(webhook)
        for reply in _replies(answer):
            self._reply(number, text.from_number, reply)

    def _answer_keyword(self, number: Number, customer: str, body: str) -> None:
        keyword = keywords.keyword_of(body) if self._switches.now.answer_keywords else None
        if keyword is None:
            return
        already = self._texts.opted_out(number.phone_number, customer)
        if keyword == "STOP":
            self._texts.opt_out(number.phone_number, customer)
        if keyword == "START":
            self._texts.opt_in(number.phone_number, customer)
        if already == (keyword == "START") or keyword == "HELP":
            self._say(number, customer, _ANSWERS[keyword])

    def _reply(self, number: Number, customer: str, body: str) -> None:
        if not self._texts.opted_out(number.phone_number, customer):
            self._say(number, customer, body)

    def _say(self, number: Number, customer: str, body: str) -> None:
        self._texts.add(
            account_sid=number.account_sid,
            direction=OUTBOUND_REPLY,
            from_number=number.phone_number,
            to_number=customer,
            body=body,
            status="delivered",
        )
        self._changes.announce()

    def _webhook(self, text: Text, url: str, parameters: dict[str, str], fallback_url: str = "") -> TextWebhook:
        account = self._accounts.find(text.account_sid)
        token = account.auth_token if account else ""
        return TextWebhook(url=url, parameters=parameters, auth_token=token, fallback_url=fallback_url)


def _replies(answer: httpx.Response | None) -> list[str]:
    """Return the texts of a TwiML answer's <Message> elements (empty when there are none or it is not XML)."""
    if answer is None or not answer.content.strip():
        return []
    try:
        root = ElementTree.fromstring(answer.text)  # noqa: S314  (the answer of the service being developed)
    except ElementTree.ParseError:
        return []
    return ["".join(message.itertext()).strip() for message in root.iter("Message")]
