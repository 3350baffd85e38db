"""``python -m scripts.stack``: what ``scripts/dev`` runs."""

from scripts.stack.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
