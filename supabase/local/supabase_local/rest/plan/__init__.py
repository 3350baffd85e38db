"""From the tree of a request to a tree whose names are found in the catalog."""
