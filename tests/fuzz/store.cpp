// The outbox as a hostile or broken disk gives it back: rows of any content, pages and write-ahead log of any
// bytes.
#include <SQLiteCpp/SQLiteCpp.h>

#include <fstream>
#include <set>

#include "Fixed.h"
#include "Quiet.h"
#include "Scratch.h"
#include "outbox/Salvage.h"
#include "outbox/SqliteOutboxStore.h"
#include "store/Wal.h"
#include "wire/Envelope.h"

using namespace tram;
namespace fs = std::filesystem;

namespace {

const base::BootTime kBoot{"boot-1", base::Millis(1000)};

std::string read(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

const Scratch& dir() {
    static const Scratch scratch;
    return scratch;
}

outbox::Item item(int number) {
    const auto id = base::Uuid::v7(fixed::now() + base::Millis(number));
    outbox::Item item{.id = id};
    item.kind = "feedback.report";
    item.envelope = wire::Envelope::make(id, fixed::kKiosk, "{\"body\":1}", fixed::opening().sealingKey(),
                                         fixed::signing());
    item.attachments = {{std::string(64, 'a'), 100}, {std::string(64, 'b'), 200}};
    item.codeHash = "hash " + std::to_string(number);
    item.keptAt = fixed::now();
    return item;
}

/// A sound store of three, closed; and the same with a fourth still in its -wal.
struct Template {
    std::string database, openDatabase, wal;
    std::vector<base::Uuid> ids;
    Template() {
        auto store = *outbox::SqliteOutboxStore::open(dir().path() / "template");
        for (int i = 0; i < 3; ++i) add(*store, i);
        store.reset();
        const auto file = dir().path() / "template" / "outbox.db";
        database = read(file);
        store = *outbox::SqliteOutboxStore::open(dir().path() / "template");
        add(*store, 3);
        openDatabase = read(file);
        wal = read(file.string() + "-wal");
        must(!wal.empty() && store->note("x").has_value(), "a store has a write-ahead log while it is open");
    }
    void add(outbox::SqliteOutboxStore& store, int number) {
        auto one = item(number);
        ids.push_back(one.id);
        must(store.add(std::move(one)).has_value(), "a sound store takes items");
    }
};

const Template& sound() {
    static const Template made;
    return made;
}

fs::path freshStore(std::string_view database, std::string_view wal = {}) {
    const auto place = dir().path() / "data";
    fs::remove_all(place);
    fs::create_directories(place);
    dir().write("data/outbox.db", database);
    if (!wal.empty()) dir().write("data/outbox.db-wal", wal);
    return place;
}

void check(const outbox::OutboxStore& store, const std::vector<outbox::Item>& items, const fs::path& place) {
    (void)store;
    for (const auto& each : items) {
        must(each.id.text().size() == 36, "an item has an id");
        must(each.state == outbox::ItemState::Waiting || each.state == outbox::ItemState::NeedsAttention ||
                 each.state == outbox::ItemState::Accepted,
             "an item is in one of three states");
    }
    for (const auto& each : items)
        for (const auto& attachment : each.attachments) {
            const auto path = const_cast<outbox::OutboxStore&>(store).attachmentPath(attachment.sha256);
            if (path)
                must(fs::path(*path).parent_path() == place / "attachments",
                     "no name leads out of its directory");
        }
}

/// Everything the programs do with a store; how many items it lists, nothing when it cannot be opened.
std::optional<std::size_t> use(const fs::path& place) {
    auto opened = outbox::SqliteOutboxStore::open(place);
    if (!opened) return std::nullopt;
    auto& store = **opened;
    const auto all = store.list(std::nullopt, 100);
    if (all) check(store, *all, place);
    if (const auto due = store.due(kBoot, 100)) {
        check(store, *due, place);
        for (const auto& each : *due) must(each.state == outbox::ItemState::Waiting, "what is due waits");
    }
    const auto id = sound().ids.front();
    if (const auto found = store.find(id))
        must(!*found || (*found)->id == id, "what is found is what was sought");
    (void)store.findByCodeHash("hash 1");
    (void)store.counts();
    (void)store.note("epoch");
    (void)store.setNote("epoch", "x");
    (void)store.markLater(id, kBoot, "timeout");
    (void)store.markNeedsAttention(id, "refused");
    (void)store.retry(id);
    (void)store.markAccepted(id, {fixed::now(), 1});
    (void)store.offerAgain();
    (void)store.add(item(9));
    (void)store.prune(1);
    (void)store.quickCheck();
    return all ? std::optional(all->size()) : std::nullopt;
}

void salvaged(const fs::path& place) {
    const auto found = outbox::salvage(place / "outbox.db");
    if (!found) return;
    std::set<std::string> ids;
    for (const auto& each : found->items) {
        must(ids.insert(each.id.text()).second, "each once");
        const auto envelope = wire::Envelope::parse(each.envelope);
        must(envelope && envelope->id == each.id, "what is saved is a whole envelope of its id");
        for (const auto& attachment : each.attachments)
            must(outbox::isSha256(attachment.sha256), "a name is a hash");
    }
}

/// One value as its first byte says: nothing, a number, a text, bytes.
void bind(SQLite::Statement& statement, Input& input) {
    const auto kind = input.choose(4);
    if (kind == 1) return statement.bind(1, static_cast<std::int64_t>(input.number(8)));
    const std::string bytes(input.line());
    if (kind == 2) statement.bind(1, bytes);
    if (kind == 3) statement.bind(1, bytes.data(), static_cast<int>(bytes.size()));
}

constexpr const char* kColumns[] = {"sequence", "id",    "kind",      "envelope", "code_hash", "kept_at",
                                    "state",    "tries", "next_boot", "next_ms",  "problem",   "accepted_at"};

/// The same tables without the rules that keep rows in shape: a hostile file need not have them.
constexpr const char* kLoose = R"sql(
PRAGMA foreign_keys=OFF;
ALTER TABLE items RENAME TO strict_items; ALTER TABLE attachments RENAME TO strict_attachments;
CREATE TABLE loose_items AS SELECT * FROM strict_items;
CREATE TABLE loose_attachments AS SELECT * FROM strict_attachments;
DROP TABLE strict_attachments; DROP TABLE strict_items;
ALTER TABLE loose_items RENAME TO items; ALTER TABLE loose_attachments RENAME TO attachments;
)sql";

void hostileRows(Input& input) {
    const bool loose = input.choose(2) == 1;
    const auto place = freshStore(sound().database);
    try {
        SQLite::Database raw((place / "outbox.db").string(), SQLite::OPEN_READWRITE);
        raw.exec("PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;");
        if (loose) raw.exec(kLoose);
        while (!input.empty()) {
            const auto column = input.choose(16);
            const std::string target = column < 12    ? std::string("items SET ") + kColumns[column]
                                       : column == 12 ? "attachments SET sha256"
                                       : column == 13 ? "attachments SET size"
                                                      : "notes SET value";
            SQLite::Statement statement(raw, "UPDATE OR IGNORE " + target + " = ?");
            bind(statement, input);
            try {
                statement.exec();
            } catch (const SQLite::Exception&) {  // a strict table takes not everything
            }
        }
    } catch (const SQLite::Exception&) {
        must(false, "the sound store can be tampered with");
    }
    (void)use(place);
    salvaged(place);
}

void hostilePages(Input& input) {
    const auto bytes = damaged(sound().database, input);
    const auto place = freshStore(bytes);
    salvaged(place);
    const auto items = use(place);
    if (bytes == sound().database) must(items == 3, "a sound store has what was put into it");
}

void hostileWal(Input& input) {
    const auto bytes = damaged(sound().wal, input);
    const auto wal = store::readWal(bytes);
    must(wal.committed.empty() || wal.pageSize >= 512, "pages have a size");
    for (const auto& [page, at] : wal.committed)
        must(page > 0 && at + wal.pageSize <= bytes.size(), "a page lies within the file");
    const auto place = freshStore(sound().openDatabase, bytes);
    salvaged(place);
    const auto items = use(place);
    if (bytes == sound().wal) must(items == 4, "a sound log is read");
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int*, char***) {
    silenceLog();
    (void)sound();
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Input input(data, size);
    switch (input.choose(3)) {
        case 0:
            hostileRows(input);
            break;
        case 1:
            hostilePages(input);
            break;
        case 2:
            hostileWal(input);
            break;
    }
    return 0;
}
