"""Messages written by hand with the peculiarities of those that real programs send."""

from __future__ import annotations

import base64
from datetime import date, datetime

from khuevan.plain.edxml import (
    Attachment,
    Business,
    BusinessType,
    DocumentCode,
    DocumentType,
    Envelope,
    Organisation,
    OtherInfo,
    ResponseFor,
    Signer,
    StaffInfo,
    StatusMessage,
    Trace,
)
from khuevan.plain.edxml.envelope import VIETNAM

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n"
PDF_BASE64 = base64.b64encode(PDF).decode()

# As the programs of the national exchange write: the root without prefix, its envelope with one, the files
# beside the envelope and without prefix, their content with a prefix declared once more.
NATIONAL = f"""<?xml version="1.0" encoding="UTF-8"?>
<edXML xmlns="http://www.mic.gov.vn/TBT/QCVN_102_2016">
  <edXML:edXMLEnvelope xmlns:edXML="http://www.mic.gov.vn/TBT/QCVN_102_2016">
    <edXML:edXMLHeader>
      <edXML:MessageHeader>
        <edXML:From>
          <edXML:OrganId>000.00.01.X26</edXML:OrganId>
          <edXML:OrganizationInCharge>UBND Thành phố</edXML:OrganizationInCharge>
          <edXML:OrganName>Sở Văn hóa và Thể thao</edXML:OrganName>
          <edXML:OrganAdd>Số 47 phố Hàng Dầu</edXML:OrganAdd>
          <edXML:Email>vanthu@example.vn</edXML:Email>
          <edXML:Telephone>(024) 3825 0001</edXML:Telephone>
          <edXML:Fax>(024) 3825 0002</edXML:Fax>
          <edXML:Website>www.example.vn</edXML:Website>
        </edXML:From>
        <edXML:To>
          <edXML:OrganId>X26.05</edXML:OrganId>
          <edXML:OrganName>UBND phường Hoàn Kiếm</edXML:OrganName>
        </edXML:To>
        <edXML:To>
          <edXML:OrganId>X26.06</edXML:OrganId>
          <edXML:OrganName>UBND xã Sóc Sơn</edXML:OrganName>
        </edXML:To>
        <edXML:DocumentId>000.00.01.X26,2025/03/05,48/KH-SVHTT</edXML:DocumentId>
        <edXML:Code>
          <edXML:CodeNumber>48</edXML:CodeNumber>
          <edXML:CodeNotation>KH-SVHTT</edXML:CodeNotation>
        </edXML:Code>
        <edXML:PromulgationInfo>
          <edXML:Place>Hà Nội</edXML:Place>
          <edXML:PromulgationDate>2025/03/05</edXML:PromulgationDate>
        </edXML:PromulgationInfo>
        <edXML:DocumentType>
          <edXML:Type>10</edXML:Type>
          <edXML:TypeDetail>0</edXML:TypeDetail>
          <edXML:TypeName>Kế hoạch</edXML:TypeName>
        </edXML:DocumentType>
        <edXML:Subject>Công tác thông tin đối ngoại
          năm 2025</edXML:Subject>
        <edXML:Content>Triển khai kế hoạch.
Báo cáo trước ngày 14/12.</edXML:Content>
        <edXML:SignerInfo>
          <edXML:Competence>KT. GIÁM ĐỐC</edXML:Competence>
          <edXML:Position>Phó Giám đốc</edXML:Position>
          <edXML:FullName>Nguyễn Thị Ước</edXML:FullName>
        </edXML:SignerInfo>
        <edXML:DueDate>2025-12-14</edXML:DueDate>
        <edXML:OtherInfo>
          <edXML:Priority>1</edXML:Priority>
          <edXML:SphereOfPromulgation>Liên thông</edXML:SphereOfPromulgation>
          <edXML:TyperNotation>TTBCXB</edXML:TyperNotation>
          <edXML:PromulgationAmount>2</edXML:PromulgationAmount>
          <edXML:PageAmount>12</edXML:PageAmount>
          <edXML:Direction>false</edXML:Direction>
          <edXML:Appendixes>
            <edXML:Appendix>Phụ lục I</edXML:Appendix>
            <edXML:Appendix></edXML:Appendix>
          </edXML:Appendixes>
        </edXML:OtherInfo>
        <edXML:ResponseFor>
          <edXML:OrganId>X26</edXML:OrganId>
          <edXML:Code>12/UBND-VX</edXML:Code>
          <edXML:DocumentId>X26,2025/01/06,12/UBND-VX</edXML:DocumentId>
          <edXML:PromulgationDate>2025/01/06</edXML:PromulgationDate>
        </edXML:ResponseFor>
        <edXML:ResponseFor />
        <edXML:SteeringType>2</edXML:SteeringType>
        <edXML:ToPlaces>
          <edXML:Place>UBND các xã, phường</edXML:Place>
          <edXML:Place>Lưu: VT, TTBCXB</edXML:Place>
        </edXML:ToPlaces>
      </edXML:MessageHeader>
      <edXML:TraceHeaderList>
        <edXML:TraceHeader>
          <edXML:OrganId>000.00.01.X26</edXML:OrganId>
          <edXML:Timestamp>2025/03/05 16:30:05</edXML:Timestamp>
        </edXML:TraceHeader>
        <edXML:TraceHeader>
          <edXML:Timestamp>2025/03/05 16:31:00</edXML:Timestamp>
        </edXML:TraceHeader>
        <edXML:Bussiness>
          <edXML:BussinessDocType>0</edXML:BussinessDocType>
          <edXML:BussinessDocReason>Văn bản điện tử mới</edXML:BussinessDocReason>
          <edXML:Paper>0</edXML:Paper>
          <edXML:StaffInfo>
            <edXML:Department>Văn phòng</edXML:Department>
            <edXML:Staff>Trần Văn Bình</edXML:Staff>
            <edXML:Email>binh@example.vn</edXML:Email>
            <edXML:Mobile>0900000001</edXML:Mobile>
          </edXML:StaffInfo>
        </edXML:Bussiness>
      </edXML:TraceHeaderList>
    </edXML:edXMLHeader>
    <edXML:edXMLBody>
      <edXML:edXMLManifest version="1.0">
        <edXML:Reference>
          <edXML:ContentId>cid:209</edXML:ContentId>
          <edXML:ContentType>application/pdf</edXML:ContentType>
          <edXML:Description>Bản có chữ ký số</edXML:Description>
          <edXML:AttachmentName>48-KH-SVHTT.signed.pdf</edXML:AttachmentName>
        </edXML:Reference>
      </edXML:edXMLManifest>
    </edXML:edXMLBody>
  </edXML:edXMLEnvelope>
  <AttachmentEncoded>
    <Attachment>
      <ContentId>cid:209</ContentId>
      <AttachmentName>48-KH-SVHTT.signed.pdf</AttachmentName>
      <Description>Bản có chữ ký số</Description>
      <ContentType>application/pdf</ContentType>
      <edXML:ContentTransferEncoded xmlns:edXML="http://www.mic.gov.vn/TBT/QCVN_102_2016">{PDF_BASE64}</edXML:ContentTransferEncoded>
    </Attachment>
  </AttachmentEncoded>
</edXML>
"""

NATIONAL_READ = Envelope(
    sender=Organisation(
        code="000.00.01.X26",
        name="Sở Văn hóa và Thể thao",
        in_charge="UBND Thành phố",
        address="Số 47 phố Hàng Dầu",
        email="vanthu@example.vn",
        telephone="(024) 3825 0001",
        fax="(024) 3825 0002",
        website="www.example.vn",
    ),
    receivers=(
        Organisation("X26.05", "UBND phường Hoàn Kiếm"),
        Organisation("X26.06", "UBND xã Sóc Sơn"),
    ),
    code=DocumentCode("48", "KH-SVHTT"),
    subject="Công tác thông tin đối ngoại năm 2025",
    document_id="000.00.01.X26,2025/03/05,48/KH-SVHTT",
    place="Hà Nội",
    promulgation_date=date(2025, 3, 5),
    document_type=DocumentType(10, 0, "Kế hoạch"),
    content="Triển khai kế hoạch.\nBáo cáo trước ngày 14/12.",
    signer=Signer("Nguyễn Thị Ước", "Phó Giám đốc", "KT. GIÁM ĐỐC"),
    due_date=date(2025, 12, 14),
    other=OtherInfo(1, "Liên thông", "TTBCXB", 2, 12, False, ("Phụ lục I",)),
    responses=(ResponseFor("X26", "12/UBND-VX", "X26,2025/01/06,12/UBND-VX", date(2025, 1, 6)),),
    steering=2,
    to_places=("UBND các xã, phường", "Lưu: VT, TTBCXB"),
    traces=(
        Trace("000.00.01.X26", datetime(2025, 3, 5, 16, 30, 5, tzinfo=VIETNAM)),
        Trace("", datetime(2025, 3, 5, 16, 31, tzinfo=VIETNAM)),
    ),
    business=Business(
        type=BusinessType.NEW,
        reason="Văn bản điện tử mới",
        paper=0,
        staff=StaffInfo("Văn phòng", "Trần Văn Bình", "binh@example.vn", "0900000001"),
    ),
    attachments=(Attachment("48-KH-SVHTT.signed.pdf", PDF, "application/pdf", "Bản có chữ ký số"),),
)

# As the exchange of a province writes: all on one line, other order of the fields, xlink, four attributes of the
# trace list, an empty frame for a signature, "cid:" in the list only.
PROVINCE = (
    '<?xml version="1.0" encoding="utf-8"?>'
    '<edXML xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema"'
    ' xmlns="http://www.mic.gov.vn/TBT/QCVN_102_2016">'
    '<edXML:edXMLEnvelope xmlns:edXML="http://www.mic.gov.vn/TBT/QCVN_102_2016"><edXML:edXMLHeader>'
    "<edXML:MessageHeader>"
    "<edXML:From><edXML:OrganId>X37.02.02</edXML:OrganId>"
    "<edXML:OrganizationInCharge>Sở A</edXML:OrganizationInCharge>"
    "<edXML:OrganName>Sở A</edXML:OrganName></edXML:From>"
    "<edXML:To><edXML:OrganId>X37.02.03</edXML:OrganId></edXML:To>"
    "<edXML:Code><edXML:CodeNumber>7</edXML:CodeNumber>"
    "<edXML:CodeNotation>SA-VP</edXML:CodeNotation></edXML:Code>"
    "<edXML:PromulgationInfo><edXML:Place>N/A</edXML:Place>"
    "<edXML:PromulgationDate>2026/01/02</edXML:PromulgationDate></edXML:PromulgationInfo>"
    "<edXML:DocumentType><edXML:Type>18</edXML:Type><edXML:TypeName>Công văn</edXML:TypeName>"
    "<edXML:TypeDetail>0</edXML:TypeDetail></edXML:DocumentType>"
    "<edXML:Subject>Góp ý dự thảo</edXML:Subject>"
    "<edXML:SteeringType>0</edXML:SteeringType>"
    "<edXML:DocumentId>X37.02.02,2026/01/02,7/SA-VP</edXML:DocumentId>"
    "</edXML:MessageHeader>"
    '<edXML:TraceHeaderList id="5f1c" version="1.0" mustUnderstand="1"'
    ' actor="http://schemas.xmlsoap.org/soap/actor/next">'
    "<edXML:TraceHeader><edXML:OrganId>X37.02.02</edXML:OrganId>"
    "<edXML:Timestamp>2026-01-02T08:00:00Z</edXML:Timestamp></edXML:TraceHeader>"
    "</edXML:TraceHeaderList><edXML:DigitalSignature/>"
    '</edXML:edXMLHeader><edXML:edXMLBody><edXML:edXMLManifest version="1.0">'
    '<edXML:Reference xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="cid:5b1e" xlink:role="XLinkRole"'
    ' xlink:type="simple"><edXML:Description>Tệp 1</edXML:Description>'
    "<edXML:AttachmentName>gop-y.pdf</edXML:AttachmentName>"
    "<edXML:ContentType>application/pdf</edXML:ContentType>"
    "<edXML:ContentId>cid:5b1e</edXML:ContentId></edXML:Reference>"
    "</edXML:edXMLManifest></edXML:edXMLBody></edXML:edXMLEnvelope>"
    "<AttachmentEncoded><Attachment><ContentType>application/pdf</ContentType><ContentId>5b1e</ContentId>"
    f"<Description>Tệp 1</Description><ContentTransferEncoded>{PDF_BASE64}</ContentTransferEncoded>"
    "<AttachmentName>gop-y.pdf</AttachmentName></Attachment></AttachmentEncoded></edXML>"
)

PROVINCE_READ = Envelope(
    sender=Organisation("X37.02.02", "Sở A", "Sở A"),
    receivers=(Organisation("X37.02.03"),),
    code=DocumentCode("7", "SA-VP"),
    subject="Góp ý dự thảo",
    document_id="X37.02.02,2026/01/02,7/SA-VP",
    place="N/A",
    promulgation_date=date(2026, 1, 2),
    document_type=DocumentType(18, 0, "Công văn"),
    steering=0,
    traces=(Trace("X37.02.02", datetime(2026, 1, 2, 15, 0, tzinfo=VIETNAM)),),
    attachments=(Attachment("gop-y.pdf", PDF, "application/pdf", "Tệp 1"),),
)

# As the older edXML: a SOAP envelope, the old namespace, the files not in the XML.
OLDER = """<SOAP-ENV:Envelope xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"
    xmlns:edXML="http://www.e-doc.vn/Schema/" xmlns:xlink="http://www.w3.org/1999/xlink">
  <SOAP-ENV:Header>
    <edXML:MessageHeader>
      <edXML:From><edXML:OrganId>000.00.02.X10</edXML:OrganId></edXML:From>
      <edXML:To><edXML:OrganId>000.00.03.X10</edXML:OrganId></edXML:To>
      <edXML:Code>
        <edXML:CodeNumber>5</edXML:CodeNumber><edXML:CodeNotation>BC-SX</edXML:CodeNotation>
      </edXML:Code>
      <edXML:Subject>Báo cáo quý I</edXML:Subject>
    </edXML:MessageHeader>
  </SOAP-ENV:Header>
  <SOAP-ENV:Body>
    <edXML:Manifest>
      <edXML:Reference xlink:href="cid:1"><edXML:AttachmentName>bao-cao.doc</edXML:AttachmentName></edXML:Reference>
    </edXML:Manifest>
  </SOAP-ENV:Body>
</SOAP-ENV:Envelope>
"""

OLDER_READ = Envelope(
    sender=Organisation("000.00.02.X10"),
    receivers=(Organisation("000.00.03.X10"),),
    code=DocumentCode("5", "BC-SX"),
    subject="Báo cáo quý I",
)

STATUS = """<?xml version="1.0" encoding="UTF-8"?>
<edxml xmlns="http://www.mic.gov.vn/TBT/QCVN_102_2016">
  <edXML:edXMLEnvelope xmlns:edXML="http://www.mic.gov.vn/TBT/QCVN_102_2016">
    <edXML:edXMLHeader>
      <edXML:MessageHeader>
        <edXML:ResponseFor>
          <edXML:OrganId>000.00.01.X26</edXML:OrganId>
          <edXML:Code>48/KH-SVHTT</edXML:Code>
          <edXML:PromulgationDate>2025/03/05</edXML:PromulgationDate>
          <edXML:DocumentId>000.00.01.X26,2025/03/05,48/KH-SVHTT</edXML:DocumentId>
        </edXML:ResponseFor>
        <edXML:From>
          <edXML:OrganId>X26.05</edXML:OrganId>
          <edXML:OrganName>UBND phường Hoàn Kiếm</edXML:OrganName>
          <edXML:OrganAdd />
        </edXML:From>
        <edXML:StatusCode>03</edXML:StatusCode>
        <edXML:Description>Đã tiếp nhận</edXML:Description>
        <edXML:Timestamp>2025/03/06 08:15:00</edXML:Timestamp>
        <edXML:StaffInfo>
          <edXML:Department>Văn phòng</edXML:Department>
          <edXML:Staff>Lê Thị Hòa</edXML:Staff>
        </edXML:StaffInfo>
      </edXML:MessageHeader>
    </edXML:edXMLHeader>
  </edXML:edXMLEnvelope>
</edxml>
"""

STATUS_READ = StatusMessage(
    sender=Organisation("X26.05", "UBND phường Hoàn Kiếm"),
    response=ResponseFor(
        "000.00.01.X26", "48/KH-SVHTT", "000.00.01.X26,2025/03/05,48/KH-SVHTT", date(2025, 3, 5)
    ),
    status="03",
    description="Đã tiếp nhận",
    at=datetime(2025, 3, 6, 8, 15, tzinfo=VIETNAM),
    staff=StaffInfo("Văn phòng", "Lê Thị Hòa"),
)

ALL = (NATIONAL, PROVINCE, OLDER, STATUS)


def minimal(header: str = "", *, beside: str = "", files: str = "", body: str = "") -> bytes:
    """A message with the necessary fields, each of which `header` may give instead; it stands on line 5."""
    fields = {
        "From": "<From><OrganId>A</OrganId></From>",
        "To": "<To><OrganId>B</OrganId></To>",
        "DocumentId": "<DocumentId>A,2025/01/02,1/X</DocumentId>",
        "Code": "<Code><CodeNumber>1</CodeNumber><CodeNotation>X</CodeNotation></Code>",
        "PromulgationInfo": (
            "<PromulgationInfo><PromulgationDate>2025/01/02</PromulgationDate></PromulgationInfo>"
        ),
        "Subject": "<Subject>Việc</Subject>",
    }
    given = "".join(text for name, text in fields.items() if f"<{name}>" not in header)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<edXML xmlns="http://www.mic.gov.vn/TBT/QCVN_102_2016">\n<edXMLEnvelope><edXMLHeader>\n'
        f"<MessageHeader>\n{header}{given}</MessageHeader>{beside}</edXMLHeader>\n"
        f"<edXMLBody>{body}</edXMLBody></edXMLEnvelope>\n{files}</edXML>\n"
    ).encode()


MINIMAL_READ = Envelope(
    sender=Organisation("A"),
    receivers=(Organisation("B"),),
    code=DocumentCode("1", "X"),
    subject="Việc",
    document_id="A,2025/01/02,1/X",
    promulgation_date=date(2025, 1, 2),
)


def with_file(name: str, data: bytes, content_type: str = "", *, encoded: str | None = None) -> bytes:
    """A minimal message with one file, which begins on line 7."""
    kind = f"<ContentType>{content_type}</ContentType>" if content_type else ""
    content = base64.b64encode(data).decode() if encoded is None else encoded
    return minimal(
        files=(
            f"<AttachmentEncoded><Attachment><AttachmentName>{name}</AttachmentName>{kind}"
            f"<ContentTransferEncoded>{content}</ContentTransferEncoded></Attachment></AttachmentEncoded>"
        )
    )
