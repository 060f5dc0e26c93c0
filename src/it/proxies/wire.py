"""Requests over TLS, written byte by byte by a test, and responses as http.client parses them."""

import http.client
import json
import socket
import ssl

NAME = "matrix.example.org"
TIMEOUT = 60


class Response:
    def __init__(self, raw):
        self.status = raw.status
        self.headers = raw.headers
        self.body = raw.read()

    def header(self, name):
        return self.headers.get(name, "")

    def errcode(self):
        return json.loads(self.body)["errcode"]


class Connection:
    """A connection to an address, with TLS by default."""

    def __init__(self, address, tls=True, source="127.0.0.1", timeout=TIMEOUT):
        self.socket = socket.create_connection(address, timeout, (source, 0))
        if tls:
            context = ssl.create_default_context()
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
            self.socket = context.wrap_socket(self.socket, server_hostname=NAME)

    def __enter__(self):
        return self

    def __exit__(self, *ignored):
        self.socket.close()

    def send(self, data):
        self.socket.sendall(data)

    def begin(self, method, target, headers=()):
        """Sends the head of a request."""
        lines = [f"{method} {target} HTTP/1.1", f"Host: {NAME}", *(f"{name}: {value}" for name, value in headers), "", ""]
        self.send("\r\n".join(lines).encode("latin-1"))

    def head(self, method="GET"):
        """Waits for a response whose body the caller reads."""
        raw = http.client.HTTPResponse(self.socket, method=method)
        raw.begin()
        return raw

    def response(self, method="GET"):
        return Response(self.head(method))

    def all(self):
        """All bytes until the other side closes, or sends nothing for a while."""
        received = b""
        try:
            while data := self.socket.recv(65536):
                received += data
        except OSError:
            pass
        return received


class Client:
    """Someone who sends one request for each connection."""

    def __init__(self, address, token=None, tls=True, source="127.0.0.1"):
        self.address, self.token, self.tls, self.source = address, token, tls, source

    def connect(self):
        return Connection(self.address, self.tls, self.source)

    def headers(self, more=()):
        return [*([("Authorization", f"Bearer {self.token}")] if self.token else []), *more]

    def request(self, method, target, headers=(), body=None):
        length = [("Content-Length", len(body))] if body is not None else []
        with self.connect() as connection:
            connection.begin(method, target, self.headers([*headers, *length, ("Connection", "close")]))
            connection.send(body or b"")
            return connection.response(method)

    def get(self, target, *headers):
        return self.request("GET", target, headers)

    def upload(self, body, target="/_matrix/media/v3/upload?filename=cat.png", content_type="image/png"):
        response = self.request("POST", target, [("Content-Type", content_type)], body)
        assert response.status == 200, f"upload: {response.status} {response.body[:200]}"
        return json.loads(response.body)["content_uri"].removeprefix("mxc://")
