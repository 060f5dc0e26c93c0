"""A homeserver of a few paths: whom tokens stand for, /sync, and a WebSocket. /page is a web page to preview.

@operator is an administrator. A room has one media item, whose id is the room's name.
"""

import base64
import hashlib
import http.server
import json
import re
import threading

USERS = {
    "alices-token": {"user_id": "@alice:example.org"},
    "guests-token": {"user_id": "@guest:example.org", "is_guest": True},
    "operators-token": {"user_id": "@operator:example.org"},
}
ROOM_MEDIA = re.compile(r"/_synapse/admin/v1/room/(?:!|%21)([\w-]+)(?::|%3A)example\.org/media")


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.headers.get("Upgrade", "").lower() == "websocket":
            self.send_response(101)
            key = self.headers["Sec-WebSocket-Key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # RFC 6455, section 4.2.2
            self.send_header("Sec-WebSocket-Accept", base64.b64encode(hashlib.sha1(key.encode()).digest()).decode())
            self.send_header("Upgrade", "websocket")
            self.send_header("Connection", "Upgrade")
            self.send_header("X-Homeserver", "yes")
            self.end_headers()
            self.close_connection = True
        elif self.path.startswith("/_matrix/client/v3/account/whoami"):
            user = USERS.get(self.headers.get("Authorization", "").removeprefix("Bearer "))
            self.say(200, user) if user else self.say(401, {"errcode": "M_UNKNOWN_TOKEN", "error": "Unrecognised token"})
        elif self.path.startswith("/_synapse/admin/"):
            self.administrate()
        elif self.path == "/page":
            self.respond(200, "text/html", b"<!doctype html><title>All about cats</title>")
        else:
            self.say(200, {"versions": ["v1.11"]} if self.path == "/_matrix/client/versions" else {"next_batch": "s1"})

    def administrate(self):
        room = ROOM_MEDIA.fullmatch(self.path)
        if self.headers.get("Authorization") != "Bearer operators-token":
            self.say(403, {"errcode": "M_FORBIDDEN", "error": "You are not a server admin"})
        elif self.path == "/_synapse/admin/v1/users/%40operator%3Aexample.org/admin":
            self.say(200, {"admin": True})
        elif room:
            self.say(200, {"local": [f"mxc://example.org/{room.group(1)}"], "remote": []})
        else:
            self.say(404, {"errcode": "M_UNRECOGNIZED", "error": "Unrecognized request"})

    def say(self, status, body):
        self.respond(status, "application/json", json.dumps(body).encode())

    def respond(self, status, content_type, data):
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(data)))
        self.send_header("X-Homeserver", "yes")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *ignored):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *ignored):
        pass  # a proxy that ends a connection


def start():
    """Answers its port."""
    server = Server(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server.server_address[1]
