"""The names of the standard: its namespaces and elements.

Source: QCVN 102:2016/BTTTT; "Bussiness" and "TyperNotation" are the standard's own spelling.
"""

from __future__ import annotations

from typing import Final

NAMESPACE: Final = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
OLD_NAMESPACE: Final = "http://www.e-doc.vn/Schema/"
PREFIX: Final = "edXML"

ROOTS: Final = frozenset(("edXML", "edxml", "edXMLEnvelope", "Envelope"))
ORGANISATION: Final = (
    "OrganId",
    "OrganizationInCharge",
    "OrganName",
    "OrganAdd",
    "Email",
    "Telephone",
    "Fax",
    "Website",
)
HEADER: Final = frozenset(
    (
        "From",
        "To",
        "DocumentId",
        "Code",
        "PromulgationInfo",
        "DocumentType",
        "Subject",
        "Content",
        "SignerInfo",
        "DueDate",
        "OtherInfo",
        "ResponseFor",
        "SteeringType",
        "ToPlaces",
    )
)
STATUS: Final = frozenset(
    ("From", "To", "ResponseFor", "StaffInfo", "StatusCode", "Description", "Timestamp")
)
ELEMENTS: Final = (
    ROOTS
    | HEADER
    | STATUS
    | frozenset(ORGANISATION)
    | frozenset(
        (
            "edXMLHeader",
            "MessageHeader",
            "CodeNumber",
            "CodeNotation",
            "Place",
            "PromulgationDate",
            "Type",
            "TypeDetail",
            "TypeName",
            "Competence",
            "Position",
            "FullName",
            "Priority",
            "SphereOfPromulgation",
            "TyperNotation",
            "PromulgationAmount",
            "PageAmount",
            "Direction",
            "Appendixes",
            "Appendix",
            "TraceHeaderList",
            "TraceHeader",
            "Timestamp",
            "Bussiness",
            "BussinessDocType",
            "BussinessDocReason",
            "Paper",
            "BussinessDocumentInfo",
            "DocumentInfo",
            "DocumentReceiver",
            "ReceiverList",
            "Receiver",
            "ReceiverType",
            "ReplacementInfoList",
            "ReplacementInfo",
            "OrganIdList",
            "Department",
            "Staff",
            "Mobile",
            "Signature",
            "edXMLBody",
            "edXMLManifest",
            "Reference",
            "ContentId",
            "ContentType",
            "AttachmentName",
            "AttachmentEncoded",
            "Attachment",
            "ContentTransferEncoded",
        )
    )
)
