"""The errors of the Storage API: codes, names and messages as storage-api gives them.

Whatever went wrong, the HTTP status is 400; the body's ``statusCode`` says more. Only failures of the server itself
(500 and above) and ranges that do not exist (416) answer with their own status.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import psycopg
from starlette.responses import JSONResponse

from supabase_local.gateway.availability import is_lost_connection

ROW_SECURITY = "new row violates row-level security policy"
DATABASE_ERRORS = {
    "23505": (409, "Duplicate", "The resource already exists", "ResourceAlreadyExists"),
    "23503": (404, "InvalidRequest", "The related resource does not exist", "InvalidRequest"),
    "55P03": (423, "ResourceLocked", "The resource is locked", "ResourceLocked"),
    "57014": (544, "DatabaseTimeout", "The connection to the database timed out", "DatabaseTimeout"),
}
"""Status, error, message and code by SQLSTATE."""


@dataclass
class StorageError(Exception):
    """A refusal that the client sees: ``{statusCode, error, message, code}``."""

    status: int
    error: str
    message: str
    code: str
    headers: dict[str, str] = field(default_factory=dict)

    def response(self) -> JSONResponse:
        """Return the answer."""
        body = {"statusCode": str(self.status), "error": self.error, "message": self.message, "code": self.code}
        http_status = self.status if self.status == 416 or self.status >= 500 else 400
        return JSONResponse(body, status_code=http_status, headers=self.headers)


def no_such_bucket() -> StorageError:
    """Return the answer for a bucket that does not exist, or that the caller may not see."""
    return StorageError(404, "Bucket not found", "Bucket not found", "NoSuchBucket")


def no_such_object() -> StorageError:
    """Return the answer for an object that does not exist, or that the caller may not see."""
    return StorageError(404, "not_found", "Object not found", "NoSuchKey")


def bytes_are_missing() -> StorageError:
    """Return the answer for an object whose row is there and whose file is not, as a row inserted by hand."""
    headers = {"cache-control": "no-store"}
    return StorageError(404, "Not found", "The resource was not found", "NoSuchKey", headers)


def duplicate(code: str) -> StorageError:
    """Return the answer for a name that is taken; ``code`` is KeyAlreadyExists, BucketAlreadyExists, ..."""
    return StorageError(409, "Duplicate", "The resource already exists", code)


def bucket_not_empty() -> StorageError:
    """Return the answer for deleting a bucket with objects in it."""
    return StorageError(409, "ResourceNotEmpty", "The bucket you tried to delete is not empty", "ResourceNotEmpty")


def access_denied(message: str) -> StorageError:
    """Return the answer for what the caller may not do, and for tokens that are not valid."""
    return StorageError(403, "Unauthorized", message, "AccessDenied")


def invalid_bucket_name() -> StorageError:
    """Return the answer for a name that no bucket can have."""
    return StorageError(400, "Invalid Input", "Bucket name invalid", "InvalidBucketName")


def invalid_key(name: str) -> StorageError:
    """Return the answer for a name that no object can have."""
    return StorageError(400, "InvalidKey", f"Invalid key: {name}", "InvalidKey")


def invalid_request(message: str, error: str = "Error") -> StorageError:
    """Return the answer for a body or query that does not follow the route's schema."""
    return StorageError(400, error, message, "InvalidRequest")


def no_content() -> StorageError:
    """Return the answer for an upload without a file."""
    return invalid_request("No content provided", "InvalidRequest")


def too_large(entity: str = "object") -> StorageError:
    """Return the answer for more bytes than the bucket or the project allows."""
    return StorageError(413, "Payload too large", f"The {entity} exceeded the maximum allowed size", "EntityTooLarge")


def invalid_mime_type(mime_type: str) -> StorageError:
    """Return the answer for a type of file that the bucket does not take."""
    return StorageError(415, "invalid_mime_type", f"mime type {mime_type} is not supported", "InvalidMimeType")


def invalid_size() -> StorageError:
    """Return the answer for a size limit that cannot be read."""
    message = "Invalid file size format, hint: use 20GB / 20MB / 30KB / 3B"
    return invalid_request(message, "InvalidRequest")


def invalid_token(message: str) -> StorageError:
    """Return the answer for a signed URL whose token is expired or not ours."""
    return StorageError(400, "InvalidJWT", message, "InvalidJWT")


def invalid_signature() -> StorageError:
    """Return the answer for a token that was signed for something else."""
    return StorageError(400, "InvalidSignature", "Invalid signature", "InvalidSignature")


def range_not_satisfiable(size: int) -> StorageError:
    """Return the answer for a range that begins behind the end of ``size`` bytes."""
    message = "The requested range is not satisfiable"
    return StorageError(416, "InvalidRange", message, "InvalidRange", {"content-range": f"bytes */{size}"})


def not_built(feature: str) -> StorageError:
    """Return the answer for a part of Storage that does not exist here: better none than a wrong one."""
    return StorageError(501, "not_implemented", f"{feature} is not part of the embedded Supabase.", "NotImplemented")


def from_database(error: psycopg.Error) -> StorageError:
    """Return the answer for an error of the database. Raises the error when its cause is that the database is away."""
    if isinstance(error, psycopg.OperationalError) and is_lost_connection(error):
        raise error
    state, message = error.sqlstate or "", error.diag.message_primary or str(error)
    if state == "42501":
        return access_denied(ROW_SECURITY if "row-level security" in message else message)
    if state == "22P02" or (isinstance(error, psycopg.DataError) and not state):  # or the driver's: a NUL in a text
        return StorageError(400, "InvalidParameter", message, "InvalidParameter")
    if state in DATABASE_ERRORS:
        return StorageError(*DATABASE_ERRORS[state])
    return StorageError(500, "DatabaseError", f"database error, code: {state}", "DatabaseError")
