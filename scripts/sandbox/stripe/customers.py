"""Customers of an account: the platform's are the companies that subscribe."""

from scripts.sandbox.stripe.api import Call, api_route
from scripts.sandbox.stripe.listing import list_objects
from scripts.sandbox.stripe.part import Stripe
from scripts.sandbox.stripe.store import Json, new_id


def new_customer(
    stripe: Stripe, account: str, *, email: str | None, name: str | None, metadata: dict[str, str] | None = None
) -> Json:
    """Make a customer and tell."""
    customer = stripe.make(
        account,
        "customer",
        "cus_",
        address=None,
        balance=0,
        currency=None,
        default_source=None,
        delinquent=False,
        description=None,
        email=email,
        invoice_prefix=new_id("", 8).upper(),
        invoice_settings={"custom_fields": None, "default_payment_method": None, "footer": None},
        metadata=metadata or {},
        name=name,
        phone=None,
        preferred_locales=[],
        shipping=None,
        tax_exempt="none",
        test_clock=None,
    )
    stripe.tell(account, "customer.created", customer)
    return customer


def create(call: Call) -> Json:
    """Make a customer."""
    fields = call.fields
    fields.only("email", "name", "description", "phone", "metadata")
    made = new_customer(
        call.stripe, call.account, email=fields.text("email"), name=fields.text("name"), metadata=fields.metadata()
    )
    return call.stripe.change(made, description=fields.text("description"), phone=fields.text("phone"))


def retrieve(call: Call) -> Json:
    """Answer one customer."""
    return call.stripe.find(call.account, "customer", call.subject)


def list_customers(call: Call) -> Json:
    """Answer customers, by their exact e-mail address where given."""
    return list_objects(call, "customer", "/v1/customers", "email")


ROUTES = [
    api_route("/customers", "POST", create),
    api_route("/customers", "GET", list_customers),
    api_route("/customers/{id}", "GET", retrieve),
]
