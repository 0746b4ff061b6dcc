"""Who does not get in, and what they cannot break."""

import json
import os
import select
import signal
import socket
import subprocess
import time
import unittest

from station import PROGRAMS, SECRET, Station, wait_until


class Security(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.station = Station(hosts=["workstation.lan"])

    @classmethod
    def tearDownClass(cls):
        cls.station.__exit__()

    def still_well(self):
        before = time.monotonic()
        self.assertEqual(self.station.get("/api/v1/status").status, 200)
        # Before the slow ones are cut off. A connection that was not taken at once costs seconds by itself.
        self.assertLess(time.monotonic() - before, 8)

    # --- virtkvm's door

    def test_virtkvms_own_curl_line_works(self):
        self.station.post("/api/v1/switch", {"to": "win11"})  # the guest that was used last
        self.station.post("/api/v1/release")
        line = ["curl", "-sS", "-X", "POST", "-H", "Content-Type: application/json", "-H", "X-Secret: " + SECRET,
                "-d", '{"to": "guest"}', self.station.url + "/switch"]
        answer = subprocess.run(line, capture_output=True, text=True, timeout=30, check=True).stdout
        self.assertEqual(json.loads(answer), {"success": True, "error": None})
        self.assertEqual(self.station.get("/api/v1/status").json()["target"], "win11")
        line[line.index('{"to": "guest"}')] = '{"to": "host"}'
        subprocess.run(line, capture_output=True, timeout=30, check=True)
        self.assertEqual(self.station.get("/api/v1/status").json()["target"], "host")

    def test_virtkvms_order_of_checks(self):
        def status(method="POST", path="/switch", body='{"to":"host"}', **headers):
            return self.station.request(method, path, body, token=False, **headers).status

        self.assertEqual(status(path="/nowhere", X_Secret="wrong"), 404)
        self.assertEqual(status(method="GET", body=None), 405)
        self.assertEqual(status(body="nonsense", Content_Type="text/plain"), 403)
        self.assertEqual(status(body="nonsense", Content_Type="text/plain", X_Secret=SECRET), 415)
        self.assertEqual(status(body="nonsense", X_Secret=SECRET), 400)
        self.assertEqual(status(body='{"to":"elsewhere"}', X_Secret=SECRET), 400)
        self.assertEqual(status(X_Secret=SECRET, Host="some.other.name:5001"), 200)  # the secret is enough
        self.assertEqual(status(X_Secret=SECRET, Origin="http://evil.example"), 403)
        self.assertEqual(status(X_Secret="wrong", Origin="http://evil.example"), 403)
        self.station.post("/switch", {"to": "host"}, token=False, X_Secret=SECRET)

    def test_guest_is_the_one_used_last(self):
        self.station.post("/api/v1/switch", {"to": "zorg"})
        for to, owner in (("host", "host"), ("guest", "zorg"), ("host", "host")):
            self.assertTrue(self.station.post("/switch", {"to": to}, token=False, X_Secret=SECRET).json()["success"])
            self.assertEqual(self.station.get("/api/v1/status").json()["target"], owner)

    # --- sessions

    def test_nothing_is_readable_from_outside(self):
        for path in ("/api/v1/status", "/api/v1/openapi.json", "/", "/pair", "/health", "/nowhere", "/api/v1/events"):
            for headers in ({}, {"Cookie": "hotseat=wrong"}, {"Authorization": "Basic cm9vdDpyb290"}):
                answer = self.station.get(path, token=False, **headers)
                self.assertNotIn(b"win11", answer.body)
                self.assertNotIn(b"keyboard\"", answer.body)

    def test_a_code_is_good_once(self):
        code = self.station.control(do="pair", name="tablet")["code"]
        answer = self.station.post("/pair", {"code": code.lower().replace("-", " ")}, token=False)
        self.assertEqual(answer.json(), {"name": "tablet"})
        cookie = answer.headers["Set-Cookie"]
        for part in ("HttpOnly", "SameSite=Strict", "Path=/"):
            self.assertIn(part, cookie)
        self.assertNotIn("Secure", cookie)
        shown = cookie.split(";")[0]
        self.assertEqual(self.station.get("/api/v1/status", token=False, Cookie=shown).status, 200)
        self.assertEqual(self.station.post("/pair", {"code": code}, token=False).status, 403)
        with open(self.station.path("state/clients.json"), encoding="utf-8") as file:
            self.assertNotIn(shown.split("=")[1], file.read())
        self.assertEqual(os.stat(self.station.path("state/clients.json")).st_mode & 0o777, 0o600)
        self.station.control(do="unpair", name="tablet")
        self.assertEqual(self.station.get("/api/v1/status", token=False, Cookie=shown).status, 401)

    def test_unpairing_ends_open_streams(self):
        token = self.station.control(do="token", name="listener")["token"]
        with self.station.events(token=token) as events:
            events.until("hello")
            self.station.control(do="unpair", name="listener")
            while events.next():
                pass

    def test_answers_carry_the_headers_that_bind_browsers(self):
        for path in ("/", "/pair", "/api/v1/status", "/nowhere", "/health"):
            headers = self.station.get(path).headers
            self.assertIn("default-src 'none'", headers["Content-Security-Policy"])
            self.assertNotIn("unsafe", headers["Content-Security-Policy"])
            self.assertEqual(headers["X-Content-Type-Options"], "nosniff")
            self.assertEqual(headers["Referrer-Policy"], "no-referrer")
            kept = "private, no-cache" if path in ("/", "/pair") else "no-store"
            self.assertEqual(headers["Cache-Control"], kept)
            self.assertNotIn("Access-Control-Allow-Origin", headers)
        preflight = self.station.request("OPTIONS", "/api/v1/switch", Origin="http://evil.example",
                                         Access_Control_Request_Method="POST")
        self.assertEqual(preflight.status, 405)
        self.assertNotIn("Access-Control-Allow-Origin", preflight.headers)

    def test_only_our_own_names(self):
        for host, status in (("workstation.lan:8674", 200), ("WORKSTATION.LAN", 200), ("localhost:1", 200),
                             ("127.0.0.1", 200), ("192.168.1.9", 421), ("evil.example", 421), ("127.0.0.1.evil.example", 421),
                             ("[::1]:80", 421), ("", 421), ("localhost@evil.example", 421)):
            self.assertEqual(self.station.get("/api/v1/status", Host=host).status, status, host)

    # --- what the network may send

    def raw(self, data):
        with self.station.connect() as end:
            end.settimeout(15)
            answer = b""
            try:
                end.sendall(data)
                end.shutdown(socket.SHUT_WR)
                while chunk := end.recv(4096):
                    answer += chunk
            except OSError:
                pass  # it hangs up on what it does not want to hear
            return answer

    def test_malformed_requests_break_nothing(self):
        for data in (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", b"GET\r\n\r\n", b"\x00" * 4096, b"GET / HTTP/9.9\r\n\r\n",
                     b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n\r\n",
                     b"GET / HTTP/1.1\r\n" + b"X-Many: x\r\n" * 5000 + b"\r\n",
                     b"POST /switch HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
                     b"POST /switch HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999999999\r\n\r\n",
                     b"POST /pair HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2000000\r\n\r\n" + b"x" * 2_000_000,
                     b"POST /pair HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n",
                     b"POST /pair HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Type: application/json\r\n\r\n"
                     + b"1000\r\n" + b"x" * 4096 + b"\r\n" + b"8000\r\n" + b"x" * 32768 + b"\r\n8000\r\n" + b"x" * 32768 + b"\r\n0\r\n\r\n"):
            self.assertNotIn(b" 200 ", self.raw(data).split(b"\r\n")[0])
        self.still_well()

    def test_a_header_that_stands_twice_is_refused(self):
        answer = self.raw("GET /api/v1/status HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer x\r\n"
                          "Authorization: Bearer {}\r\nConnection: close\r\n\r\n".format(self.station.token).encode())
        self.assertIn(b" 400 ", answer.split(b"\r\n")[0])

    def test_who_is_slow_is_cut_off_while_others_are_served(self):
        begun = time.monotonic()
        silent = self.station.connect()
        half = self.station.connect()
        half.sendall(b"POST /switch HTTP/1.1\r\nHost: localhost\r\nContent-Length: 20\r\n\r\n{")
        loris = self.station.connect()
        loris.sendall(b"GET / HTTP/1.1\r\n")
        open_ones = {silent, half, loris}
        while open_ones:
            self.assertLess(time.monotonic() - begun, 40, "still open")
            try:
                loris.sendall(b"X-Slow: 1\r\n")
            except OSError:
                pass
            for end in select.select(list(open_ones), [], [], 0.5)[0]:
                try:
                    gone = end.recv(4096) == b""
                except OSError:
                    gone = True
                if gone:
                    self.assertGreater(time.monotonic() - begun, 8)
                    open_ones.remove(end)
            self.still_well()
        for end in (silent, half, loris):
            end.close()

    def test_two_hundred_idle_connections_push_out_themselves(self):
        streams = [self.station.events() for _ in range(3)]
        idle = [self.station.connect() for _ in range(200)]
        self.still_well()
        closed = sum(1 for end in idle if select.select([end], [], [], 0)[0])
        self.assertGreaterEqual(closed, 200 - 64)
        for stream in streams:  # those who were let in are not pushed out
            self.assertEqual(stream.next()[0], "hello")
            stream.close()
        for end in idle:
            end.close()

    def test_guesses_are_slowed_down(self):
        with Station() as station:
            self.assertEqual([station.try_secret("guess") for _ in range(5)], [403] * 5)
            station.guess(2)
            self.assertEqual(station.try_secret("guess"), 429)
            answer = station.post("/switch", {"to": "host"}, token=False, X_Secret=SECRET)
            self.assertEqual(answer.status, 429)  # the right one is not tried either
            self.assertFalse(answer.json()["success"])
            self.assertEqual(station.get("/api/v1/status").status, 200)  # whoever is paired is not kept out
            code = station.control(do="pair", name="x")["code"]
            self.assertEqual(station.post("/pair", {"code": code}, token=False).status, 429)
            wait_until(lambda: station.try_secret(SECRET) == 200, "the right one is tried")
            self.assertEqual(station.post("/pair", {"code": code}, token=False).status, 200)

    # --- what comes and goes

    def test_a_restart_of_hotseatd_is_heard_on_an_open_stream(self):
        with self.station.events() as events:
            events.until("hello")
            self.station.stop_daemon(signal.SIGKILL)
            events.until("daemon", lambda data: data == {"present": False})
            self.station.start_daemon()
            events.until("daemon", lambda data: data == {"present": True})
            events.until("status", lambda data: data["state"] == "idle")
            wait_until(self.station.ready, "hotseatd is idle")
            self.station.post("/api/v1/switch", {"to": "win11"})
            kinds = {event for event, _ in events.until("ended")}
            self.assertLessEqual({"started", "step", "ended"}, kinds)
            self.station.post("/api/v1/release")

    def test_a_switch_that_hotseatd_dies_of_is_answered(self):
        self.station.happens("slow-attach")
        waiting = self.station.start("POST", "/api/v1/switch", {"to": "win11"})
        wait_until(lambda: self.station.get("/api/v1/status").json()["state"] == "switching", "it switches")
        self.station.stop_daemon(signal.SIGKILL)
        self.assertEqual(waiting().status, 503)
        self.station.start_daemon()
        wait_until(self.station.ready, "hotseatd is idle")

    def test_it_ends_when_told_with_everything_open(self):
        with Station() as station:
            with station.events() as events, station.connect():
                waiting = station.start("POST", "/api/v1/switch", {"to": "win11"})
                events.until("started")
                station.stop_web()
                self.assertIn(waiting().status, (200, 503))


class Tls(unittest.TestCase):
    def test_a_certificate_of_our_own(self):
        with Station(tls=True) as station:
            self.assertTrue(station.url.startswith("https://"))
            pairing = station.control(do="pair", name="phone")
            self.assertEqual(len(pairing["fingerprint"].split(":")), 32)
            answer = station.post("/pair", {"code": pairing["code"]}, token=False)
            self.assertIn("__Host-hotseat=", answer.headers["Set-Cookie"])
            self.assertIn("Secure", answer.headers["Set-Cookie"])
            self.assertEqual(station.get("/api/v1/status").status, 200)
            with station.events() as events:
                events.until("hello")
                station.happens("unplug mouse")
                events.until("status")
                station.happens("plug mouse")
            self.assertEqual(os.stat(station.path("state/identity.pem")).st_mode & 0o777, 0o600)
            station.stop_web()
            station.start_web()
            self.assertEqual(station.control(do="pair", name="phone")["fingerprint"], pairing["fingerprint"])
            try:
                with socket.create_connection(("127.0.0.1", station.port)) as plain:
                    plain.sendall(b"GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    self.assertNotIn(b"200", plain.recv(100))
            except ConnectionResetError:
                pass


class Configuration(unittest.TestCase):
    def refused(self, text, mode=0o600):
        with Station.place() as place:
            path = os.path.join(place, "web.toml")
            with open(os.open(path, os.O_WRONLY | os.O_CREAT, mode), "w", encoding="utf-8") as file:
                file.write(text)
            os.chmod(path, mode)
            ended = subprocess.run([PROGRAMS + "/hotseat-web", "--session-bus", "--config", path, "--state", place,
                                    "--control", place + "/control.sock"], capture_output=True, text=True, timeout=20)
            self.assertIn(ended.returncode, (1, 2))
            return ended.stderr

    def test_others_are_reached_under_tls_only(self):
        said = self.refused('[http]\nlisten = ["0.0.0.0:8674"]\n')
        self.assertIn("without TLS", said)
        self.assertIn("web.toml:2:11", said)
        self.assertIn("[tls]", said)

    def test_slips_are_told_with_their_place(self):
        said = self.refused('[http]\nlisen = ["127.0.0.1:1"]\n')
        self.assertIn("web.toml:2:1", said)
        self.assertIn('did you mean "listen"?', said)

    def test_a_secret_that_everybody_may_read_is_refused(self):
        self.assertIn("chmod 600", self.refused('[virtkvm]\nsecret = "0123456789abcdef"\n', 0o644))

    def test_an_address_that_is_taken_is_named(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            address = "127.0.0.1:{}".format(taken.getsockname()[1])
            self.assertIn(address, self.refused('[http]\nlisten = ["{}"]\n'.format(address)))


class CommandLine(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.station = Station()

    @classmethod
    def tearDownClass(cls):
        cls.station.__exit__()

    def hotseat(self, *arguments, status=0):
        ended = subprocess.run([PROGRAMS + "/hotseat", "web", *arguments, "--control", self.station.path("control.sock")],
                               capture_output=True, text=True, timeout=20)
        self.assertEqual(ended.returncode, status, ended.stderr)
        return ended.stdout + ended.stderr

    def test_pair_list_token_unpair(self):
        said = self.hotseat("pair", "phone", "--qr")
        code = said.split("code  ")[1].split("\n")[0]
        self.assertIn("/pair#" + code, said)
        self.assertIn("▀", said)
        self.assertEqual(self.station.post("/pair", {"code": code}, token=False).status, 200)
        self.assertIn("phone", self.hotseat("list"))
        token = self.hotseat("token", "homeassistant").split("\n")[0]
        self.assertEqual(self.station.get("/api/v1/status", token=token).status, 200)
        self.assertEqual({client["name"] for client in json.loads(self.hotseat("list", "--json"))["clients"]},
                         {"test", "phone", "homeassistant"})
        self.hotseat("unpair", "homeassistant")
        self.assertEqual(self.station.get("/api/v1/status", token=token).status, 401)
        self.assertIn("nobody", self.hotseat("unpair", "homeassistant", status=1).lower())
        self.assertIn("code", self.hotseat("pair"))
        self.hotseat("pair", "-x", status=2)

    def test_without_a_server(self):
        ended = subprocess.run([PROGRAMS + "/hotseat", "web", "list", "--control", "/nonexistent/socket"],
                               capture_output=True, text=True, timeout=20)
        self.assertEqual(ended.returncode, 3)
        self.assertIn("systemctl status hotseat-web", ended.stderr)

    def test_what_is_no_request_is_told_so(self):
        for line in (b"nonsense\n", b"[]\n", b'{"do":"fly"}\n', b'{"do":"pair","name":"a\\u001b[2J"}\n', b"x" * 9000):
            with socket.socket(socket.AF_UNIX) as end:
                end.connect(self.station.path("control.sock"))
                try:
                    end.sendall(line)
                    said = end.makefile().read()
                except OSError:
                    continue
                self.assertTrue(said == "" or "error" in json.loads(said))
        self.assertIn("test", self.hotseat("list"))


if __name__ == "__main__":
    unittest.main()
