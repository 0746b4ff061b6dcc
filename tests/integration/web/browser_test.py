"""The pages in a real browser: one Chromium, driven through what a person does.

HOTSEAT_SCREENSHOTS names a directory for pictures of what was seen."""

import json
import os
import unittest

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from station import Station, wait_until

PHONE = (390, 844)
LYING_PHONE = (844, 390)
DESK = (1280, 860)

# What the page draws: the contrast of every visible text with what is behind it (WCAG 2.2, 1.4.3).
CONTRAST = """
const parse = c => c.match(/[\\d.]+/g).map(Number);
const light = ([r, g, b]) => [r, g, b].map(v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
  .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
const behind = e => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor);
  if (c.length < 4 || c[3] > 0) return c; } return [255, 255, 255]; };
const bad = [];
for (const e of document.querySelectorAll('body *')) {
  const text = [...e.childNodes].filter(n => n.nodeType === 3).map(n => n.data.trim()).join('');
  const box = e.getBoundingClientRect();
  if (!text || !box.width || e.closest('.unseen, .skip, script, style, noscript')) continue;
  const [a, b] = [light(parse(getComputedStyle(e).color)), light(behind(e))].sort((x, y) => y - x);
  if ((a + .05) / (b + .05) < 4.5) bad.push(`${text}: ${((a + .05) / (b + .05)).toFixed(2)}`);
}
return bad;
"""
WIDER_THAN_THE_SCREEN = "return document.documentElement.scrollWidth > innerWidth"
SMALL_TARGETS = """return [...document.querySelectorAll('button')].filter(b => b.offsetParent)
  .filter(b => b.getBoundingClientRect().height < 44 || b.getBoundingClientRect().width < 44).map(b => b.textContent)"""
# What is shown only while it lasts is noted by the page itself: who looks now and then may miss it.
WATCH = """const now = document.getElementById('now'), shown = window.shown = [];
new MutationObserver(() => shown.push(now.innerText))
  .observe(now, {subtree: true, childList: true, characterData: true, attributes: true});"""
SHOWN = "return shown.some(text => arguments[0].every(words => text.includes(words)))"


def open_browser(directory):
    options = webdriver.ChromeOptions()
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-extensions",
                     "--disable-background-networking", "--no-first-run", "--user-data-dir=" + directory):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    options.binary_location = "/usr/bin/chromium"
    browser = webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)
    browser.set_page_load_timeout(30)
    return browser


class Browser(unittest.TestCase):
    """The tests follow one another, in the order of their numbers, in one browser."""

    @classmethod
    def setUpClass(cls):
        cls.station = Station()
        cls.browser = open_browser(cls.station.path("chromium"))
        cls.show(PHONE)

    @classmethod
    def tearDownClass(cls):
        cls.browser.quit()
        cls.station.__exit__()

    # --- what a person sees and does

    @classmethod
    def show(cls, size, dark=False, still=False):
        width, height = size
        cls.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": width, "height": height, "deviceScaleFactor": 2 if width < 1000 else 1, "mobile": width < 1000})
        cls.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"},
            {"name": "prefers-reduced-motion", "value": "reduce" if still else "no-preference"}]})

    def element(self, css):
        return self.browser.find_element(By.CSS_SELECTOR, css)

    def text(self, css):
        return self.browser.execute_script("const e = document.querySelector(arguments[0]); return e && !e.closest('[hidden]') ? e.innerText : ''", css)

    def sees(self, css, words, seconds=15):
        wait_until(lambda: words in self.text(css),
                   lambda: "{} says {!r}; it says {!r}".format(css, words, self.text(css)), seconds)

    def watch(self):
        self.browser.execute_script(WATCH)

    def showed(self, *words, seconds=15):
        """At one moment since it is watched, all of them."""
        wait_until(lambda: self.browser.execute_script(SHOWN, words),
                   lambda: "it showed {}; it showed {}".format(words, self.browser.execute_script("return shown")), seconds)

    def target(self, name):
        found = self.element('.target[data-name="{}"]'.format(name))
        self.browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", found)
        return found

    def picture(self, name):
        directory = os.environ.get("HOTSEAT_SCREENSHOTS")
        if directory:
            os.makedirs(directory, exist_ok=True)
            self.browser.save_screenshot(os.path.join(directory, name + ".png"))

    def looks_right(self, name):
        self.picture(name)
        self.assertEqual(self.browser.execute_script(CONTRAST), [], name)
        self.assertFalse(self.browser.execute_script(WIDER_THAN_THE_SCREEN), name)
        self.assertEqual(self.browser.execute_script(SMALL_TARGETS), [], name)

    # --- the story

    def test_01_who_is_not_paired_is_shown_how_to(self):
        self.browser.get(self.station.url + "/")
        self.sees("h1", "Pair this browser")
        self.assertTrue(self.browser.current_url.endswith("/pair"))
        self.looks_right("01-pair-light")
        self.show(PHONE, dark=True)
        self.looks_right("01-pair-dark")
        self.show(PHONE)

    def test_02_a_wrong_code_is_explained(self):
        self.element("#code").send_keys("0000-0000", Keys.ENTER)
        self.sees("#error", "wrong, used up or older than 10 minutes")
        self.looks_right("02-wrong-code")

    def test_03_the_scanned_code_pairs_with_one_tap(self):
        url = self.station.control(do="pair", name="phone")["url"]
        self.browser.get(url)
        wait_until(lambda: self.element("#code").get_attribute("value"), "the code of the address")
        self.assertNotIn("#", self.browser.current_url)  # nor in the history
        self.browser.switch_to.active_element.send_keys(Keys.ENTER)
        self.sees("#now-name", "host")
        self.sees("#client", "Paired as phone")
        cookie = self.browser.get_cookies()[0]
        self.assertTrue(cookie["httpOnly"])
        self.assertEqual(cookie["sameSite"], "Strict")

    def test_04_the_first_picture_is_small_and_from_here(self):
        self.browser.get_log("performance")
        self.browser.refresh()
        self.sees("#now-name", "host")
        loaded, size = [], 0
        for entry in self.browser.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                loaded.append(message["params"]["request"]["url"])
            if message["method"] == "Network.loadingFinished":
                size += message["params"]["encodedDataLength"]
        outside = [url for url in loaded if not url.startswith((self.station.url, "data:"))]
        self.assertEqual(outside, [])
        self.assertLess(size, 40_000)
        self.looks_right("04-home-phone-light")

    def test_05_a_switch_is_watched_step_by_step(self):
        self.watch()
        self.target("win11").click()
        self.showed("host → win11", "Attach keyboard")
        self.picture("05-switching")
        self.showed("win11 has the seat")
        self.sees("#now-name", "win11")
        self.assertEqual(self.target("win11").get_attribute("aria-current"), "true")
        self.sees("#history", "host → win11")
        self.sees("#devices", "win11")
        self.looks_right("05-switched")

    def test_06_the_keyboard_comes_back(self):
        self.watch()
        self.element("#release").click()
        self.showed("win11 → host")
        self.sees("#now-name", "host")

    def test_07_a_switch_that_fails_says_what_failed(self):
        self.station.happens("refuse-attach")
        self.target("win11").click()
        self.sees("#verdict-title", "Not switched: host has the seat")
        self.sees("#verdict-text", "the monitor said no")
        self.sees("#history", "rolled back")
        self.looks_right("07-failed")

    def test_08_a_switch_that_is_refused_says_what_to_do(self):
        self.target("debby").click()
        self.sees("#verdict-text", "start")
        self.looks_right("08-refused")
        self.element("#verdict-close").click()
        self.assertEqual(self.text("#verdict"), "")

    def test_08_b_what_is_not_permitted_is_said_however_often(self):
        self.station.happens("forbid")
        many = "const done = arguments[0]; Promise.all(Array.from({length: 12}, () => ask('switch', {to: 'win11'}))).then(() => done())"
        self.browser.execute_async_script(many)
        self.sees("#verdict-title", "may not switch to win11")
        self.browser.execute_script("hideVerdict()")
        self.target("win11").click()  # of which no signal tells
        self.sees("#verdict-title", "may not switch to win11")
        self.element("#verdict-close").click()
        self.station.happens("permit")

    def test_09_devices_and_warnings_are_seen(self):
        self.station.happens("unplug mouse")
        self.sees("#devices", "missing")
        self.station.happens("libvirt-down")
        self.sees("#problems", "ibvirt")
        self.looks_right("09-attention")
        self.station.happens("libvirt-up")
        self.station.happens("plug mouse")
        wait_until(lambda: "missing" not in self.text("#devices"), "the mouse is back")
        wait_until(lambda: not self.text("#problems"), "all is well")

    def test_10_a_restart_of_the_daemon_is_said_and_survived(self):
        self.station.stop_daemon()
        self.sees("#banner-title", "hotseatd is away")
        self.looks_right("10-daemon-away")
        self.station.start_daemon()
        self.sees("#link-text", "live")
        wait_until(lambda: not self.text("#banner"), "the banner goes")
        wait_until(self.station.ready, "hotseatd is idle")

    def test_11_a_restart_of_the_server_is_said_and_survived(self):
        self.station.stop_web()
        self.sees("#banner-title", "No connection")
        self.looks_right("11-server-away")
        self.station.start_web(port=self.station.port)
        self.sees("#link-text", "live")
        self.assertEqual(self.text("#banner"), "")

    def test_12_the_keyboard_is_enough(self):
        self.browser.refresh()
        self.sees("#now-name", "host")
        order = []
        for _ in range(8):
            self.browser.switch_to.active_element.send_keys(Keys.TAB)
            order.append(self.browser.execute_script(
                "const e = document.activeElement; return e.dataset.name || e.id || e.className"))
        self.assertEqual(order[:7], ["skip", "host", "win11", "zorg", "debby", "release", "unpair"])
        self.browser.execute_script("document.querySelector('[data-name=win11]').focus()")
        self.browser.switch_to.active_element.send_keys(Keys.SPACE)
        self.sees("#now-name", "win11")
        focused = self.browser.switch_to.active_element.get_attribute("data-name")
        self.assertEqual(focused, "win11")  # it is not lost while the page changes
        self.picture("12-focus")
        self.sees("#say", "win11 has the seat")

    def test_13_it_looks_right_on_every_screen(self):
        for name, size in (("phone", PHONE), ("lying-phone", LYING_PHONE), ("desk", DESK), ("narrow", (320, 640))):
            for dark in (False, True):
                self.show(size, dark)
                self.looks_right("13-{}-{}".format(name, "dark" if dark else "light"))
        self.show(DESK, still=True)
        moving = self.browser.execute_script("return document.getAnimations().length")
        self.assertEqual(moving, 0)

    def test_14_who_is_unpaired_has_to_pair_again(self):
        self.station.control(do="unpair", name="phone")
        self.sees("h1", "Pair this browser")

    def test_15_the_browser_had_nothing_to_complain_of(self):
        said = [entry["message"] for entry in self.browser.get_log("browser") if entry["level"] == "SEVERE"]
        # Refused switches and absent servers are 4xx, 5xx and refused connections, which the browser logs.
        said = [text for text in said if "Failed to load resource" not in text]
        self.assertEqual(said, [])


if __name__ == "__main__":
    unittest.main()
