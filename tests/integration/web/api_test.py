"""/api/v1 and openapi.json: what is documented is what there is."""

import gzip
import json
import os
import shutil
import unittest

from openapi import Contract, routes_of_the_server
from station import SECRET, Station, wait_until

READS = ("status", "devices", "monitors", "guests", "history", "openapi.json")
ACTS = ("switch", "plan", "next", "release", "unpair")
CONTRACT = Contract()


class Api(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.station = Station()

    @classmethod
    def tearDownClass(cls):
        cls.station.__exit__()

    def ask(self, method, path, body=None, expected=200, **headers):
        answer = self.station.request(method, path, body, **headers)
        CONTRACT.check(method, path, answer)
        self.assertEqual(answer.status, expected, answer.body)
        return answer

    def home(self):
        self.ask("POST", "/api/v1/release", {})

    def test_reading(self):
        for name in READS:
            self.ask("GET", "/api/v1/" + name)
        self.assertEqual(self.ask("GET", "/api/v1/status").json()["target"], "host")
        self.assertEqual([guest["name"] for guest in self.ask("GET", "/api/v1/guests").json()], ["win11", "zorg", "debby"])

    def test_assets_are_compressed_and_sent_once(self):
        for path in ("/", "/pair", "/api/v1/openapi.json"):
            plain = self.ask("GET", path)
            self.assertNotIn("Content-Encoding", plain.headers)
            packed = self.station.get(path, Accept_Encoding="br, gzip;q=0.5")
            self.assertEqual(packed.headers["Content-Encoding"], "gzip")
            self.assertEqual(gzip.decompress(packed.body), plain.body)
            self.assertLess(len(packed.body), len(plain.body) / 2)
            self.assertNotEqual(packed.headers["ETag"], plain.headers["ETag"])
            for answer in (plain, packed):
                self.assertEqual(answer.headers["Vary"], "Accept-Encoding")
            known = self.ask("GET", path, expected=304, If_None_Match=plain.headers["ETag"])
            self.assertEqual((known.body, known.headers["ETag"]), (b"", plain.headers["ETag"]))
            again = self.station.get(path, Accept_Encoding="gzip", If_None_Match=packed.headers["ETag"])
            self.assertEqual((again.status, again.body), (304, b""))
            self.assertEqual(self.station.get(path, Accept_Encoding="gzip;q=0", If_None_Match=packed.headers["ETag"]).body, plain.body)

    def test_what_a_browser_keeps_is_of_no_use_to_who_was_unpaired(self):
        token = self.station.control(do="token", name="leaving")["token"]
        tag = self.station.get("/", token=token).headers["ETag"]
        self.station.control(do="unpair", name="leaving")
        self.ask("GET", "/", expected=303, token=token, If_None_Match=tag)

    def test_answers_of_the_moment_are_kept_by_nobody(self):
        answer = self.station.get("/api/v1/status", Accept_Encoding="gzip")
        self.assertEqual((answer.headers["Cache-Control"], answer.headers["Content-Encoding"], answer.headers["ETag"]), ("no-store", None, None))

    def test_switching(self):
        self.assertEqual(self.ask("POST", "/api/v1/plan", {"to": "win11"}).json()["to"], "win11")
        self.assertEqual(self.ask("POST", "/api/v1/switch", {"to": "win11"}).json()["owner"], "win11")
        self.assertEqual(self.ask("GET", "/api/v1/history").json()[0]["to"], "win11")
        self.assertEqual(self.ask("POST", "/api/v1/release", "").json()["owner"], "host")
        self.assertEqual(self.ask("POST", "/api/v1/next", {}).json()["owner"], "win11")
        self.home()

    def test_not_waiting(self):
        # Each has something to move: what is over at once may be answered with its report.
        for what, body in (("switch", {"to": "win11"}), ("release", {}), ("next", {})):
            self.assertEqual(self.ask("POST", "/api/v1/" + what, dict(body, wait=False), 202).json(), {"accepted": True})
            wait_until(self.station.ready, "it has settled")
        self.home()

    def test_refusals(self):
        for what in ("switch", "plan"):
            error = self.ask("POST", "/api/v1/" + what, {"to": "nowhere"}, 409).json()["error"]
            self.assertEqual(error["code"], "unknown-target")
            self.assertIn("nowhere", error["message"])
        error = self.ask("POST", "/api/v1/switch", {"to": "debby"}, 409).json()["error"]
        self.assertTrue(error["hint"])

    def test_superseded(self):
        with self.station.events() as events:
            self.station.happens("slow-attach")
            self.ask("POST", "/api/v1/switch", {"to": "win11", "wait": False}, 202)
            events.until("started")
            waiting = self.station.start("POST", "/api/v1/next", {})
            self.ask("GET", "/api/v1/status")  # once this is answered, hotseat-web has passed on what came before
            self.ask("POST", "/api/v1/switch", {"to": "host", "wait": False}, 202)
            answer = waiting()
        CONTRACT.check("POST", "/api/v1/next", answer)
        self.assertEqual((answer.status, answer.json()["error"]["code"]), (409, "superseded"))
        wait_until(self.station.ready, "it has settled")
        self.home()

    def test_failures(self):
        for what in ("switch", "next"):
            self.station.happens("refuse-attach")
            answer = self.ask("POST", "/api/v1/" + what, {"to": "win11"}, 500).json()
            self.assertEqual(answer["error"]["code"], "rolled-back")
            self.assertIn("the monitor said no", answer["error"]["message"])
            self.assertEqual(answer["report"]["owner"], "host")
        self.station.happens("refuse-attach")
        answer = self.virtkvm({"to": "guest"}, 500)
        self.assertIn("the monitor said no", answer.json()["error"])

    def test_unauthenticated(self):
        for name in READS + ("events",):
            self.ask("GET", "/api/v1/" + name, expected=401, token=False)
            self.ask("GET", "/api/v1/" + name, expected=401, token="wrong")
        for name in ACTS:
            self.ask("POST", "/api/v1/" + name, {"to": "host"}, 401, token=False)
        self.ask("GET", "/", expected=303, token=False)
        self.assertNotIn(b"win11", self.ask("GET", "/pair", token=False).body)
        self.ask("GET", "/health", token=False)
        self.ask("GET", "/")

    def test_foreign_hosts_and_origins(self):
        for method, path in CONTRACT.operations():
            if path == "/switch":
                continue
            self.ask(method, path, "{}" if method == "POST" else None, 421, Host="evil.example")
            self.ask(method, path, "{}" if method == "POST" else None, 421, Host="evil.example:8674")
            if path in ("/", "/pair") and method == "GET":
                continue
            self.ask(method, path, "{}" if method == "POST" else None, 403, Origin="http://evil.example")
            self.ask(method, path, "{}" if method == "POST" else None, 403, Origin="null")
            self.ask(method, path, "{}" if method == "POST" else None, 403, Sec_Fetch_Site="cross-site")

    def test_bodies(self):
        deep = '{"to":' + "[" * 40 + "]" * 40 + "}"
        for path in ["/api/v1/" + name for name in ACTS] + ["/pair"]:
            self.ask("POST", path, "to=host", 415, Content_Type="application/x-www-form-urlencoded")
            self.ask("POST", path, "x" * 9000, 413)
            self.ask("POST", path, "x" * 60_000, 413)
            for text in ("{", "[]", '"host"', deep, "nonsense", "\xff\xfe"):
                self.ask("POST", path, text, 400)
        for path in ("/api/v1/switch", "/api/v1/plan"):
            for text in ("{}", '{"to":3}', '{"to":""}', '{"to":null}', '{"to":"a\\u0000b"}', '{"to":"' + "x" * 300 + '"}'):
                self.ask("POST", path, text, 400)
        self.ask("POST", "/api/v1/switch", {"to": "host", "wait": "no"}, 400)

    def virtkvm(self, body, expected, secret=SECRET, **headers):
        answer = self.station.request("POST", "/switch", body, token=False, X_Secret=secret, **headers)
        CONTRACT.check("POST", "/switch", answer)
        self.assertEqual(answer.status, expected, answer.body)
        return answer

    def test_virtkvm(self):
        self.assertEqual(self.virtkvm({"to": "guest"}, 200).json(), {"success": True, "error": None})
        self.virtkvm({"to": "host", "skip_optional": True}, 200)
        self.virtkvm({"to": "nowhere"}, 400)
        self.virtkvm("x" * 9000, 413)
        self.virtkvm("to=host", 415, Content_Type="text/plain")
        self.virtkvm({"to": "host"}, 403, secret=None)

    def test_unpairing_oneself(self):
        token = self.station.control(do="token", name="leaving")["token"]
        self.ask("POST", "/api/v1/unpair", {}, token=token)
        self.ask("GET", "/api/v1/status", expected=401, token=token)

    def test_zz_guesses_and_a_state_that_cannot_be_written(self):
        code = self.station.control(do="pair", name="one")["code"]
        self.ask("POST", "/pair", {"code": code}, token=False)
        self.ask("POST", "/pair", {"code": code}, 403, token=False)
        code = self.station.control(do="pair", name="two")["code"]
        shutil.rmtree(self.station.path("state"))
        self.ask("POST", "/pair", {"code": code}, 500, token=False)
        self.ask("POST", "/api/v1/unpair", {}, 500)
        os.mkdir(self.station.path("state"))
        self.station.guess(7)
        answer = self.ask("POST", "/pair", {"code": "0000-0000"}, 429, token=False)
        self.assertGreaterEqual(int(answer.headers["Retry-After"]), 1)
        self.virtkvm({"to": "host"}, 429)

    def test_too_many_streams(self):
        streams = []
        try:
            for _ in range(620):
                streams.append(self.station.events())
                if streams[-1].status != 200:
                    break
            self.assertEqual((streams[-1].status, len(streams)), (503, 601))
            answer = self.station.get("/api/v1/events")
            CONTRACT.check("GET", "/api/v1/events", answer)
        finally:
            for stream in streams:
                stream.close()

    def test_events(self):
        with self.station.events() as events:
            class Head:
                status, headers, body = events.status, events.response.headers, b""
            CONTRACT.check("GET", "/api/v1/events", Head)


    def test_what_happens_to_the_machine_reaches_listeners(self):
        def mouse(present):
            return lambda status: [device["present"] for device in status["devices"] if device["name"] == "mouse"] == [present]

        with self.station.events() as events:
            events.until("hello")
            self.station.happens("unplug mouse")
            events.until("status", mouse(False))
            self.station.happens("plug mouse")
            events.until("status", mouse(True))
        wait_until(self.station.ready, "the mouse is back")


class ApiWithoutHotseatd(Api):
    """Only what differs."""

    def test_hotseatd_is_away(self):
        self.station.stop_daemon()
        for name in ("status", "devices", "monitors", "guests"):
            self.ask("GET", "/api/v1/" + name, expected=503)
        for name in ("switch", "plan", "next", "release"):
            error = self.ask("POST", "/api/v1/" + name, {"to": "host"}, 503).json()["error"]
            self.assertEqual(error["code"], "hotseatd-away")
        self.virtkvm({"to": "host"}, 503)


class ApiWithoutPermission(Api):
    """A hotseat-web that is not in group hotseat."""

    def test_the_bus_forbids(self):
        with Station(policy='<deny send_interface="org.hotseat.Hotseat1"/>', ready=False) as station:
            wait_until(lambda: station.get("/api/v1/status").status != 503, "hotseatd is on the bus")
            type(self).station, mine = station, self.station
            try:
                for name in ("status", "devices", "monitors", "guests"):
                    self.ask("GET", "/api/v1/" + name, expected=502)
                for name in ("switch", "plan", "next", "release"):
                    error = self.ask("POST", "/api/v1/" + name, {"to": "host"}, 502).json()["error"]
                    self.assertEqual(error["code"], "not-permitted")
                self.virtkvm({"to": "host"}, 502)
            finally:
                type(self).station = mine


class Sessions(unittest.TestCase):
    """Browsers have to come back in time; the calendar turns by what clients.json says."""

    def setUp(self):
        self.station = Station(session_days=3)
        self.addCleanup(self.station.__exit__)
        code = self.station.control(do="pair", name="phone")["code"]
        self.paired = self.station.post("/pair", {"code": code}, token=False)
        self.cookie = self.paired.headers["Set-Cookie"].split(";")[0]

    def ask(self, path="/api/v1/history"):
        return self.station.get(path, token=False, Cookie=self.cookie)

    def days_pass(self, days):
        """hotseat-web is restarted in between."""
        self.station.stop_web()
        file = self.station.path("state/clients.json")
        with open(file, encoding="utf-8") as text:
            clients = json.load(text)
        for client in clients["clients"]:
            client["seen"] -= int(days * 86400)
        with open(file, "w", encoding="utf-8") as text:
            json.dump(clients, text)
        self.station.start_web()

    def names(self):
        return [client["name"] for client in self.station.control(do="list")["clients"]]

    def test_the_cookie_lasts_as_long_as_the_session(self):
        self.assertIn("; Max-Age=259200;", self.paired.headers["Set-Cookie"])
        self.assertNotIn("Set-Cookie", self.ask().headers)

    def test_a_use_begins_the_days_anew(self):
        for _ in range(2):
            self.days_pass(2.5)
            renewed = self.ask("/")
            self.assertEqual(renewed.status, 200)
            self.assertEqual(renewed.headers.get_all("Set-Cookie"), [self.paired.headers["Set-Cookie"]])

    def test_an_open_stream_is_a_use(self):
        self.days_pass(2.5)
        with self.station.events(cookie=self.cookie) as events:
            self.assertIn(self.cookie, events.response.headers["Set-Cookie"])
        self.days_pass(2.5)
        self.assertEqual(self.ask().status, 200)

    def test_who_stays_away_is_forgotten(self):
        self.days_pass(3)
        self.assertEqual(self.ask().status, 401)
        self.assertEqual(self.ask("/").headers["Location"], "/pair")
        self.assertEqual(self.names(), ["test"])
        with open(self.station.path("state/clients.json"), encoding="utf-8") as text:
            self.assertNotIn("phone", text.read())

    def test_nobody_is_listed_who_would_not_be_let_in(self):
        self.days_pass(3)
        self.assertEqual(self.names(), ["test"])

    def test_tokens_do_not_end(self):
        token = self.station.control(do="token", name="script")["token"]
        self.days_pass(3000)
        self.assertEqual(self.station.get("/api/v1/history", token=token).status, 200)

    def test_leaving_leaves_no_cookie(self):
        self.days_pass(1)
        gone = self.station.post("/api/v1/unpair", token=False, Cookie=self.cookie)
        self.assertEqual([cookie for cookie in gone.headers.get_all("Set-Cookie") if "Max-Age=0" not in cookie], [])


class TheDocument(unittest.TestCase):
    def test_has_every_route_and_no_other(self):
        self.assertEqual(routes_of_the_server(), set(CONTRACT.operations()))


def load_tests(loader, standard_tests, _):
    suite = unittest.TestSuite()
    suite.addTests(loader.loadTestsFromTestCase(Api))
    suite.addTest(ApiWithoutHotseatd("test_hotseatd_is_away"))
    suite.addTest(ApiWithoutPermission("test_the_bus_forbids"))
    suite.addTests(loader.loadTestsFromTestCase(Sessions))
    suite.addTests(loader.loadTestsFromTestCase(TheDocument))

    class Everything(unittest.TestCase):
        def test_that_is_documented_has_been_seen(self):
            self.assertEqual(CONTRACT.unseen(), [])

    suite.addTest(Everything("test_that_is_documented_has_been_seen"))
    return suite


if __name__ == "__main__":
    unittest.main()
