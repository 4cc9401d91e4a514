"""A web server of the tests' own, on loopback: it answers what a test tells it to."""

import threading
from collections.abc import Callable
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

WORDS = [
    "The river has risen for nine days, and the towns along its lower course have begun to empty. "
    "Nobody in the ministry has said who will pay for the boats that carry the people away.",
    "Vietnam should open the northern sluices before the rains return, because the dams cannot hold "
    "another season like this one. Thailand has asked for a common plan twice and received no answer.",
    "A common plan costs little. The delay has already cost both countries a harvest, and it will cost "
    "them a second one if the commission meets only in spring.",
]


def html(title="Who pays for the boats?", words=WORDS, head=""):
    body = "".join(f"<p>{one}</p>" for one in words)
    return (
        f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1>"
        f"<p>By Linh Tran</p><p>14 March 2023</p>{body}</article></body></html>"
    )


class Site:
    """What stands where: an answer is bytes, (status, headers, bytes), or a function of the handler."""

    def __init__(self):
        self.answers, self.asked, self.headers = {}, [], []

    def __setitem__(self, path, answer):
        self.answers[path] = answer

    def __getitem__(self, path):
        return self.url + path


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        site = self.server.site
        site.asked.append(self.path)
        site.headers.append(dict(self.headers))
        answer = site.answers.get(self.path, (404, {}, b"nothing here"))
        if isinstance(answer, Callable):
            self.close_connection = True
            answer(self)
            return
        status, headers, body = answer if isinstance(answer, tuple) else (200, {"Content-Type": "text/html"}, answer)
        etag = headers.get("ETag")
        if etag and self.headers.get("If-None-Match") == etag:
            status, body = 304, b""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *args):  # a client that has seen enough goes
        pass


@contextmanager
def website():
    site = Site()
    server = Server(("127.0.0.1", 0), Handler)
    server.site = site
    site.port = server.server_port
    site.url = f"http://127.0.0.1:{site.port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
