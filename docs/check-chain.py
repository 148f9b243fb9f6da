# Recomputes the chain of seals of a SQLite database, without the gateway: docs/journal.md says what is hashed.
# Usage: python3 docs/check-chain.py copy-of-gateway.db 072036
import hashlib, sqlite3, sys

db, city = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True), sys.argv[2]
sha = lambda data: hashlib.sha256(data).digest()
number = lambda n: n.to_bytes(8, "big")

def field(value):
    if value is None: return b"-,"
    data = value.hex().encode() if isinstance(value, bytes) else str(value).encode()
    return str(len(data)).encode() + b":" + data + b","

def canonical(entry):
    head = db.execute("""select municipality, id, kind, receivable, payment, refund, reverses, receipt_date, business_date, recorded_at, note, note_hash
                         from journal_entry where municipality = ? and id = ?""", (city, entry)).fetchone()
    postings = db.execute("""select line, account, kaikei, place, section, fiscal_year, carried_over, debit, credit, receivable_line, receipt_date, business_date, recorded_at
                             from posting where municipality = ? and entry = ? order by line""", (city, entry)).fetchall()
    return b"".join(map(field, ["entry/1", *(head or ()), len(postings), *(value for posting in postings for value in posting)]))

previous = sha(f"CashlessGateway sealed chain 1\njournal\n{city}\n".encode())
for block, items, before, expected, sealed_at in db.execute("select block, items, previous_hash, hash, sealed_at from seal_block where municipality = ? and chain = 'journal' order by block", (city,)):
    members = db.execute("select item, item_hash from sealed where municipality = ? and chain = 'journal' and block = ? order by position", (city, block)).fetchall()
    for item, item_hash in members:
        if sha(canonical(item)) != item_hash: print(f"block {block}: entry ent_{item} is not what was sealed")
    data = previous + number(block) + number(len(members)) + number(sealed_at)
    data += b"".join(number(len(item.encode())) + item.encode() + item_hash for item, item_hash in members)
    if before != previous or sha(data) != expected: print(f"block {block}: its hash does not follow")
    previous = expected
print(f"head of the chain: {previous.hex()}")
