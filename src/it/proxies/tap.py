"""Relays connections between a proxy and Mediakeep, and records the bytes in both directions."""

import re
import socket
import threading

STATUS = re.compile(rb"HTTP/1\.[01] ([2-5]\d\d) ")


class Tap:
    def __init__(self, backend):
        self.backend = backend
        self.talks = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def clear(self):
        """Closes and drops all connections, so that late bytes of earlier ones are not taken for new ones."""
        talks, self.talks = self.talks, []
        for talk in talks:
            talk.close()

    def requests(self):
        """All that the proxy has sent."""
        return b"".join(talk.sent for talk in self.talks)

    def responses(self):
        """The statuses of Mediakeep's responses: as many as it received requests."""
        return [status for talk in self.talks for status in STATUS.findall(talk.received)]

    def accept(self):
        while True:
            proxy, _ = self.listener.accept()
            self.talks.append(Talk(proxy, socket.create_connection(self.backend)))


class Talk:
    """One connection."""

    def __init__(self, proxy, mediakeep):
        self.proxy, self.mediakeep = proxy, mediakeep
        self.sent = self.received = b""
        threading.Thread(target=self.listen, daemon=True).start()
        threading.Thread(target=self.talk, daemon=True).start()

    def listen(self):
        try:
            while data := self.proxy.recv(65536):
                self.sent += data
                self.mediakeep.sendall(data)
            self.mediakeep.shutdown(socket.SHUT_WR)
        except OSError:
            self.close()

    def talk(self):
        try:
            while data := self.mediakeep.recv(65536):
                self.received += data
                self.proxy.sendall(data)
            self.proxy.shutdown(socket.SHUT_WR)
        except OSError:
            self.close()

    def close(self):
        for end in (self.proxy, self.mediakeep):
            try:
                end.shutdown(socket.SHUT_RDWR)  # wakes whoever reads
            except OSError:
                pass
            end.close()
