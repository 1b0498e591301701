#include "outbox/StoreRepair.h"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <random>

#include "base/Files.h"
#include "crypto/Bytes.h"
#include "outbox/Outbox.h"
#include "outbox/Salvage.h"
#include "outbox/SqliteOutboxStore.h"
#include "tests/support/FakeClock.h"
#include "tests/support/TempDir.h"

using namespace tram;
using namespace tram::outbox;
using base::ProblemKind;
namespace fs = std::filesystem;

namespace {

constexpr std::size_t kPage = 4096;

std::mt19937_64 randomOfThisRun() {
    const char* given = std::getenv("TRAM_SEED");
    const std::uint64_t seed = given ? std::strtoull(given, nullptr, 10) : std::random_device()();
    std::cout << "TRAM_SEED=" << seed << std::endl;
    return std::mt19937_64(seed);
}

/// A store as a kiosk leaves it: reports of many sizes, with and without pictures, in every state.
class Shelf {
  public:
    explicit Shelf(int reports) { fill(reports); }

    std::vector<Item> items() const { return itemsIn(*store_); }
    static std::vector<Item> itemsIn(SqliteOutboxStore& store) {
        std::vector<Item> all;
        const auto listed = store.list({}, 10000).value();
        for (const Item& item : listed) all.push_back(store.find(item.id).value().value());
        return all;
    }
    /// As after a clean end: everything is in outbox.db.
    void close() { store_.reset(); }
    /// As after a kill: the newest is in the -wal only.
    void kill() {
        const test::TempDir copy;
        for (const char* part : {"outbox.db", "outbox.db-wal"}) fs::copy(dir_ / part, copy / part);
        store_.reset();
        for (const char* part : {"outbox.db", "outbox.db-wal"})
            fs::copy(copy / part, dir_ / part, fs::copy_options::overwrite_existing);
    }
    /// The files of the store, to be damaged again and again.
    std::map<std::string, std::string> files() const {
        std::map<std::string, std::string> all;
        for (const char* part : {"outbox.db", "outbox.db-wal"})
            if (fs::exists(dir_ / part)) all[part] = base::readFile(dir_ / part).value();
        return all;
    }
    void put(const std::map<std::string, std::string>& files) const {
        for (const auto& entry : fs::directory_iterator(path()))
            if (entry.is_regular_file()) fs::remove(entry.path());
        for (const auto& [name, bytes] : files) write(dir_ / name, bytes);
    }
    static void write(const fs::path& file, const std::string& bytes) {
        std::ofstream out(file, std::ios::binary);
        out << bytes;
        REQUIRE(out.flush());
    }
    const fs::path& path() const { return dir_.path(); }
    fs::path file() const { return dir_ / "outbox.db"; }
    std::shared_ptr<SqliteOutboxStore> open() const { return SqliteOutboxStore::open(path()).value(); }

  private:
    void fill(int reports) {
        store_ = open();
        Outbox outbox(store_,
                      {"0192f3a4-0000-7000-8000-000000000001", "K7M", crypto::SigningKey::generate(),
                       crypto::OpeningKey::generate().sealingKey(), base::SecretBytes(crypto::Bytes(32, 7))},
                      clock_);
        for (int i = 0; i < reports; ++i) {
            const auto id = keep(outbox, i);
            if (i % 4 == 1) REQUIRE(store_->markAccepted(id, clock_.wall()));
            if (i % 4 == 2) REQUIRE(store_->markNeedsAttention(id, "refused_signature"));
            if (i % 4 == 3) REQUIRE(store_->markLater(id, clock_.boot(), "server_fault"));
        }
    }
    base::Uuid keep(Outbox& outbox, int i) {
        NewAction action;
        action.kind = "feedback.report";
        action.createdAt = base::toRfc3339(clock_.wall());
        action.fieldsJson = base::SecretText(R"({"text":")" + std::string(i * 97 % 5000, 'x') + R"("})");
        if (i % 3 == 0) action.trackingCode = outbox.freshCode().value().symbols();
        std::vector<base::SecretBytes> pictures;
        for (int p = 0; p < i % 3; ++p) pictures.emplace_back(crypto::Bytes(400 + p, 1));
        for (const auto& picture : pictures) action.attachments.push_back({"image/jpeg", &picture});
        return outbox.keep(action).value().id;
    }

    test::TempDir dir_;
    test::FakeClock clock_;
    std::shared_ptr<SqliteOutboxStore> store_;
};

bool sameItem(const Item& a, const Item& b) {
    const auto names = [](const Item& item) {
        std::vector<std::string> all;
        for (const auto& one : item.attachments) all.push_back(one.sha256 + std::to_string(one.size));
        return all;
    };
    return a.id == b.id && a.kind == b.kind && a.envelope == b.envelope && a.codeHash == b.codeHash &&
           a.keptAt == b.keptAt && a.state == b.state && a.tries == b.tries && a.problem == b.problem &&
           a.acceptedAt == b.acceptedAt && names(a) == names(b);
}

bool sameItems(const std::vector<Item>& a, const std::vector<Item>& b) {
    return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), sameItem);
}

void overwrite(const fs::path& file, std::size_t at, const std::string& bytes) {
    std::fstream out(file, std::ios::in | std::ios::out | std::ios::binary);
    out.seekp(static_cast<std::streamoff>(at));
    out << bytes;
    REQUIRE(out.flush());
}

std::string noise(std::size_t size, std::mt19937_64& random) {
    std::string bytes(size, '\0');
    for (char& byte : bytes) byte = static_cast<char>(random());
    return bytes;
}

std::size_t stillThere(const std::vector<Item>& before, const std::vector<Item>& after) {
    std::size_t there = 0;
    for (const Item& old : before)
        there += std::ranges::any_of(
            after, [&](const Item& now) { return now.id == old.id && now.envelope == old.envelope; });
    return there;
}

/// As the agent does at boot: quick_check, and on damage the repair.
std::optional<Repair> boot(const Shelf& shelf) {
    {
        const auto store = SqliteOutboxStore::open(shelf.path());
        if (!store) CHECK(store.error().kind == ProblemKind::StoreDamaged);
        if (store) (void)(*store)->quickCheck();
    }
    if (!storeSuspected(shelf.path())) return std::nullopt;
    const auto repair = repairStore(shelf.path());
    REQUIRE(repair);
    return *repair;
}

}  // namespace

TEST_CASE("what is read without SQLite is what SQLite reads", "[outbox]") {
    Shelf shelf(60);
    const auto before = shelf.items();
    SECTION("after a clean end") {
        shelf.close();
    }
    SECTION("after a kill, with the newest in the -wal") {
        shelf.kill();
        REQUIRE(fs::file_size(shelf.file().string() + "-wal") > 100 * kPage);
    }
    const auto read = salvage(shelf.file());
    REQUIRE(read);
    CHECK(read->broken == 0);
    CHECK(sameItems(read->items, before));
}

TEST_CASE("a store whose first page is gone loses nothing", "[outbox]") {  // STANDARDS 5
    Shelf shelf(80);
    const auto before = shelf.items();
    shelf.close();
    overwrite(shelf.file(), 0, std::string(kPage, '\0'));
    const auto damaged = base::readFile(shelf.file()).value();
    const auto repair = boot(shelf);
    REQUIRE(repair);
    CHECK(repair->damaged);
    CHECK(repair->saved == 80);
    CHECK(storesPutAside(shelf.path()) == std::vector<std::string>{repair->aside});
    CHECK(base::readFile(shelf.path() / repair->aside).value() == damaged);
    const auto store = shelf.open();
    CHECK(store->quickCheck());
    CHECK(sameItems(Shelf::itemsIn(*store), before));
    // Not a gateway's: at the next contact what no backup holds is offered again.
    CHECK(store->note("epoch").value() == "repaired");
}

TEST_CASE("no single byte of the head of a store keeps it from being repaired", "[outbox]") {
    Shelf shelf(3);
    shelf.close();
    const auto sound = shelf.files();
    const auto bytes = sound.at("outbox.db");
    std::vector<std::size_t> places;
    for (std::size_t at = 0; at < 100; ++at) places.push_back(at);          // its header
    for (std::size_t at = 100; at < kPage; at += 17) places.push_back(at);  // the tables' own words
    for (const std::size_t at : places) {
        CAPTURE(at);
        auto files = sound;
        files["outbox.db"][at] = static_cast<char>(bytes[at] ^ 0x55);
        shelf.put(files);
        (void)SqliteOutboxStore::open(shelf.path());
        const auto repair = repairStore(shelf.path());
        if (at == 63) continue;  // a version that a later program could bear
        REQUIRE(repair);
        const auto store = SqliteOutboxStore::open(shelf.path());
        REQUIRE(store);
        CHECK((*store)->quickCheck());
        CHECK((*store)->counts()->waiting >= 1);
    }
}

TEST_CASE("a -wal of which nothing can be read is noticed before SQLite writes over it", "[outbox]") {
    Shelf shelf(40);
    shelf.kill();
    const fs::path wal = shelf.file().string() + "-wal";
    overwrite(wal, 0, std::string(32, '\x55'));
    const auto damaged = base::readFile(wal).value();
    const auto repair = boot(shelf);
    REQUIRE(repair);
    CHECK(repair->damaged);
    CHECK(base::readFile(shelf.path() / (repair->aside + "-wal")).value() == damaged);
    CHECK(repair->saved == 40);  // the frames' own salt tells which belong together
    CHECK(shelf.open()->quickCheck());
}

TEST_CASE("a store cut to nothing is read from its -wal, which SQLite would delete", "[outbox]") {
    Shelf shelf(20);
    const auto before = shelf.items();
    shelf.kill();
    SECTION("empty") {
        fs::resize_file(shelf.file(), 0);
    }
    SECTION("gone") {
        fs::remove(shelf.file());
    }
    const auto repair = boot(shelf);
    REQUIRE(repair);
    CHECK(repair->saved == 20);
    CHECK(sameItems(Shelf::itemsIn(*shelf.open()), before));
}

TEST_CASE("what is no database at all goes aside, and the kiosk goes on", "[outbox]") {
    Shelf shelf(5);
    shelf.close();
    REQUIRE(base::writeFileAtomically(shelf.file(), std::string(10000, 'x'), 0600));
    const auto repair = boot(shelf);
    REQUIRE(repair);
    CHECK(repair->saved == 0);
    CHECK(shelf.open()->counts()->waiting == 0);
    CHECK(fs::exists(shelf.path() / repair->aside));
    CHECK_FALSE(fs::is_empty(shelf.path() / "attachments"));
}

TEST_CASE("random damage: noticed or harmless, and only what it hit is lost", "[outbox]") {
    auto random = randomOfThisRun();
    std::size_t saved = 0, all = 0, noticed = 0;
    constexpr int kRounds = 24, kReports = 60;
    Shelf shelf(kReports);
    const auto before = shelf.items();
    shelf.kill();
    const auto killed = shelf.files();
    REQUIRE(shelf.open());
    const auto closed = shelf.files();
    REQUIRE(closed.size() == 1);
    for (int round = 0; round < kRounds; ++round) {
        CAPTURE(round);
        shelf.put(round % 2 == 0 ? closed : killed);
        const std::size_t pages = fs::file_size(shelf.file()) / kPage;
        std::size_t hit = 1 + random() % 4;
        for (std::size_t i = 0; i < hit; ++i) {
            const std::size_t page = random() % pages;
            overwrite(shelf.file(), page * kPage,
                      round % 3 == 0 ? std::string(kPage, '\0') : noise(kPage, random));
        }
        if (round % 6 == 5) {
            const std::size_t left = 1 + random() % pages;
            hit += pages - left + 1;
            fs::resize_file(shelf.file(), left * kPage - random() % kPage);
        }
        const auto repair = boot(shelf);
        noticed += repair.has_value();
        const auto store = shelf.open();
        const auto there = stillThere(before, Shelf::itemsIn(*store));
        CHECK(store->add(Item{.id = base::Uuid::v7(base::WallTime{})}));
        // A page holds the beginning of a few rows, or a part of one envelope.
        if (repair) CHECK(there + 12 * hit >= before.size());
        saved += there;
        all += before.size();
    }
    std::cout << "random damage: " << noticed << " of " << kRounds << " noticed, " << saved << " of " << all
              << " items whole afterwards" << std::endl;
}

TEST_CASE("noise in place of a store is read without harm", "[outbox]") {
    auto random = randomOfThisRun();
    const test::TempDir dir;
    Shelf shelf(20);
    shelf.close();
    const auto good = base::readFile(shelf.file()).value();
    for (int i = 0; i < 300; ++i) {
        std::string bytes = good;
        for (int flips = 0; flips < 30; ++flips) bytes[random() % bytes.size()] = static_cast<char>(random());
        REQUIRE(
            base::writeFileAtomically(dir / "a.db", bytes.substr(0, random() % (bytes.size() + 1)), 0600));
        REQUIRE(base::writeFileAtomically(dir / "a.db-wal", noise(random() % 9000, random), 0600));
        const auto read = salvage(dir / "a.db");
        REQUIRE(read);
        CHECK(read->items.size() <= 20);
    }
}
