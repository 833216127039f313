"""From phrases to codes: actors, antecedents, places, dates and counts."""
