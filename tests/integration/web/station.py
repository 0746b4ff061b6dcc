"""A whole one: a private bus, hotseatd on a simulated workstation, hotseat-web, and clients of it."""

import ctypes
import http.client
import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import tempfile
import time

SECRET = "correct horse battery staple"
PROGRAMS = os.environ["HOTSEAT_PROGRAMS"]
PATIENCE = 20


def wait_until(so, what, seconds=PATIENCE):
    """`what` may be asked for when it is told only, to say how things are by then."""
    deadline = time.monotonic() + seconds
    while True:
        result = so()
        if result:
            return result
        assert time.monotonic() < deadline, "still not after {} s: {}".format(seconds, what() if callable(what) else what)
        time.sleep(0.02)


def with_us():
    """Ends with the test, also when that is killed (PR_SET_PDEATHSIG)."""
    ctypes.CDLL(None).prctl(1, signal.SIGKILL)


class Answer:
    def __init__(self, response):
        self.status = response.status
        self.headers = response.headers
        self.body = response.read()

    def json(self):
        return json.loads(self.body)


class Station:
    """Ends what it started when it is left."""

    def __init__(self, config="", hosts=(), tls=False, policy="", ready=True, session_days=None):
        self.policy = policy
        self.waits_until_ready = ready
        self.directory = tempfile.mkdtemp(prefix="hotseat-web-")
        self.bus = self.daemon = self.web = None
        self.tls = tls
        self.environment = dict(os.environ, DBUS_SESSION_BUS_ADDRESS="unix:path={}/bus".format(self.directory))
        listen = '"127.0.0.1:0"'
        text = "[http]\nlisten = [{}]\nhosts = {}\n".format(listen, json.dumps(list(hosts)))
        text += "session_days = {}\n".format(session_days) if session_days else ""
        text += '[virtkvm]\nsecret = "{}"\n'.format(SECRET) if "[virtkvm]" not in config else ""
        text += "[tls]\n" if tls else ""
        self.write("web.toml", text + config)
        self.start_bus()
        self.start_daemon()
        self.start_web()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for process in (self.web, self.daemon, self.bus):
            self.end(process)
        shutil.rmtree(self.directory)

    @staticmethod
    def place():
        """A directory that goes with its block."""
        return tempfile.TemporaryDirectory(prefix="hotseat-web-")

    def path(self, name):
        return os.path.join(self.directory, name)

    def write(self, name, text):
        with open(os.open(self.path(name), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write(text)

    @staticmethod
    def end(process, how=signal.SIGTERM):
        """A program has to end by itself when it is asked to, and well."""
        if process is None or process.poll() is not None:
            return
        process.send_signal(how)
        status = process.wait(PATIENCE)
        assert status in (0, -signal.SIGTERM, -signal.SIGKILL), "it ended with {}".format(status)

    # --- the processes

    def start_bus(self):
        self.write("bus.conf", """<busconfig><type>session</type><listen>{}</listen><auth>EXTERNAL</auth>
            <policy context="default"><allow send_destination="*" eavesdrop="true"/>
            <allow eavesdrop="true"/><allow own="*"/>{}</policy></busconfig>""".format(
                self.environment["DBUS_SESSION_BUS_ADDRESS"], self.policy))
        self.bus = subprocess.Popen(["dbus-daemon", "--nofork", "--config-file=" + self.path("bus.conf")],
                                    stderr=subprocess.DEVNULL, preexec_fn=with_us)
        wait_until(lambda: os.path.exists(self.path("bus")), "the bus")

    def start_daemon(self):
        self.daemon = subprocess.Popen([PROGRAMS + "/scripted_hotseatd"], env=self.environment, stdin=subprocess.PIPE,
                                       stdout=subprocess.PIPE, text=True, preexec_fn=with_us)

    def stop_daemon(self, how=signal.SIGTERM):
        self.end(self.daemon, how)
        self.daemon.stdin.close()
        self.daemon.stdout.close()

    def happens(self, what):
        """To the simulated workstation: see scripted_hotseatd.cpp."""
        self.daemon.stdin.write(what + "\n")
        self.daemon.stdin.flush()
        assert self.daemon.stdout.readline() == "did {}\n".format(what)

    def start_web(self, port=0):
        if port:
            with open(self.path("web.toml"), encoding="utf-8") as file:
                text = file.read()
            self.write("web.toml", text.replace("127.0.0.1:0", "127.0.0.1:{}".format(port)))
        os.makedirs(self.path("state"), exist_ok=True)
        self.web = subprocess.Popen(
            [PROGRAMS + "/hotseat-web", "--session-bus", "--config", self.path("web.toml"), "--state", self.path("state"),
             "--control", self.path("control.sock")],
            env=self.environment, stderr=subprocess.PIPE, text=True, preexec_fn=with_us)
        line = ""
        while "listening at" not in line:
            line = self.web.stderr.readline()
            assert line, "hotseat-web does not start"
        self.url = line.split()[-1]
        self.port = int(self.url.rsplit(":", 1)[1])
        self.token = self.control(do="token", name="test")["token"]
        if self.waits_until_ready:
            wait_until(self.ready, "hotseatd is idle")

    def ready(self):
        answer = self.get("/api/v1/status")
        status = answer.json()
        return answer.status == 200 and status["state"] == "idle" and all(device["present"] or device["optional"] for device in status["devices"])

    def stop_web(self, how=signal.SIGTERM):
        self.end(self.web, how)
        self.web.stderr.close()

    # --- clients

    def control(self, **request):
        with socket.socket(socket.AF_UNIX) as end:
            end.connect(self.path("control.sock"))
            end.sendall(json.dumps(request).encode() + b"\n")
            return json.loads(end.makefile().read())

    def connect(self):
        end = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
        if not self.tls:
            return end
        context = ssl.create_default_context()
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        return context.wrap_socket(end)

    def start(self, method, path, body=None, token=None, **headers):
        """A request that is sent when this returns; the result waits for its answer.

        `token` False: none. Header names have underscores for hyphens; None leaves one out."""
        sent = {"Authorization": "Bearer " + (token or self.token)} if token is not False else {}
        if isinstance(body, (dict, list)):
            body = json.dumps(body)
        if body is not None:
            sent["Content-Type"] = "application/json"
        for name, value in headers.items():
            sent[name.replace("_", "-")] = value
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.sock = self.connect()
        connection.putrequest(method, path, skip_host="Host" in sent)
        for name, value in sent.items():
            if value is not None:
                connection.putheader(name, value)
        content = body.encode() if isinstance(body, str) else body
        if method == "POST":
            connection.putheader("Content-Length", str(len(content or b"")))
        connection.endheaders(content)

        def answer():
            try:
                return Answer(connection.getresponse())
            finally:
                connection.close()

        return answer

    def request(self, method, path, body=None, token=None, **headers):
        return self.start(method, path, body, token, **headers)()

    def get(self, path, **headers):
        return self.request("GET", path, **headers)

    def post(self, path, body=None, **headers):
        return self.request("POST", path, {} if body is None else body, **headers)

    def try_secret(self, secret):
        """At virtkvm's door."""
        return self.post("/switch", {"to": "host"}, token=False, X_Secret=secret).status

    def guess(self, times):
        """Wrong ones that are tried; one that comes too early is not. After seven, nothing is tried for 4 s."""
        for _ in range(times):
            wait_until(lambda: self.try_secret("guess") == 403, "a guess is tried")

    def events(self, **headers):
        return Events(self, **headers)


class Events:
    """An open stream of events."""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def __init__(self, station, token=None, cookie=None):
        who = "Cookie: " + cookie if cookie else "Authorization: Bearer " + (token or station.token)
        self.socket = station.connect()
        self.socket.sendall("GET /api/v1/events HTTP/1.1\r\nHost: 127.0.0.1\r\n{}\r\n\r\n".format(who).encode())
        self.response = http.client.HTTPResponse(self.socket)
        self.response.begin()
        self.status = self.response.status

    def next(self):
        """(event, data), or None at the end."""
        event = data = None
        while True:
            line = self.response.readline().decode().rstrip("\n")
            if line.startswith("event: "):
                event = line[7:]
            elif line.startswith("data: "):
                data = json.loads(line[6:])
            elif event:
                return event, data
            else:
                return None

    def until(self, wanted, so=lambda data: True):
        """All events up to the wanted one."""
        seen = []
        while True:
            event = self.next()
            assert event, "the stream ended before {}; there were {}".format(wanted, seen)
            seen.append(event)
            if event[0] == wanted and so(event[1]):
                return seen

    def close(self):
        self.response.close()
        self.socket.close()
