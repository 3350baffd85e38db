"""The company's own Stripe account: made at the first click, completed on Stripe's pages, read back from Stripe.

Who may do this (owner and manager) is decided by the database in each function that is called here.
"""

from __future__ import annotations

from typing import Any

from service.database import Database
from service.members import Member
from service.payments.account_events import account_state
from service.payments.client import Payments
from service.payments.errors import asking_stripe

State = dict[str, Any]
"""{connected, charges_enabled, payouts_enabled, details_submitted, currently_due: [Stripe's field names],
disabled_reason, stripe_account_id_last4}"""

NOT_CONNECTED: State = {
    "connected": False,
    "charges_enabled": False,
    "payouts_enabled": False,
    "details_submitted": False,
    "currently_due": [],
    "disabled_reason": None,
    "stripe_account_id_last4": None,
}


def state(database: Database, member: Member) -> State:
    """What is known of the account. Raises DatabaseRefusal 403 `not_allowed`."""
    kept = _kept(database, member)
    if kept is None:
        return NOT_CONNECTED
    account = str(kept["stripe_account_id"])
    shown = {name: kept[name] for name in NOT_CONNECTED if name in kept}
    return {**NOT_CONNECTED, **shown, "stripe_account_id_last4": account[-4:]}


def start_onboarding(payments: Payments, member: Member, return_url: str) -> str:
    """The address of Stripe's page on which the company tells who it is; it leads back to `return_url`.

    The address works once and for minutes. Raises DatabaseRefusal 403, PaymentsRefused, PaymentsUnavailable.
    """
    account = _account(payments, member)
    with asking_stripe():
        link = payments.stripe.v1.account_links.create(
            {
                "account": account,
                "type": "account_onboarding",
                "return_url": return_url,
                "refresh_url": return_url,
            }
        )
    return link.url


def refresh(payments: Payments, member: Member) -> State:
    """The state after asking Stripe: people come back from its pages before its events do. Raises as the others."""
    kept = _kept(payments.database, member)
    if kept is None or not kept["connected"]:
        return state(payments.database, member)
    account = kept["stripe_account_id"]
    with asking_stripe():
        found = payments.stripe.v1.accounts.retrieve(account)
    payments.database.call("update_stripe_account", p_account=account, p_state=account_state(found.to_dict()))
    return state(payments.database, member)


def _account(payments: Payments, member: Member) -> str:
    """The connected account, made when there is none: two clicks at once, or a lost answer, make one."""
    kept = _kept(payments.database, member)
    if kept is not None and kept["connected"]:
        return str(kept["stripe_account_id"])
    # A company that took its account away gets another one, and the key of the first would bring that one back.
    key = f"account-{member.tenant_id}" + (f"-{kept['stripe_account_id']}" if kept else "")
    with asking_stripe():
        made = payments.stripe.v1.accounts.create(
            {
                # Stripe's own dashboard, fees, losses and questions: what used to be the type `standard`.
                "controller": {
                    "stripe_dashboard": {"type": "full"},
                    "fees": {"payer": "account"},
                    "losses": {"payments": "stripe"},
                    "requirement_collection": "stripe",
                },
                "metadata": {"tenant": str(member.tenant_id)},
            },
            {"idempotency_key": key},
        )
    payments.database.call(
        "save_stripe_account",
        p_tenant=member.tenant_id,
        p_user=member.user_id,
        p_account=made.id,
        p_livemode=payments.livemode,
    )
    return made.id


def _kept(database: Database, member: Member) -> State | None:
    kept: State | None = database.call_value("stripe_account", p_tenant=member.tenant_id, p_user=member.user_id)
    return kept
