"""Contacts come and go as files: a table is read, its columns understood, its cells normalised; contacts are written.

What may be imported, what is a duplicate and what happens then is decided in the database; this room translates between
files and its rows. Nothing here knows of HTTP, and only `uploading` and `exporting` know a door.
"""
