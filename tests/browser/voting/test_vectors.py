"""From the same random numbers the modules write the same bytes as the Python side; they read what the tool wrote."""

import json
from itertools import islice
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.voting.conftest import ADDRESS, POLICY
from tests.makers import ballot_vectors

DRAWN = 200
"""Numbers given for each label; the longest, a ballot, needs fewer."""

LOADED = """async (draws) => {
    const names = ["archive", "ballot", "credential", "election", "hash", "threshold", "trustee", "verify"];
    const loaded = await Promise.all(names.map((name) => import(`/static/ballotcrypt/${name}.js`)));
    const real = crypto.getRandomValues.bind(crypto);
    let rest = null;
    const scripted = (array) => {
        if (!rest || array.length !== 40) return real(array);
        const hex = BigInt(rest.shift()).toString(16).padStart(80, "0");
        return array.map((_, i) => array[i] = Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16));
    };
    Object.defineProperty(crypto, "getRandomValues", { value: scripted });
    window.drawing = async (label, make) => {
        rest = [...draws[label]];
        try { return await make(); } finally { rest = null; }
    };
    window.modules = Object.fromEntries(names.map((name, i) => [name, loaded[i]]));
}"""

BALLOTS = """async ({election, ballots}) => {
    const {ballot, credential} = modules;
    const parsed = await modules.election.parseElection(election.raw);
    const made = [];
    for (const {private: slip, votes, draw_label: label} of ballots) {
        const key = await credential.derive(parsed.uuid, slip);
        const sealed = await drawing(label, () => ballot.encrypt(parsed, key, votes));
        const checked = await ballot.checkBallot(parsed, sealed.raw);
        made.push([sealed.raw, sealed.tracker, sealed.trackerHex, checked.tracker]);
    }
    return [parsed.fingerprint, made];
}"""

CEREMONY = """async ({ceremony, election, encrypted_tally: tally, partials}) => {
    const {trustee} = modules;
    const {size, threshold, seeds, draw_labels: labels} = ceremony;
    const shape = {size, threshold};
    const all = {...shape, certs: ceremony.certs, polynomials: ceremony.polynomials};
    const made = {certs: [], polynomials: [], keys: [], partials: []};
    for (const [i, seed] of seeds.entries()) {
        const at = i + 1;
        made.certs.push(await drawing(labels.cert[i], () => trustee.certificate(seed, at, shape)));
        const second = () => trustee.polynomial(seed, at, shape, all.certs);
        made.polynomials.push(await drawing(labels.polynomial[i], second));
        made.keys.push(await drawing(labels.key[i], () => trustee.verificationKey(seed, at, all)));
    }
    const parsed = await modules.election.parseElection(election.raw);
    for (const {owner, draw_label: label} of partials) {
        const make = () => trustee.partialDecryption(seeds[owner - 1], owner, all, parsed, tally);
        made.partials.push(await drawing(label, make));
    }
    return made;
}"""

TOOL = """async (tool) => {
    const {ballot, credential, trustee} = modules;
    const election = await modules.election.parseElection(tool.election.raw);
    const key = await credential.derive(tool.uuid, tool.credential.private);
    const checked = await ballot.checkBallot(election, tool.ballot1.raw);
    const keys = await trustee.keysOf(tool.trustee1.seed);
    const numbers = [key.public, key.secret, keys.sk, keys.dk].map(String);
    return [election.fingerprint, checked.tracker, ...numbers];
}"""

TAMPERED = """async ({archive, places}) => {
    const data = Uint8Array.from(atob(archive.base64), (c) => c.charCodeAt(0));
    const report = await modules.verify.verifyArchive(data);
    const names = [];
    for (const place of places) {
        const changed = data.slice();
        changed[place % data.length] ^= 1 << place % 8;
        names.push(await modules.verify.verifyArchive(changed).then(() => `accepted ${place}`, (fault) => fault.code));
    }
    return [report.fingerprints.final_event, report.result, names];
}"""

SLOW_HASHES = """async (tool) => {
    Object.defineProperty(crypto, "subtle", { value: undefined });
    const {credential, hash} = modules;
    const key = await credential.derive(tool.uuid, tool.credential.private);
    return [String(key.public), await hash.hexHash(tool.ballot1.raw)];
}"""


@pytest.fixture(scope="module")
def vectors() -> dict[str, Any]:
    """Shared with the Python side's own tests."""
    found: dict[str, Any] = json.loads(ballot_vectors.PATH.read_text("utf-8"))
    return found


@pytest.fixture
def modules(page1280: Page, vectors: dict[str, Any]) -> Page:
    """A page of the site with the modules loaded and chance replaced, label by label, by the vectors' numbers."""
    ceremony = vectors["ceremony"]["draw_labels"].values()
    labels = [label for kind in ceremony for label in kind]
    labels += [one["draw_label"] for name in ("ballots", "partials") for one in vectors[name]]
    draws = {
        label: [str(number) for number in islice(iter(ballot_vectors.stream(label), None), DRAWN)] for label in labels
    }
    page1280.route(f"**{ADDRESS}", lambda route: route.fulfill(body="", content_type="text/html", headers=POLICY))
    page1280.goto(ADDRESS)
    page1280.evaluate(LOADED, draws)
    return page1280


def test_the_same_numbers_give_the_same_bytes(modules: Page, vectors: dict[str, Any]) -> None:
    fingerprint, made = modules.evaluate(BALLOTS, vectors)
    assert fingerprint == vectors["election"]["fingerprint"]
    assert made == [[one["raw"], one["tracker"], one["tracker_hex"], one["tracker"]] for one in vectors["ballots"]]
    found, ceremony = modules.evaluate(CEREMONY, vectors), vectors["ceremony"]
    assert found["certs"] == ceremony["certs"]
    assert found["polynomials"] == ceremony["polynomials"]
    assert found["keys"] == ceremony["keys"]
    assert found["partials"] == [one["raw"] for one in vectors["partials"]]


def test_the_tools_ballots_and_our_archives_are_read(modules: Page, vectors: dict[str, Any]) -> None:
    tool = vectors["tool"]
    credential, trustee = tool["credential"], tool["trustee1"]
    assert modules.evaluate(TOOL, tool) == [
        tool["election"]["fingerprint_b64"],
        tool["ballot1"]["tracker_b64"],
        credential["public"],
        credential["secret_mod_q"],
        trustee["sk"],
        trustee["dk"],
    ]
    places = [7 * step * step + 131 * step + 5 for step in range(60)]
    given = {"archive": vectors["archive"], "places": places}
    final, result, names = modules.evaluate(TAMPERED, given)
    assert final == vectors["archive"]["final_event_hash"]
    assert result == json.loads(vectors["result"])["result"]
    assert not [name for name in names if not name or name.startswith("accepted")], "one bit flipped"
    slow = modules.evaluate(SLOW_HASHES, tool)
    assert slow == [credential["public"], tool["ballot1"]["sha256"]], "without crypto.subtle: plain http in a chamber"
