"""What operators and developers run. Nothing imports this package but its own commands and their tests."""
