"""`/api/v1/health`: this process lives. `/api/v1/ready`: what it needs answers, so it can serve people."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from service.context import services_of_app
from service.web import build_id

blueprint = Blueprint("health", __name__, url_prefix="/api/v1")


@blueprint.get("/health")
def health() -> Response:
    """The build, so that an open page of an older one can say so."""
    return jsonify({"status": "ok", "build": build_id(services_of_app().settings)})


@blueprint.get("/ready")
def ready() -> Response:
    """503 while the database (as either login) or Supabase Auth does not answer."""
    services = services_of_app()
    services.webhook.ping()
    services.portal.ping()
    services.door.check_auth()
    return jsonify({"status": "ready"})
