"""``python -m scripts.pictures``: what ``scripts/screenshots`` runs."""

from scripts.pictures.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
