"""Sign-in with OAuth providers, each of which a built-in page stands in for: nothing leaves this machine."""
