"""A way between a worker and the vendor that can stop in the middle of a request."""

import socket
import threading


class Passage:
    """Carries bytes both ways, as they are: they are encrypted."""

    def __init__(self, port):
        self.vendor = port
        self.stop_after = None  # Bytes of one connection since the last answer; more go nowhere.
        self.stopped = threading.Event()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def close(self):
        self.listener.close()

    def serve(self):
        while True:
            try:
                worker, _ = self.listener.accept()
            except OSError:
                return
            vendor = socket.create_connection(("127.0.0.1", self.vendor))
            asked = [0]
            for source, target, way in ((worker, vendor, "out"), (vendor, worker, "back")):
                threading.Thread(target=self.pump, args=(source, target, way, asked), daemon=True).start()

    def pump(self, source, target, way, asked):
        try:
            while piece := source.recv(65536):
                asked[0] = asked[0] + len(piece) if way == "out" else 0
                if way == "out" and self.stop_after is not None and asked[0] > self.stop_after:
                    self.stopped.set()
                    continue
                target.sendall(piece)
        except OSError:
            pass
        finally:
            for end in (source, target):
                end.close()
