"""Every journey may ask for a running Havre, its jobs and a browser."""

from tests.live import browser, context, lasting_house, live_house, live_work, page

__all__ = ["browser", "context", "lasting_house", "live_house", "live_work", "page"]
