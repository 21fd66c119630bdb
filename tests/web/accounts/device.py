"""A device that keeps passkeys, as far as a server can tell: what a browser would send for it, made by hand."""

import os
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import sha256, websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

FLAG = AuthenticatorData.FLAG


@dataclass
class Device:
    """`checks` says whether it knows its owner's finger, and says so; `origin` the page that it believes it is on."""

    checks: bool = True
    origin: str = "https://testserver"
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    id: bytes = field(default_factory=lambda: os.urandom(16))
    owner: str = ""

    def makes(self, options: dict[str, Any]) -> dict[str, Any]:
        """The answer to a server that asks for a new passkey."""
        asked = options["publicKey"]
        self.owner = asked["user"]["id"]
        public = ES256.from_cryptography_key(self.key.public_key())
        kept = AttestedCredentialData.create(Aaguid.NONE, self.id, public)
        told = AuthenticatorData.create(sha256(asked["rp"]["id"].encode()), self._flags() | FLAG.AT, 0, kept)
        made = AttestationObject.create("none", told, {})
        return self._answer(self._page("webauthn.create", asked), attestationObject=websafe_encode(made))

    def opens(self, options: dict[str, Any]) -> dict[str, Any]:
        """The answer to a server that asks who is there."""
        asked = options["publicKey"]
        told = AuthenticatorData.create(sha256(asked["rpId"].encode()), self._flags(), 1)
        page = self._page("webauthn.get", asked)
        signature = self.key.sign(bytes(told) + page.hash, ec.ECDSA(hashes.SHA256()))
        return self._answer(
            page,
            authenticatorData=websafe_encode(told),
            signature=websafe_encode(signature),
            userHandle=self.owner,
        )

    def _flags(self) -> Any:
        return FLAG.UP | FLAG.UV if self.checks else FLAG.UP

    def _page(self, kind: str, asked: dict[str, Any]) -> CollectedClientData:
        return CollectedClientData.create(type=kind, challenge=asked["challenge"], origin=self.origin)

    def _answer(self, page: CollectedClientData, **response: str) -> dict[str, Any]:
        key = websafe_encode(self.id)
        return {
            "id": key,
            "rawId": key,
            "type": "public-key",
            "clientExtensionResults": {},
            "response": {"clientDataJSON": websafe_encode(page), **response},
        }
