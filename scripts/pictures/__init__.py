"""What ``scripts/screenshots`` does: walks through the running product and photographs every screen."""
