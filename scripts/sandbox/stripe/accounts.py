"""Connected accounts: what they still owe Stripe, and what follows from it."""

from dataclasses import dataclass

from scripts.sandbox.stripe import PLATFORM
from scripts.sandbox.stripe.part import Stripe
from scripts.sandbox.stripe.store import Json, new_id


@dataclass(frozen=True)
class Step:
    """One page of the onboarding, and the requirements that it fulfils."""

    title: str
    requirements: tuple[str, ...]


STEPS = {
    "business": Step("Your business", ("business_profile.mcc", "business_profile.url", "business_type")),
    "person": Step("Who you are", ("representative.dob.day", "representative.first_name", "representative.last_name")),
    "bank": Step("Your bank account", ("external_account",)),
    "terms": Step("Terms of service", ("tos_acceptance.date", "tos_acceptance.ip")),
}
_CAPABILITIES = ("card_payments", "transfers", "us_bank_account_ach_payments")


def new_account(
    stripe: Stripe, *, country: str, email: str | None, kind: str, controller: Json, metadata: dict[str, str]
) -> Json:
    """Make an account that has submitted nothing yet."""
    due = sorted(name for step in STEPS.values() for name in step.requirements)
    account = stripe.make(
        PLATFORM,
        "account",
        "acct_1",
        type=kind,
        controller=controller,
        country=country,
        email=email,
        default_currency="usd",
        business_type=None,
        business_profile={"mcc": None, "name": None, "url": None, "support_email": None, "support_phone": None},
        settings={"dashboard": {"display_name": None, "timezone": "Etc/UTC"}, "payments": {}, "payouts": {}},
        tos_acceptance={"date": None},
        future_requirements=_requirements([]),
        metadata=metadata,
        _deauthorized=False,
        **_standing(due),
    )
    return stripe.change(account, external_accounts=_external_accounts(account["id"]))


def fulfil(stripe: Stripe, account: Json, step: str | None = None) -> Json:
    """Fulfil one step's requirements, or all of them, and tell the platform."""
    done = set(STEPS[step].requirements) if step else set(account["requirements"]["currently_due"])
    due = [name for name in account["requirements"]["currently_due"] if name not in done]
    if due == account["requirements"]["currently_due"]:
        return account
    changes: Json = _standing(due)
    previous = {name: account[name] for name in changes if account[name] != changes[name]}
    changed = stripe.change(account, **changes)
    stripe.tell(changed["id"], "account.updated", changed, previous)
    return changed


def require(stripe: Stripe, account: Json, names: list[str]) -> Json:
    """Ask for something again, as Stripe does when a document expires."""
    changed = stripe.change(account, **_standing(sorted({*account["requirements"]["currently_due"], *names})))
    stripe.tell(changed["id"], "account.updated", changed)
    return changed


def deauthorize(stripe: Stripe, account: Json) -> Json:
    """Take the platform's access away, as the account's owner can in the dashboard."""
    application = {"id": new_id("ca_"), "object": "application", "name": "FieldLite"}
    stripe.tell(account["id"], "account.application.deauthorized", application)
    return stripe.change(account, _deauthorized=True)


def _standing(due: list[str]) -> Json:
    """Return the fields of an account that follow from what is due."""
    complete = not due
    return {
        "requirements": _requirements(due),
        "charges_enabled": complete,
        "payouts_enabled": complete,
        "details_submitted": complete,
        "capabilities": dict.fromkeys(_CAPABILITIES, "active" if complete else "inactive"),
    }


def _requirements(due: list[str]) -> Json:
    return {
        "alternatives": [],
        "current_deadline": None,
        "currently_due": due,
        "disabled_reason": "requirements.past_due" if due else None,
        "errors": [],
        "eventually_due": due,
        "past_due": due,
        "pending_verification": [],
    }


def _external_accounts(account: str) -> Json:
    return {"object": "list", "data": [], "has_more": False, "url": f"/v1/accounts/{account}/external_accounts"}
