"""The commands: one small function per verb."""
