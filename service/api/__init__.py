"""Our own routes, `/api/v1/...`: what the browser needs a secret for."""
