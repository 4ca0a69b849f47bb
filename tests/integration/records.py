"""Records of the input topic, written byte by byte: right ones, and those that no generated class would write.

Shares no code with the worker; the numbers are those of proto/segment_export/v1.
"""

from confluent_kafka import Producer


def varint(number):
    out = bytearray()
    while number > 0x7f:
        out.append(number & 0x7f | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def field(number, value):
    """A number, or bytes, text and messages after their length."""
    if isinstance(value, int):
        return varint(number << 3) + varint(value)
    if isinstance(value, str):
        value = value.encode()
    return varint(number << 3 | 2) + varint(len(value)) + value


def decode(message):
    """Numbers and values of a message of another's; of a repeated field the last."""
    found, place = {}, 0

    def number():
        nonlocal place
        value = shift = 0
        while True:
            byte = message[place]
            place += 1
            value |= (byte & 0x7f) << shift
            shift += 7
            if byte < 0x80:
                return value
    while place < len(message):
        tag = number()
        value = number()
        if tag & 7 == 2:
            value, place = message[place:place + value], place + value
        found[tag >> 3] = value
    return found


def job(run_id, list_id, segments=("Loyal",), email="EMail", fields=(), expected=None, connection="demo",
        application="", export_id=None, cap=0, over_cap=0, older_run=0):
    mapped = [field(2, field(1, attribute) + field(2, target)) for attribute, target in fields]
    mapping = (field(1, email) if email else b"") + b"".join(mapped)
    body = [field(1, run_id), field(2, export_id or f"export of {run_id}"), field(4, connection), field(5, application),
            field(8, list_id), field(9, mapping), field(11, cap), field(12, over_cap), field(13, older_run)]
    for segment in segments:
        count = b"" if expected is None else field(3, expected)
        body.append(field(10, field(1, segment) + field(2, segment) + count))
    return field(1, b"".join(body))


def attributes_as(number, attributes):
    return b"".join(field(number, field(1, name) + field(2, value)) for name, value in attributes.items())


def member(run_id, segment, profile_id, attributes):
    """`attributes`: name to value, both text or bytes."""
    return field(2, field(1, run_id) + field(2, segment) + field(3, profile_id) + attributes_as(4, attributes))


def members(run_id, segment, profiles):
    """Many in one record. `profiles`: profile id and attributes of each."""
    each = [field(3, field(1, profile_id) + attributes_as(2, attributes)) for profile_id, attributes in profiles]
    return field(3, field(1, run_id) + field(2, segment) + b"".join(each))


def members(run_id, segment, people):
    """Many in one record; `people`: pairs of profile id and attributes."""
    body = [field(1, run_id) + field(2, segment)]
    for profile_id, attributes in people:
        pairs = [field(2, field(1, name) + field(2, value)) for name, value in attributes.items()]
        body.append(field(3, field(1, profile_id) + b"".join(pairs)))
    return field(3, b"".join(body))


def end(run_id, segment, sent=None):
    return field(4, field(1, run_id) + field(2, segment) + (b"" if sent is None else field(3, sent)))


def connection(connection_id, application):
    """A record of the control topic: a connection without anybody's consent."""
    return field(2, field(1, connection_id) + field(2, connection_id) + field(3, application) + field(4, "grant"))


class Publisher:
    """Publishes as upstream does; with limits that let records pass which are larger than upstream should write."""

    def __init__(self, brokers, patience=60):
        self.patience = patience  # Seconds until all is acknowledged.
        self.producer = Producer({"bootstrap.servers": brokers, "partitioner": "murmur2_random",
                                  "enable.idempotence": True, "compression.type": "lz4", "log_level": 0,
                                  "message.max.bytes": 10_000_000})

    def publish(self, topic, key, *records):
        """Gives the partition and the offset of each record once all are acknowledged."""
        places = []

        def acknowledged(error, message):
            if error:
                raise RuntimeError(f"a record was not taken: {error}")
            places.append((message.partition(), message.offset()))
        for record in records:
            self.producer.produce(topic, key=key, value=record, on_delivery=acknowledged)
        if self.producer.flush(self.patience) > 0:
            raise RuntimeError("the broker does not acknowledge")
        return places
