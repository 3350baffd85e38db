"""The sandbox's parts, put together."""

from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request

from scripts.sandbox.accounts import Accounts
from scripts.sandbox.carrier import Carrier
from scripts.sandbox.changes import Changes
from scripts.sandbox.database import TABLES, Database
from scripts.sandbox.outbox import Outbox
from scripts.sandbox.request_log import RequestLog
from scripts.sandbox.stripe.part import Stripe, open_stripe
from scripts.sandbox.switches import SwitchBoard
from scripts.sandbox.texts import Texts


@dataclass(frozen=True)
class Sandbox:
    """Everything that a route may need."""

    database: Database
    accounts: Accounts
    texts: Texts
    switches: SwitchBoard
    log: RequestLog
    outbox: Outbox
    changes: Changes
    carrier: Carrier
    stripe: Stripe

    async def reset(self) -> None:
        """Forget everything but the built-in accounts: texts, money, addresses, switches, and what is under way."""
        await self.outbox.forget()
        self.database.clear(*TABLES)
        self.accounts.add_built_in()
        self.changes.announce()

    def resume(self) -> None:
        """Go on with what was under way when the sandbox was stopped."""
        self.carrier.resume()
        self.stripe.events.resume()

    async def close(self) -> None:
        """Stop sending and close the database."""
        await self.outbox.close()
        self.database.close()


def open_sandbox(state_file: Path | None) -> Sandbox:
    """Make a sandbox whose memory is `state_file`, or nothing but this process when it is None."""
    database = Database(state_file)
    accounts, texts, switches = Accounts(database), Texts(database), SwitchBoard(database)
    outbox, changes = Outbox(switches), Changes()
    carrier = Carrier(accounts, texts, switches, outbox, changes)
    stripe = open_stripe(database, outbox, changes)
    return Sandbox(database, accounts, texts, switches, RequestLog(database), outbox, changes, carrier, stripe)


def sandbox_of(request: Request) -> Sandbox:
    """Return the sandbox that serves this request."""
    sandbox: Sandbox = request.app.state.sandbox
    return sandbox
