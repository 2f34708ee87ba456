"""Keeps records: the only code that knows TinyDB and the files of format 1."""
