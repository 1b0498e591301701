// STANDARDS 9: the disk is full, or fails, at each single write, sync, new file, rename and directory in
// turn.
#include <cerrno>
#include <iostream>

#include "base/Files.h"
#include "tests/faults/disk/FaultyVfs.h"
#include "tests/faults/disk/Place.h"
#include "tests/faults/disk/Station.h"

using namespace tram;
using namespace tram::faults;
using base::ProblemKind;
using outbox::ItemState;
using outbox::SqliteOutboxStore;
namespace fs = std::filesystem;

namespace {

constexpr int kEnough = 300;  // no operation of ours takes as many

struct Trouble {
    int error;
    ProblemKind expected;
    bool lasting;
};

const std::vector<Trouble> kTroubles{{ENOSPC, ProblemKind::DiskFull, false},
                                     {ENOSPC, ProblemKind::DiskFull, true},
                                     {EIO, ProblemKind::StoreReadOnly, false},
                                     {EIO, ProblemKind::StoreReadOnly, true}};

std::size_t namedFiles(outbox::OutboxStore& store) {
    std::size_t named = 0;
    for (const auto& item : everything(store)) named += item.attachments.size();
    return named;
}

std::size_t filesIn(const fs::path& directory) {
    std::size_t files = 0;
    for (const auto& entry : fs::directory_iterator(directory)) files += entry.is_regular_file();
    return files;
}

/// What a power cut may leave of the moment after the failure: nothing half-kept there either.
void checkCuts(const Journal& journal, std::size_t point, const Place& place, const base::Uuid& first) {
    std::mt19937_64 random(point);
    using enum Journal::Loss;
    for (const auto loss : {Nothing, All, Some, Some}) {
        journal.after(point, loss, random).restore(place.root());
        const auto store = SqliteOutboxStore::open(place.data());
        REQUIRE(store);
        CHECK(faultsOf(**store).empty());
        CHECK((*store)->find(first)->has_value());
        CHECK((*store)->counts()->waiting <= 2);
    }
}

/// Returns false once the n-th operation does not exist.
bool keepWithTrouble(const Trouble& trouble, int n) {
    const Place place;
    Journal journal;
    std::size_t failedAt = 0;
    std::optional<base::Uuid> first;
    {
        const test::FakeClock clock;
        const Writer writer(clock);
        FaultyDisk disk(place.root());
        disk.journal = Journal(Image{{}, {place.root()}});
        const auto store = SqliteOutboxStore::open(place.data()).value();
        auto outbox = writer.outbox(store);
        first = writer.keep(outbox, {500}).value().id;
        disk.faults = {n, trouble.error, trouble.lasting};
        const auto kept = writer.keep(outbox, {3000, 50});
        const bool reached = disk.faults.seen >= n;
        disk.faults = {};
        failedAt = disk.journal.size();
        if (!reached) {
            CHECK(kept);
            return false;
        }
        if (!kept) {
            CHECK(kept.error().kind == trouble.expected);
            CHECK(store->counts()->waiting == 1);
            if (kept.error().fact("undecided").empty())
                CHECK(filesIn(place.data() / "attachments") == namedFiles(*store));
        }
        CHECK(writer.keep(outbox, {3000, 50}));  // once there is space
        CHECK(faultsOf(*store).empty());
        CHECK(store->counts()->waiting == (kept ? 3 : 2));
        journal = disk.journal;
    }
    checkCuts(journal, failedAt, place, *first);
    return true;
}

bool openWithTrouble(const Trouble& trouble, int n, bool there) {
    const Place place;
    const test::FakeClock clock;
    const Writer writer(clock);
    FaultyDisk disk(place.root());
    if (there) {
        auto outbox = writer.outbox(SqliteOutboxStore::open(place.data()).value());
        REQUIRE(writer.keep(outbox, {500}));
    }
    disk.faults = {n, trouble.error, trouble.lasting};
    {
        const auto store = SqliteOutboxStore::open(place.data());
        if (!store) CHECK(store.error().kind == trouble.expected);
    }
    const bool reached = disk.faults.seen >= n;
    disk.faults = {};
    const auto store = SqliteOutboxStore::open(place.data());
    REQUIRE(store);
    CHECK(faultsOf(**store).empty());
    CHECK((*store)->counts()->waiting == (there ? 1 : 0));
    auto outbox = writer.outbox(*store);
    CHECK(writer.keep(outbox, {500}));
    return reached;
}

bool settleWithTrouble(const Trouble& trouble, int n) {
    const Place place;
    const test::FakeClock clock;
    const Writer writer(clock);
    FaultyDisk disk(place.root());
    const auto store = SqliteOutboxStore::open(place.data()).value();
    auto outbox = writer.outbox(store);
    const auto id = writer.keep(outbox, {500}).value().id;
    disk.faults = {n, trouble.error, trouble.lasting};
    const auto marked = store->markAccepted(id, clock.wall());
    const bool reached = disk.faults.seen >= n;
    disk.faults = {};
    if (!marked) CHECK(marked.error().kind == trouble.expected);
    const auto state = store->find(id).value()->state;
    CHECK(state == (marked ? ItemState::Accepted : ItemState::Waiting));
    CHECK(store->markAccepted(id, clock.wall()));
    CHECK(faultsOf(*store).empty());
    return reached;
}

template <class Attempt>
int inTurn(const Attempt& attempt) {
    int n = 1;
    while (n < kEnough && attempt(n)) ++n;
    REQUIRE(n < kEnough);
    return n - 1;
}

}  // namespace

TEST_CASE("keeping a report on a disk that is full or fails at any operation") {
    for (const Trouble& trouble : kTroubles) {
        CAPTURE(trouble.error, trouble.lasting);
        const int operations = inTurn([&](int n) {
            CAPTURE(n);
            return keepWithTrouble(trouble, n);
        });
        std::cout << "keep: " << operations << " operations failed in turn, error " << trouble.error
                  << (trouble.lasting ? ", lasting" : ", once") << std::endl;
        CHECK(operations >= 10);
    }
}

TEST_CASE("opening a store, new or there, on such a disk") {
    for (const Trouble& trouble : kTroubles) {
        for (const bool there : {false, true}) {
            CAPTURE(trouble.error, trouble.lasting, there);
            inTurn([&](int n) {
                CAPTURE(n);
                return openWithTrouble(trouble, n, there);
            });
        }
    }
}

TEST_CASE("settling on such a disk changes nothing or all") {
    for (const Trouble& trouble : kTroubles) {
        CAPTURE(trouble.error, trouble.lasting);
        const int operations = inTurn([&](int n) {
            CAPTURE(n);
            return settleWithTrouble(trouble, n);
        });
        CHECK(operations >= 2);
    }
}

TEST_CASE("a checkpoint that finds no room costs nobody an action") {
    const Place place;
    const test::FakeClock clock;
    const Writer writer(clock);
    FaultyDisk disk(place.root());
    const auto store = SqliteOutboxStore::open(place.data()).value();
    auto outbox = writer.outbox(store);
    // Some 40 pages each; the checkpoint after 1,000 writes into outbox.db, which is not yet that large.
    int kept = 0, refused = 0;
    for (int i = 0; i < 40; ++i) {
        disk.faults = {i >= 20 && i < 32 ? 90 : 0, ENOSPC, true};
        writer.keep(outbox, {}, 100000) ? ++kept : ++refused;
    }
    disk.faults = {};
    CHECK(store->counts()->waiting == static_cast<std::size_t>(kept));
    CHECK(faultsOf(*store).empty());
    CHECK(writer.keep(outbox, {100}));
}
