"""Logs that say which request they are of, as lines or as JSON."""

import json
import logging
from contextvars import ContextVar

# The id of the request that this thread answers; "-" outside of any.
current_request: ContextVar[str] = ContextVar("current_request", default="-")


class RequestId(logging.Filter):
    """Add `request_id` to each record."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = current_request.get()
        return True


class Json(logging.Formatter):
    """Write a record as one JSON object on a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record's time, level, logger, request and message, and its traceback if there is one."""
        told = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "request": getattr(record, "request_id", "-"),
            "message": record.getMessage(),
        }
        if record.exc_info:
            told["traceback"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False)
