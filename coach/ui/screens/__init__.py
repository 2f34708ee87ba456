"""One screen per place or player."""
