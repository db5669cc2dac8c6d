"""The header of a message read into values: who, to whom, which document, what is done with it."""

from __future__ import annotations

from khuevan.plain.edxml import codes, texts, warnings
from khuevan.plain.edxml.codes import CodeList
from khuevan.plain.edxml.envelope import (
    Business,
    DocumentCode,
    DocumentType,
    Organisation,
    OtherInfo,
    Receiver,
    Replacement,
    ResponseFor,
    Signer,
    StaffInfo,
    Trace,
)
from khuevan.plain.edxml.fields import Fields
from khuevan.plain.edxml.parsing import Element


def organisation(element: Element | None, fields: Fields) -> Organisation:
    """A sender or recipient; all its fields are empty where the message names none."""
    return Organisation(
        code=fields.text(element, "OrganId"),
        name=fields.text(element, "OrganName"),
        in_charge=fields.text(element, "OrganizationInCharge"),
        address=fields.text(element, "OrganAdd"),
        email=fields.text(element, "Email"),
        telephone=fields.text(element, "Telephone"),
        fax=fields.text(element, "Fax"),
        website=fields.text(element, "Website"),
    )


def document_code(element: Element | None, fields: Fields) -> DocumentCode:
    """The number and notation of the document; empty where they are not given."""
    return DocumentCode(fields.text(element, "CodeNumber"), fields.text(element, "CodeNotation"))


def document_type(element: Element | None, fields: Fields) -> DocumentType:
    """The type of the document."""
    return DocumentType(
        code=fields.number(element, "Type"),
        detail=fields.number(element, "TypeDetail"),
        name=fields.text(element, "TypeName"),
    )


def signer(element: Element | None, fields: Fields) -> Signer:
    """Who signed."""
    return Signer(
        full_name=fields.text(element, "FullName"),
        position=fields.text(element, "Position"),
        authority=fields.text(element, "Competence"),
    )


def other_info(element: Element | None, fields: Fields) -> OtherInfo:
    """Priority, circulation, copies, pages, annexes."""
    return OtherInfo(
        priority=fields.number(element, "Priority", CodeList.PRIORITY),
        circulation=fields.text(element, "SphereOfPromulgation"),
        drafter=fields.text(element, "TyperNotation"),
        copies=fields.number(element, "PromulgationAmount"),
        pages=fields.number(element, "PageAmount"),
        direction=fields.flag(element, "Direction"),
        annexes=texts_of(fields.one(element, "Appendixes"), "Appendix"),
    )


def response_for(element: Element, fields: Fields) -> ResponseFor:
    """The document that is answered; its code may be one text or a number and a notation."""
    code = fields.one(element, "Code")
    text = document_code(code, fields).text if code is not None and code.children else ""
    return ResponseFor(
        organisation=fields.text(element, "OrganId"),
        code=text or fields.text(element, "Code"),
        document_id=fields.text(element, "DocumentId"),
        promulgation_date=fields.day(element, "PromulgationDate"),
    )


def staff_info(element: Element | None, fields: Fields) -> StaffInfo:
    """Who handles the message at its sender."""
    return StaffInfo(
        department=fields.text(element, "Department"),
        staff=fields.text(element, "Staff"),
        email=fields.text(element, "Email"),
        mobile=fields.text(element, "Mobile"),
    )


def traces(element: Element | None, fields: Fields) -> tuple[Trace, ...]:
    """The organisations through which the message went, in their order; empty entries are no trace."""
    found = element.all("TraceHeader") if element is not None else []
    read = (Trace(fields.text(each, "OrganId"), fields.instant(each, "Timestamp")) for each in found)
    return tuple(trace for trace in read if trace != Trace())


def business(element: Element | None, fields: Fields) -> Business | None:
    """What is done with the document; None where the message does not say."""
    if element is None:
        return None
    update = fields.one(element, "BussinessDocumentInfo")
    receivers = fields.one(update, "ReceiverList")
    replacements = fields.one(element, "ReplacementInfoList")
    return Business(
        type=fields.number(element, "BussinessDocType", CodeList.BUSINESS),
        reason=fields.text(element, "BussinessDocReason"),
        document_id=fields.text(element, "DocumentId"),
        paper=fields.number(element, "Paper"),
        information_changes=fields.number(update, "DocumentInfo"),
        recipient_changes=fields.number(update, "DocumentReceiver"),
        receivers=tuple(
            Receiver(fields.text(each, "OrganId"), fields.number(each, "ReceiverType", CodeList.RECEIVER))
            for each in (receivers.all("Receiver") if receivers is not None else ())
        ),
        replacements=tuple(
            Replacement(fields.text(each, "DocumentId"), texts_of(fields.one(each, "OrganIdList"), "OrganId"))
            for each in (replacements.all("ReplacementInfo") if replacements is not None else ())
        ),
        staff=staff_info(fields.one(element, "StaffInfo"), fields),
    )


def status_code(element: Element, fields: Fields) -> str:
    """The status in two digits, as the standard writes it; warns of one that the standard does not have."""
    text = fields.text(element, "StatusCode")
    code = text.zfill(2) if text.isascii() and text.isdigit() else text
    if code and codes.code_of(CodeList.STATUS, code) is None:
        child = element.first("StatusCode")
        line = child.line if child is not None else element.line
        fields.warn(warnings.UNKNOWN_CODE, line=line, element="StatusCode")
    return code


def texts_of(element: Element | None, name: str) -> tuple[str, ...]:
    """The texts of all children of that name, without the empty ones."""
    found = (child.text.strip(texts.SPACE) for child in (element.all(name) if element is not None else ()))
    return tuple(text for text in found if text)
