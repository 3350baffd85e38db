"""What the exposed schemas contain: tables, keys, relationships and functions, kept in step with DDL."""
