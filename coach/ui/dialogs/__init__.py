"""Questions that come over a screen."""
