"""``python -m scripts.checks``: what ``scripts/test`` runs."""

from scripts.checks.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
