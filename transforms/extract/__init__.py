"""Events out of annotated articles: predicates, arguments, status, attribution, and their records."""
