"""The log: one line an event, with ids and kinds and never content."""

from __future__ import annotations

import logging
import sys

import structlog

# Libraries that would write addresses, parameters or messages at some level of theirs.
_TALKATIVE = ("httpx", "httpcore", "telegram", "sqlalchemy", "uvicorn", "asyncio", "transitions", "alembic",
              "matplotlib", "PIL")


def set_up(level: str) -> None:
    """Log to standard error from this level on, as text on a terminal and as JSON elsewhere."""
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _without_traceback,
    ]
    drawn = structlog.dev.ConsoleRenderer() if sys.stderr.isatty() else structlog.processors.JSONRenderer()
    formatter = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[*shared, _first_line],
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, drawn],
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level.upper())
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(max(logging.WARNING, root.level))
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )


def _first_line(logger: object, method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    """Of what a library says: asyncio writes the texts of exceptions on the lines after it."""
    event["event"] = str(event["event"]).strip().partition("\n")[0]
    return event


def _without_traceback(
    logger: object, method: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """An exception becomes its class: its text and its frames may hold what somebody wrote."""
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()
    if isinstance(error, tuple) and error[0] is not None:
        event["error"] = error[0].__name__
    elif isinstance(error, BaseException):
        event["error"] = type(error).__name__
    event.pop("stack_info", None)
    return event
