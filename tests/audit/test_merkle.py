"""The tree and the notes are those of the standards, so that others' programs can check them."""

from base64 import b64encode
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.audit.merkle import EMPTY, Tree, leaf_of
from sightline.audit.notes import Checkpoint, NotSigned, Signer, Verifier

# The leaves and roots with which logs of RFC 6962 have been tested since Certificate Transparency's first.
LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
# The example of the documentation of Go's package `note`, which the format comes from.
NEUMANN = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
SAID = (
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
    "\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)


def test_the_roots_are_those_of_rfc_6962() -> None:
    tree, roots = Tree(), []
    assert tree.root() == EMPTY
    for leaf in LEAVES:
        tree.add(leaf_of(bytes.fromhex(leaf)))
        roots.append(tree.root().hex())
    assert roots == ROOTS


def as_defined(leaves: list[bytes]) -> bytes:
    """Section 2.1, word for word: split at the largest power of two that is smaller."""
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << ((len(leaves) - 1).bit_length() - 1)
    left, right = as_defined(leaves[:split]), as_defined(leaves[split:])
    return sha256(b"\x01" + left + right).digest()


@given(st.lists(st.binary(max_size=3), min_size=1, max_size=70))
def test_a_tree_that_grows_has_the_root_of_the_definition(words: list[bytes]) -> None:
    leaves, tree = [leaf_of(word) for word in words], Tree()
    for leaf in leaves:
        tree.add(leaf)
    assert tree.root() == as_defined(leaves)


def test_a_note_of_another_program_is_opened() -> None:
    verifier = Verifier.read(NEUMANN)
    assert str(verifier) == NEUMANN
    assert verifier.open(SAID).startswith("If you think")


@pytest.mark.parametrize(
    "changed",
    [SAID.replace("answer", "anwser"), SAID.replace("x08go", "x08gp"), SAID.replace("PeterNeumann", "Peter"), "none\n"],
)
def test_a_note_that_was_changed_is_not(changed: str) -> None:
    with pytest.raises(NotSigned):
        Verifier.read(NEUMANN).open(changed)


def test_a_checkpoint_is_read_as_it_was_signed() -> None:
    signer = Signer("sightline-audit-test", bytes(range(32)))
    made = Checkpoint("sightline-audit-test", 8, bytes.fromhex(ROOTS[-1]), datetime.now(UTC), "7", 812)
    note = signer.sign(made.text())
    assert note.splitlines()[:3] == ["sightline-audit-test", "8", b64encode(bytes.fromhex(ROOTS[-1])).decode()]
    verifier = Verifier.read(str(signer.verifier))
    assert Checkpoint.read(verifier.open(note)) == made
