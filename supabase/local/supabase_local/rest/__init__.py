"""The Data API: the HTTP dialect of PostgREST over the project's exposed schemas.

A request goes through four steps, one folder each: ``grammar`` reads the query string into a tree, ``plan`` resolves
its names against the ``catalog``, ``sql`` renders one statement, and ``execute`` runs it as the caller's role.
"""
