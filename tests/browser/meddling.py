"""What lies between a phone and the server: a relay that drops replies or answers for others."""

import http.client
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

Reply = tuple[int, dict[str, str], bytes]
"""Status, headers, body."""

HOP_BY_HOP = {"connection", "transfer-encoding", "keep-alive", "content-length"}
PORTAL: Reply = (200, {"Content-Type": "text/html"}, b"<h1>Welcome to the pub's WiFi</h1>")


@dataclass
class Relay:
    """Passes everything on to ``target``, but what ``meddle`` answers or lets be lost.

    ``meddle(path, headers, pass_on)`` returns a reply, or None to close the connection without a
    word. ``asked`` are the paths in the order they came.
    """

    target: str
    meddle: Callable[[str, dict[str, str], Callable[[], Reply]], Reply | None] | None = None
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.httpd = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.httpd.daemon_threads = True
        self.address = f"http://127.0.0.1:{self.httpd.server_port}"
        threading.Thread(target=self.httpd.serve_forever, args=(0.05,), daemon=True).start()

    def close(self) -> None:
        self.httpd.shutdown()
        self.httpd.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        relay = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.0"

            def answer(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                relay.asked.append(self.path)
                headers = dict(self.headers.items())

                def pass_on() -> Reply:
                    return relay.passed_on(self.command, self.path, headers, body)

                reply = relay.meddle(self.path, headers, pass_on) if relay.meddle else pass_on()
                if reply is None:
                    self.close_connection = True
                    return
                status, fields, content = reply
                self.send_response_only(status)
                for name, value in fields.items():
                    for one in value.split("\n"):
                        self.send_header(name, one)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                # A page that was left does not wait for its answers.
                with suppress(BrokenPipeError, ConnectionResetError):
                    self.wfile.write(content)

            def log_message(self, *_said: object) -> None:
                pass

        for method in ("GET", "POST", "HEAD"):
            setattr(Handler, f"do_{method}", Handler.answer)
        return Handler

    def passed_on(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Reply:
        """Ask the server itself, for what a meddler can read: nothing is packed on its way."""
        headers = {name: value for name, value in headers.items() if name != "Accept-Encoding"}
        connection = http.client.HTTPConnection(urlsplit(self.target).netloc, timeout=30)
        connection.request(method, path, body=body or None, headers=headers)
        answer = connection.getresponse()
        content = answer.read()
        fields: dict[str, str] = {}
        for name, value in answer.getheaders():
            if name.lower() not in HOP_BY_HOP:
                fields[name] = f"{fields[name]}\n{value}" if name in fields else value
        connection.close()
        return answer.status, fields, content
