"""Official documents exchanged as edXML: `read_edxml(data)` and `write_edxml(envelope)`.

No Django, no network, no clock. See `envelope` for the values, `errors` for refusals, `codes` for the
standard's codes. Source: QCVN 102:2016/BTTTT (Circulars 10/2016 and 01/2022/TT-BTTTT).
"""

from __future__ import annotations

from .codes import BusinessType, CodeList, ReceiverChange, StatusCode, code_of, codes_of, document_type
from .envelope import (
    Attachment,
    Business,
    DocumentCode,
    DocumentType,
    Envelope,
    Organisation,
    OtherInfo,
    Receiver,
    Replacement,
    ResponseFor,
    Signer,
    StaffInfo,
    StatusMessage,
    Trace,
    document_id,
)
from .errors import EdxmlError, StateSecretEnvelope
from .limits import DEFAULT_LIMITS, Limits
from .packed import unpacked
from .reading import ReadMessage, read_edxml
from .signature import SignatureSeen
from .writing import write_edxml, write_status

__all__ = [
    "DEFAULT_LIMITS",
    "Attachment",
    "Business",
    "BusinessType",
    "CodeList",
    "DocumentCode",
    "DocumentType",
    "EdxmlError",
    "Envelope",
    "Limits",
    "Organisation",
    "OtherInfo",
    "ReadMessage",
    "Receiver",
    "ReceiverChange",
    "Replacement",
    "ResponseFor",
    "SignatureSeen",
    "Signer",
    "StaffInfo",
    "StateSecretEnvelope",
    "StatusCode",
    "StatusMessage",
    "Trace",
    "code_of",
    "codes_of",
    "document_id",
    "document_type",
    "read_edxml",
    "unpacked",
    "write_edxml",
    "write_status",
]
