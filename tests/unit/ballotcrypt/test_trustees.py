"""Scrutineers make a key together, and enough of them open the sums: nobody alone, and no wrong part unnoticed."""

import json
from typing import Any

import pytest

from ballotcrypt import trustees
from ballotcrypt.encoding import compact
from ballotcrypt.faults import Fault, FaultCode
from ballotcrypt.tally import result
from tests.makers import ballotcrypt as make


@pytest.fixture(scope="module")
def keys() -> make.Ceremony:
    return make.ceremony(3, 2)


@pytest.fixture(scope="module")
def counted(keys: make.Ceremony) -> make.Made:
    return make.counted(make.opened(voters=2, keys=keys), [[[1, 0]], [[1, 0]]], owners=(1, 2, 3))


def changed(message: str, /, **values: Any) -> str:
    return compact(json.loads(message) | values)


@pytest.mark.parametrize("present", [(1, 2), (1, 3), (2, 3), (1, 2, 3)])
def test_any_two_of_three_open_the_sums(counted: make.Made, present: tuple[int, ...]) -> None:
    parts = {owner: counted.partials[owner] for owner in present}
    assert result(counted.election, counted.ceremony.record, counted.tally, parts) == b'{"result":[[2,0]]}'


@pytest.mark.parametrize("present", [(), (1,), (3,)])
def test_below_the_threshold_nobody_can(counted: make.Made, present: tuple[int, ...]) -> None:
    parts = {owner: counted.partials[owner] for owner in present}
    with pytest.raises(Fault) as refused:
        result(counted.election, counted.ceremony.record, counted.tally, parts)
    assert refused.value.code is FaultCode.PARTIALS_TOO_FEW


def test_a_wrong_part_names_its_scrutineer(counted: make.Made) -> None:
    made = counted
    with pytest.raises(Fault) as refused:
        trustees.check_partial(made.election, made.ceremony.record, 2, made.tally, made.partials[3])
    assert (refused.value.code, refused.value.detail.split()[0]) == (FaultCode.PARTIAL_PROOF, "trustee=2")
    with pytest.raises(Fault) as refused:
        trustees.check_partial(made.election, made.ceremony.record, 4, made.tally, made.partials[3])
    assert refused.value.code is FaultCode.PARTIAL_OWNER_UNKNOWN


def test_a_part_of_another_election_is_refused(counted: make.Made, keys: make.Ceremony) -> None:
    other = make.opened(voters=1, keys=keys)
    part = other.partial(1, counted.tally)
    with pytest.raises(Fault) as refused:
        trustees.check_partial(counted.election, keys.record, 1, counted.tally, part)
    assert refused.value.code is FaultCode.PARTIAL_PROOF


def test_one_scrutineer_alone_with_a_threshold_of_one() -> None:
    made = make.counted(make.opened(voters=1, keys=make.ceremony(1, 1)), [[[0, 1]]], owners=(1,))
    assert made.result == b'{"result":[[0,1]]}'


def test_the_order_of_certificates_is_part_of_them(keys: make.Ceremony) -> None:
    with pytest.raises(Fault) as refused:
        trustees.polynomial(keys.seeds[0], [keys.certs[1], keys.certs[0], keys.certs[2]])
    assert refused.value.code is FaultCode.TRUSTEE_CERTIFICATE
    assert refused.value.detail == "trustee=1 context"


@pytest.mark.parametrize("what", ["signature", "message"])
def test_an_altered_certificate_is_named(keys: make.Ceremony, what: str) -> None:
    other = json.loads(keys.certs[2])[what]
    with pytest.raises(Fault) as refused:
        trustees.check_certificate(2, 3, 2, changed(keys.certs[1], **{what: other}))
    assert (refused.value.code, refused.value.detail[:9]) == (FaultCode.TRUSTEE_CERTIFICATE, "trustee=2")


def test_nobody_takes_part_twice(keys: make.Ceremony) -> None:
    twice = [trustees.certificate(keys.seeds[0], index, 2, 2) for index in (1, 2)]
    with pytest.raises(Fault) as refused:
        trustees.polynomial(keys.seeds[0], twice)
    assert refused.value.detail == "key repeated"


def test_a_server_that_shows_other_certificates_is_found_out(keys: make.Ceremony) -> None:
    other = trustees.certificate(trustees.new_seed(), 3, 3, 2)
    certs = [*keys.certs[:2], other]
    with pytest.raises(Fault) as refused:
        trustees.verification_key(keys.seeds[0], 1, certs, keys.polynomials)
    assert refused.value.code is FaultCode.TRUSTEE_POLYNOMIAL
    assert refused.value.detail == "trustee=1 signature of certificates"


def test_a_share_that_does_not_fit_names_its_sender(keys: make.Ceremony) -> None:
    sent = json.loads(keys.polynomials[1])["secrets"]
    for wrong, why in ((sent[2], "sealed"), (json.loads(keys.polynomials[2])["secrets"][0], "signature")):
        polynomials = [*keys.polynomials]
        polynomials[1] = changed(polynomials[1], secrets=[wrong, *sent[1:]])
        trustees.check_polynomial(2, keys.certs, polynomials[1])  # the server cannot see inside
        with pytest.raises(Fault) as refused:
            trustees.verification_key(keys.seeds[0], 1, keys.certs, polynomials)
        assert (refused.value.code, refused.value.detail) == (FaultCode.TRUSTEE_SECRET, f"trustee=2 {why}")


def test_a_share_off_its_commitments_names_its_sender(keys: make.Ceremony) -> None:
    again = trustees.polynomial(keys.seeds[1], keys.certs)  # well-signed shares of another polynomial
    polynomials = [*keys.polynomials]
    polynomials[1] = changed(polynomials[1], secrets=json.loads(again)["secrets"])
    with pytest.raises(Fault) as refused:
        trustees.verification_key(keys.seeds[0], 1, keys.certs, polynomials)
    assert (refused.value.code, refused.value.detail) == (FaultCode.TRUSTEE_SECRET, "trustee=2 value")


def test_a_key_of_another_share_is_refused(keys: make.Ceremony) -> None:
    trustees.check_key(1, keys.certs, keys.polynomials, keys.keys[0])
    with pytest.raises(Fault) as refused:
        trustees.check_key(1, keys.certs, keys.polynomials, keys.keys[1])
    assert (refused.value.code, refused.value.detail[:9]) == (FaultCode.TRUSTEE_KEY, "trustee=1")
    own = json.loads(keys.keys[0])
    with pytest.raises(Fault):
        trustees.assemble(keys.certs, keys.polynomials, [compact({**own, "pok": own["signature"]}), *keys.keys[1:]])


def test_only_a_seed_of_the_ceremony_opens_a_share(keys: make.Ceremony) -> None:
    for seed in (trustees.new_seed(), keys.seeds[1], "short"):
        with pytest.raises(Fault) as refused:
            trustees.verification_key(seed, 1, keys.certs, keys.polynomials)
        assert refused.value.code is FaultCode.TRUSTEE_UNKNOWN
