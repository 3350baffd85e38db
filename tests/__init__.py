"""The tests, by room. A package, so that no distribution's folder of the same name can hide it."""
