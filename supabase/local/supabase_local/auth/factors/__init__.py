"""Second factors: codes of authenticator apps (TOTP), which raise a session to the assurance level ``aal2``."""
