# Recomputes a chain of seals of a SQLite database, without the gateway: docs/journal.md and docs/audit.md say what is hashed.
# Usage: python3 docs/check-chain.py copy-of-gateway.db 072036          the journal
#        python3 docs/check-chain.py copy-of-gateway.db 072036 audit    the audit trail
import hashlib, sqlite3, sys

db, city, chain = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True), sys.argv[2], (sys.argv[3:] or ["journal"])[0]
sha = lambda data: hashlib.sha256(data).digest()
number = lambda n: n.to_bytes(8, "big")

def field(value):
    if value is None: return b"-,"
    data = value.hex().encode() if isinstance(value, bytes) else str(value).encode()
    return str(len(data)).encode() + b":" + data + b","

def of_trail(entry):
    row = db.execute("select id, at, actor, action, outcome, object, place, detail_hash from audit_entry where municipality = ? and id = ?", (city, entry)).fetchone()
    return b"".join(map(field, ["audit/1", city, *(row or ())]))

def words_fit(entry):
    hashed, salt, body, redacted = db.execute("""select e.detail_hash, d.salt, d.body, d.redacted_at from audit_entry e
        left join audit_detail d on d.municipality = e.municipality and d.entry = e.id where e.municipality = ? and e.id = ?""", (city, entry)).fetchone() or (None,) * 4
    return hashed == (sha(salt + body.encode()) if body is not None else None) or (body is None and redacted is not None)

def of_journal(entry):
    head = db.execute("""select municipality, id, kind, receivable, payment, refund, reverses, receipt_date, business_date, recorded_at, note, note_hash
                         from journal_entry where municipality = ? and id = ?""", (city, entry)).fetchone()
    postings = db.execute("""select line, account, kaikei, place, section, fiscal_year, carried_over, debit, credit, receivable_line, receipt_date, business_date, recorded_at
                             from posting where municipality = ? and entry = ? order by line""", (city, entry)).fetchall()
    return b"".join(map(field, ["entry/1", *(head or ()), len(postings), *(value for posting in postings for value in posting)]))

canonical, prefix = (of_trail, "aud_") if chain == "audit" else (of_journal, "ent_")
previous = sha(f"CashlessGateway sealed chain 1\n{chain}\n{city}\n".encode())
for block, items, before, expected, sealed_at in db.execute("select block, items, previous_hash, hash, sealed_at from seal_block where municipality = ? and chain = ? order by block", (city, chain)):
    members = db.execute("select item, item_hash from sealed where municipality = ? and chain = ? and block = ? order by position", (city, chain, block)).fetchall()
    for item, item_hash in members:
        if sha(canonical(item)) != item_hash: print(f"block {block}: entry {prefix}{item} is not what was sealed")
        if chain == "audit" and not words_fit(item): print(f"block {block}: the words beside {prefix}{item} are not what was written")
    data = previous + number(block) + number(len(members)) + number(sealed_at)
    data += b"".join(number(len(item.encode())) + item.encode() + item_hash for item, item_hash in members)
    if before != previous or sha(data) != expected: print(f"block {block}: its hash does not follow")
    previous = expected
print(f"head of the chain: {previous.hex()}")
