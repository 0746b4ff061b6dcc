"""openapi.json, held against what the server does."""

import json
import os
import re

import jsonschema

# What no test can bring about without breaking the machine under it.
UNSEEN = {("POST", "/api/v1/release", "500")}


class Contract:
    def __init__(self):
        with open(os.environ["HOTSEAT_SOURCE"] + "/web/openapi.json", encoding="utf-8") as file:
            self.document = json.load(file)
        self.seen = set()

    def operations(self):
        return {(method.upper(), path): operation for path, methods in self.document["paths"].items()
                for method, operation in methods.items()}

    def check(self, method, path, answer):
        """The document has this answer, and of this form."""
        operation = self.operations()[(method, path)]
        status = str(answer.status)
        assert status in operation["responses"], "{} {} answered {}, which is not documented: {}".format(
            method, path, status, answer.body)
        self.seen.add((method, path, status))
        content = operation["responses"][status].get("content", {})
        if not content:
            return
        media = answer.headers["Content-Type"].split(";")[0]
        assert media in content, "{} {} {}: {}".format(method, path, status, media)
        if "schema" in content[media]:
            schema = dict(content[media]["schema"], components=self.document["components"])
            jsonschema.Draft202012Validator(schema).validate(answer.json())

    def unseen(self):
        documented = {(method, path, status) for (method, path), operation in self.operations().items()
                      for status in operation["responses"]}
        return sorted(documented - self.seen - UNSEEN)


def routes_of_the_server():
    """From its table: src/web/routes.cpp."""
    with open(os.environ["HOTSEAT_SOURCE"] + "/src/web/routes.cpp", encoding="utf-8") as file:
        return set(re.findall(r'Route\{"(\w+)", "([^"]+)"', file.read()))
