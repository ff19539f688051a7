"""Whether agencies can sign in the way that a campaign asks for."""

from surveys.campaigns.enums import SignatureKind
from surveys.common.trust_list import has_trust_list


def lacks_trust_list(signature: str) -> bool:
    """Whether digital signatures are wanted that nothing here can verify, so that they are refused."""
    return signature != SignatureKind.SIMPLE and not has_trust_list()
