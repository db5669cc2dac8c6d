"""Signs a PDF: PAdES (B-B, or B-T with a time stamp) in an incremental update that keeps earlier signatures."""

from __future__ import annotations

import asyncio
import io
import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import datetime
from itertools import count
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from khuevan.documents.signatures.appearance import AnnexAppearance, Appearance, drawn, field_place, place_of
from khuevan.documents.signatures.errors import Refusal, SigningRefused
from khuevan.documents.signatures.keys import SigningKey
from khuevan.documents.signatures.opened_keys import opened_signer
from khuevan.documents.signatures.placement import ShownPage
from khuevan.documents.signatures.time_stamp_client import DEFAULT_RULES, TimeStampRules, time_stamper

_MOST_BYTES: Final = 100_000_000
_LONGEST_WORDS: Final = 500
_FIELD_NAME: Final = "Signature"
# Room for a signature and its attributes, and for the reply of a time stamp authority with its certificates.
_SIGNATURE_BYTES: Final = 4_000
_SMALLEST_TURN: Final = 90

log = logging.getLogger(__name__)


def sign_pdf(
    pdf: bytes,
    *,
    key: SigningKey,
    at: datetime,
    appearance: Appearance | None = None,
    time_stamp_url: str | None = None,
    time_stamp_rules: TimeStampRules = DEFAULT_RULES,
    reason: str = "",
    location: str = "",
    contact: str = "",
    tooltip: str = "",
) -> bytes:
    """The PDF with one more signature; everything that stood in the file before stays as it was, byte for byte.

    `at` (with its time zone) is the claimed time of signing, and the moment at which the certificate must be
    valid. A time stamp is asked for once, only where `time_stamp_url` is given. `tooltip` is what readers and
    screen readers say of the field. Raises SigningRefused, with one sentence.
    """
    if at.tzinfo is None:
        raise ValueError("The time of signing needs a time zone")
    if len(pdf) > _MOST_BYTES:
        raise SigningRefused(
            _("The PDF is larger than {megabytes} MB: make it smaller before signing."),
            megabytes=_MOST_BYTES // 1_000_000,
        )
    words = {"reason": reason, "location": location, "contact_info": contact}
    with _one_sentence(), opened_signer(key, at) as signer, ExitStack() as opened:
        writer = _writer(pdf)
        style, field = _field(writer, appearance, at, tooltip, opened)
        stamper = time_stamper(time_stamp_url, time_stamp_rules) if time_stamp_url else None
        meta = {name: value[:_LONGEST_WORDS] for name, value in words.items() if value}
        room = _SIGNATURE_BYTES + sum(
            len(each.dump()) for each in (signer.signing_cert, *signer.cert_registry)
        )
        if stamper is not None:
            room += time_stamp_rules.reply_bytes
        # In a thread of its own, because the calling one may run an event loop already.
        with ThreadPoolExecutor(1) as thread:
            signed: bytes = thread.submit(
                asyncio.run, _signed(writer, signer, meta, style, field, stamper, at, room)
            ).result()
            thread.submit(asyncio.run, _check(signed)).result()
        return signed


@contextmanager
def _one_sentence() -> Iterator[None]:
    """Turns whatever goes wrong inside into one sentence without the cause, which may quote a secret."""
    # Not at the top of the module: see the package's docstring.
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign.general import SigningError

    try:
        yield
    except Refusal:
        raise
    except SigningError as error:
        log.warning("Signing was refused by pyHanko: %s", type(error).__name__)
        raise SigningRefused(
            _("The PDF does not allow another signature: its first signer locked it, or the key cannot sign.")
        ) from None
    except (PdfError, OSError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError,
            AssertionError, NotImplementedError, RecursionError, RuntimeError) as error:  # fmt: skip
        log.warning("Signing failed: %s", type(error).__name__)
        raise SigningRefused(
            _("The PDF is damaged or protected and cannot be signed: make it again from its draft.")
        ) from None
    except Exception as error:
        # A token's library has exceptions of its own, which are no child of the above.
        log.warning("Signing failed: %s", type(error).__name__)
        raise SigningRefused(_("The token did not sign: plug it in again and retry.")) from None


def _writer(pdf: bytes) -> Any:
    """pyHanko's writer that appends to the file."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    # Not strict: Word writes hybrid files, which are signed all the same.
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf), strict=False)
    if writer.prev.encrypted:
        raise SigningRefused(_("The PDF is protected by a password: save it without the password and retry."))
    return writer


def _field(
    writer: Any, appearance: Appearance | None, at: datetime, tooltip: str, opened: ExitStack
) -> tuple[Any, Any]:
    """The style in which pyHanko draws the signature, None for an invisible one, and its new field."""
    from pyhanko.pdf_utils.layout import AxisAlignment, InnerScaling, Margins, SimpleBoxLayoutRule
    from pyhanko.sign.fields import SigFieldSpec
    from pyhanko.stamp import StaticStampStyle

    name = _free_field_name(writer)
    if appearance is None:
        return None, SigFieldSpec(name, readable_field_name=tooltip or None)
    number = 1 if isinstance(appearance, AnnexAppearance) else appearance.place.page
    page = _shown_page(writer, number)
    place = place_of(appearance, page)
    page.check_inside(place)
    box = page.rectangle(field_place(place))
    style = StaticStampStyle.from_pdf_file(
        str(opened.enter_context(drawn(appearance, place, page, at))),
        border_width=0,
        background_layout=SimpleBoxLayoutRule(
            x_align=AxisAlignment.ALIGN_MIN,
            y_align=AxisAlignment.ALIGN_MIN,
            margins=Margins.uniform(0),
            inner_content_scaling=InnerScaling.STRETCH_FILL,
        ),
    )
    return style, SigFieldSpec(name, on_page=number - 1, box=box, readable_field_name=tooltip or None)


def _free_field_name(writer: Any) -> str:
    """The first name «Signature1», «Signature2» … that no field of the form has."""
    try:
        fields = [field.get_object() for field in writer.root["/AcroForm"]["/Fields"]]
    except KeyError:
        fields = []
    taken = {str(field["/T"]) for field in fields if "/T" in field}
    return next(name for number in count(1) if (name := f"{_FIELD_NAME}{number}") not in taken)


def _shown_page(writer: Any, number: int) -> ShownPage:
    """The visible part of a page and its turn; refuses a page that is not there."""
    pages = int(writer.prev.root["/Pages"]["/Count"])
    if not 1 <= number <= pages:
        raise SigningRefused(
            _("The document has no page {page}: it has {pages}. Choose another place for the signature."),
            page=number,
            pages=pages,
        )
    page = writer.find_page_for_modification(number - 1)[0].get_object()
    media = _box(page, "/MediaBox") or (0.0, 0.0, 595.28, 841.89)
    crop = _box(page, "/CropBox") or media
    left, bottom = max(media[0], crop[0]), max(media[1], crop[1])
    right, top = min(media[2], crop[2]), min(media[3], crop[3])
    if right <= left or top <= bottom:
        left, bottom, right, top = media
    turn = int(_inherited(page, "/Rotate") or 0) % 360
    return ShownPage(left, bottom, right, top, turn - turn % _SMALLEST_TURN)


def _box(page: Any, name: str) -> tuple[float, float, float, float] | None:
    found = _inherited(page, name)
    if found is None or len(found) != 4:
        return None
    across, up = sorted((float(found[0]), float(found[2]))), sorted((float(found[1]), float(found[3])))
    return across[0], up[0], across[1], up[1]


def _inherited(page: Any, name: str) -> Any:
    # Not at the top of the module: see the package's docstring.
    from pyhanko.pdf_utils.rw_common import find_inherited_value_in_tree

    return find_inherited_value_in_tree(page, name, "/Parent")


async def _signed(
    writer: Any,
    signer: Any,
    meta: dict[str, str],
    style: Any,
    field: Any,
    stamper: Any,
    at: datetime,
    room: int,
) -> bytes:
    from pyhanko.sign import signers
    from pyhanko.sign.fields import SigSeedSubFilter
    from pyhanko.sign.signers.pdf_signer import PdfCMSSignedAttributes

    # The digest follows the key: SHA-256, or longer for a longer key.
    pdf_signer = signers.PdfSigner(
        signers.PdfSignatureMetadata(
            field_name=field.sig_field_name, subfilter=SigSeedSubFilter.PADES, **meta
        ),
        signer=signer,
        timestamper=stamper,
        stamp_style=style,
        new_field_spec=field,
    )
    session = pdf_signer.init_signing_session(writer)
    # pyHanko would claim the machine's time; the office has a clock of its own.
    session.system_time = at
    # With the room given, the time stamp authority is asked once and not twice: many count every stamp.
    prepared = session.prepare_tbs_document(
        validation_info=None, bytes_reserved=2 * room, appearance_text_params=None
    )
    digest, output = prepared.digest_tbs_document()
    finished = await prepared.perform_signature(
        document_digest=digest.document_digest, pdf_cms_signed_attrs=PdfCMSSignedAttributes(signing_time=at)
    )
    await finished.post_signature_processing(output)
    return bytes(output.getvalue())


async def _check(signed: bytes) -> None:
    """Nothing, where the newest signature and its time stamp hold; a token or an authority may have erred.

    Who vouches for them is not asked here: that is a question of the one who verifies.
    """
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import generic_cms

    newest = PdfFileReader(io.BytesIO(signed), strict=False).embedded_signatures[-1]
    intact, valid = generic_cms.validate_sig_integrity(
        newest.signer_info,
        newest.signer_cert,
        expected_content_type="data",
        actual_digest=newest.compute_digest(),
    )
    if not (intact and valid):
        raise SigningRefused(_("The key made a signature that does not hold: nothing was signed."))
    for token in generic_cms.extract_tst_data_iter(newest.signer_info, signed=False):
        if not await _stamp_holds(token, newest.signer_info):
            raise SigningRefused(_("The time stamp that was sent does not hold: nothing was signed."))


async def _stamp_holds(token: Any, signer_info: Any) -> bool:
    from pyhanko.sign.validation import generic_cms
    from pyhanko_certvalidator import ValidationContext
    from pyhanko_certvalidator.registry import SimpleTrustManager

    authority = generic_cms.extract_certs_for_validation(token).signer_cert
    itself = ValidationContext(trust_manager=SimpleTrustManager.build([authority]), allow_fetching=False)
    status = await generic_cms.validate_tst_signed_data(
        token, itself, generic_cms.message_imprint_checker(signer_info)
    )
    return bool(status["intact"] and status["valid"])
