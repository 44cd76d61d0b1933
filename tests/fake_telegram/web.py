"""Just enough of HTTP/1.1 to be a Bot API server whose connections a test may break."""

from __future__ import annotations

import asyncio
import email
import email.policy
import json
from collections.abc import Awaitable, Callable
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.fake_telegram.world import Json, Upload

Answer = tuple[int, Json | bytes]
Handler = Callable[[str, dict[str, str], dict[str, Upload]], Awaitable[Answer | None]]


async def serve_connection(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, handle: Handler) -> None:
    """Answers one connection's requests in turn. A handler that answers None has the connection cut."""
    try:
        while True:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            request_line, *lines = head.rstrip("\r\n").split("\r\n")
            headers = {name.strip().lower(): value.strip() for name, _, value in (ln.partition(":") for ln in lines)}
            body = await reader.readexactly(int(headers.get("content-length", 0)))
            target = urlsplit(request_line.split(" ")[1])
            params, files = parameters(target.query, headers.get("content-type", ""), body)
            answer = await handle(unquote(target.path), params, files)
            if answer is None:
                writer.transport.abort()
                return
            status, result = answer
            kind, content = (b"text/html", result) if isinstance(result, bytes) else (
                b"application/json", json.dumps(result).encode())
            writer.write(b"HTTP/1.1 %d X\r\nContent-Type: %b\r\nContent-Length: %d\r\n\r\n"
                         % (status, kind, len(content)) + content)
            await writer.drain()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    finally:
        writer.close()


def parameters(query: str, content_type: str, body: bytes) -> tuple[dict[str, str], dict[str, Upload]]:
    """A call's parameters and files, from any of the encodings the Bot API takes."""
    params = dict(parse_qsl(query, keep_blank_values=True))
    files: dict[str, Upload] = {}
    if content_type.startswith("application/x-www-form-urlencoded"):
        params |= parse_qsl(body.decode(), keep_blank_values=True)
    elif content_type.startswith("application/json"):
        params |= {name: value if isinstance(value, str) else json.dumps(value)
                   for name, value in json.loads(body or b"{}").items()}
    elif content_type.startswith("multipart/form-data"):
        message = email.message_from_bytes(b"Content-Type: %s\r\n\r\n" % content_type.encode() + body,
                                           policy=email.policy.HTTP)
        for part in message.iter_parts():
            name = part.get_param("name", header="content-disposition")
            content = part.get_payload(decode=True) or b""
            if filename := part.get_filename():
                files[name] = Upload(filename, content)
            else:
                params[name] = content.decode()
    return params, files
