"""From a question as understood to the stretches of articles that answer it, ranked, or to none of them."""
