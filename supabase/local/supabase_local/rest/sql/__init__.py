"""From a plan to one SQL statement: identifiers quoted, every value a bound parameter."""
