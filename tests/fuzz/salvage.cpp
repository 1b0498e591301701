// What is read from a store that SQLite gives up: any bytes for pages and log, without SQLite's help; and the
// agent's whole repair, after which there must be a store again.
#include <SQLiteCpp/SQLiteCpp.h>

#include <fstream>
#include <map>

#include "Fixed.h"
#include "Quiet.h"
#include "Scratch.h"
#include "outbox/ItemRows.h"
#include "outbox/Salvage.h"
#include "outbox/SqliteOutboxStore.h"
#include "outbox/StoreRepair.h"
#include "wire/Envelope.h"

using namespace tram;
namespace fs = std::filesystem;

namespace {

constexpr int kItems = 4;

std::string read(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

const Scratch& dir() {
    static const Scratch scratch;
    return scratch;
}

void insert(SQLite::Database& db, int number) {
    const auto id = base::Uuid::v7(fixed::now() + base::Millis(number));
    const auto envelope = wire::Envelope::make(id, fixed::kKiosk, "{\"body\":1}",
                                               fixed::opening().sealingKey(), fixed::signing());
    SQLite::Statement row(db,
                          "INSERT INTO items(id, kind, envelope, kept_at, state, tries, next_boot, next_ms, "
                          "problem) VALUES(?, 'feedback.report', ?, 5, 0, 0, '', 0, '')");
    row.bind(1, id.text());
    row.bind(2, envelope.data(), static_cast<int>(envelope.size()));
    row.exec();
    db.exec("INSERT INTO attachments VALUES(last_insert_rowid(), 0, '" + std::string(64, 'a') + "', 100)");
}

/// A store with the smallest pages there are, so that few bytes have everything: trees, indices, overflow.
/// The newest half is in its log.
struct Small {
    std::string database, wal;
    Small() {
        const auto file = dir().path() / "small.db";
        SQLite::Database db(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        db.exec("PRAGMA page_size=512; PRAGMA journal_mode=WAL");
        for (const char* step : outbox::outboxMigrations()) db.exec(step);
        db.exec("PRAGMA user_version=1");
        for (int i = 0; i < kItems / 2; ++i) insert(db, i);
        db.exec("PRAGMA wal_checkpoint(TRUNCATE)");
        for (int i = kItems / 2; i < kItems; ++i) insert(db, i);
        database = read(file);
        wal = read(file.string() + "-wal");
    }
};

const Small& sound() {
    static const Small made;
    return made;
}

/// Whole pages go astray, too: one over another, one of nothing.
std::string shuffled(std::string bytes, Input& input) {
    constexpr std::size_t kPage = 512;
    for (auto left = input.choose(4); left > 0 && bytes.size() >= kPage; --left) {
        const auto pages = bytes.size() / kPage;
        const auto from = input.byte() % pages, to = input.byte() % pages;
        bytes.replace(to * kPage, kPage,
                      from == to ? std::string(kPage, '\0') : bytes.substr(from * kPage, kPage));
    }
    return damaged(std::move(bytes), input);
}

fs::path station(std::string_view database, std::string_view wal) {
    const auto place = dir().path() / "data";
    fs::remove_all(place);
    fs::create_directories(place);
    if (!database.empty()) dir().write("data/outbox.db", database);
    if (!wal.empty()) dir().write("data/outbox.db-wal", wal);
    return place;
}

using Found = std::map<base::Uuid, std::string>;

Found salvaged(const fs::path& file) {
    const auto salvage = outbox::salvage(file);
    must(salvage.has_value(), "what can be read as bytes can be searched");
    Found found;
    for (const auto& item : salvage->items) {
        const auto envelope = wire::Envelope::parse(item.envelope);
        must(envelope && envelope->id == item.id, "what is saved is a whole envelope of its id");
        must(found.emplace(item.id, item.envelope).second, "each once");
        must(item.sequence > 0 && item.tries >= 0, "numbers are such as the store gives");
        for (const auto& attachment : item.attachments)
            must(outbox::isSha256(attachment.sha256) && attachment.size > 0, "a name is a hash");
    }
    return found;
}

void search(const std::string& database, const std::string& wal) {
    const auto found = salvaged(station(database, wal) / "outbox.db");
    if (database == sound().database && wal == sound().wal)
        must(found.size() == kItems, "a sound store is read");
}

/// As the agent, when somebody has found damage: whatever it was, a store stands there afterwards, with
/// everything that could be read.
void repaired(const std::string& database, const std::string& wal) {
    const auto place = station(database, wal);
    const auto readable = salvaged(place / "outbox.db");
    const auto repair = outbox::repairStore(place);
    if (!repair) {
        must(repair.error().kind == base::ProblemKind::StoreTooNew, "a repair comes to an end");
        return;
    }
    auto store = outbox::SqliteOutboxStore::open(place);
    must(store && (*store)->quickCheck().has_value(), "a repaired store is sound");
    if (!repair->damaged) return;
    must(repair->saved == readable.size(), "what could be read is carried over");
    for (const auto& [id, envelope] : readable) {
        const auto item = (*store)->find(id);
        must(item && *item && (*item)->envelope == envelope, "as it was");
    }
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int*, char***) {
    silenceLog();
    (void)sound();
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Input input(data, size);
    switch (input.choose(5)) {
        case 0:
            search(std::string(input.rest()), "");
            break;
        case 1:
            search(sound().database, std::string(input.rest()));
            break;
        case 2:
            search(shuffled(sound().database, input), sound().wal);
            break;
        case 3:
            search(sound().database, shuffled(sound().wal, input));
            break;
        case 4:
            repaired(shuffled(sound().database, input), input.choose(2) == 0 ? "" : sound().wal);
            break;
    }
    return 0;
}
