"""From the query string to a tree of plain values; knows nothing of the database."""
