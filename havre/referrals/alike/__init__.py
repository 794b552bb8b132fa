"""Deciding once what several reports say nearly alike: closed, sent after the first, or parted."""
