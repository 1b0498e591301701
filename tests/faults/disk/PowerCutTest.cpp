// STANDARDS 7: a disk that forgets or reorders unsynced writes. Everything that keeping and settling does to
// it is recorded; at every point of the record the power goes, and the programs start on what the disk may
// hold then.
#include <cstdlib>
#include <iostream>
#include <numeric>

#include "base/Files.h"
#include "tests/faults/disk/FaultyVfs.h"
#include "tests/faults/disk/Place.h"
#include "tests/faults/disk/Station.h"

using namespace tram;
using namespace tram::faults;
using outbox::Item;
using outbox::ItemState;
using outbox::SqliteOutboxStore;
namespace fs = std::filesystem;

namespace {

/// Some 40 pages each: SQLite checkpoints by itself after 1,000.
constexpr std::size_t kLongTexts = 28;

/// An action as it was acknowledged, and from which point of the journal on.
struct Told {
    Item item;
    std::size_t kept;
    std::optional<std::size_t> accepted, pruned;
};

/// A day at a station: kiosk and agent on one store, reports with and without pictures, an agent's marks, a
/// clean end with its checkpoint, another start, pruning.
class Day {
  public:
    Day(FaultyDisk& disk, fs::path data) : disk_(disk), data_(std::move(data)) {}

    void live(std::size_t longTexts) {
        morning();
        afternoon(longTexts);
    }
    std::vector<Told> told;

  private:
    void morning() {
        const auto kiosk = SqliteOutboxStore::open(data_).value();
        const auto agent = SqliteOutboxStore::open(data_).value();
        auto outbox = writer_.outbox(kiosk);
        keep(outbox, {});
        keep(outbox, {70000, 900});
        accept(*agent, 0);
        REQUIRE(agent->setNote("epoch", "one"));
        keep(outbox, {5000});
        REQUIRE(agent->markLater(told[1].item.id, clock_.boot(), "server_fault"));
        REQUIRE(agent->markNeedsAttention(told[2].item.id, "conflict"));
        REQUIRE(kiosk->retry(told[2].item.id));
        accept(*agent, 1);
    }
    void afternoon(std::size_t longTexts) {
        const auto kiosk = SqliteOutboxStore::open(data_).value();
        auto outbox = writer_.outbox(kiosk);
        keep(outbox, {300, 300, 300});
        for (std::size_t i = 0; i < longTexts; ++i) keep(outbox, {}, 100000);
        for (Told& one : told)
            if (one.accepted) one.pruned = disk_.journal.size();
        REQUIRE(kiosk->prune(1));
        keep(outbox, {20000});
    }
    void keep(outbox::Outbox& outbox, const std::vector<std::size_t>& pictures, std::size_t text = 200) {
        const auto kept = writer_.keep(outbox, pictures, text);
        REQUIRE(kept);
        told.push_back({outbox.find(kept->id).value().value(), disk_.journal.size(), {}, {}});
    }
    void accept(SqliteOutboxStore& agent, std::size_t which) {
        REQUIRE(agent.markAccepted(told[which].item.id, {clock_.wall(), 1}));
        told[which].accepted = disk_.journal.size();
    }

    test::FakeClock clock_;
    Writer writer_{clock_};
    FaultyDisk& disk_;
    fs::path data_;
};

const Item* find(const std::vector<Item>& items, const base::Uuid& id) {
    for (const Item& item : items)
        if (item.id == id) return &item;
    return nullptr;
}

/// What of the promise does not hold on the disk that stands now in its place.
std::vector<std::string> broken(const fs::path& data, const std::vector<Told>& told, std::size_t point) {
    const auto store = SqliteOutboxStore::open(data);
    if (!store) return {"does not open: " + std::string(name(store.error().kind))};
    auto faults = faultsOf(**store);
    if (!faults.empty()) return faults;
    const auto items = everything(**store);
    for (const Told& one : told) {
        const auto who = "acknowledged item " + std::to_string(one.item.sequence);
        const Item* found = find(items, one.item.id);
        const bool due = one.kept <= point && !(one.pruned && *one.pruned < point);
        if (!found && due) faults.push_back(who + " is gone");
        if (!found) continue;
        if (found->envelope != one.item.envelope) faults.push_back(who + " has another envelope");
        if (found->attachments.size() != one.item.attachments.size())
            faults.push_back(who + " has other attachments");
        if (one.accepted && *one.accepted <= point && found->state != ItemState::Accepted)
            faults.push_back(who + " is no longer accepted");
    }
    for (const Item& item : items)
        if (std::ranges::none_of(told, [&](const Told& one) { return one.item.id == item.id; }))
            faults.push_back("item " + std::to_string(item.sequence) + " was never kept");
    const test::FakeClock clock;
    const Writer writer(clock);
    auto outbox = writer.outbox(*store);
    if (!writer.keep(outbox, {100})) faults.push_back("nothing more can be kept");
    return faults;
}

/// The same, for a second record that began when the first was cut at `point`.
std::vector<Told> asOf(std::vector<Told> told, std::size_t point) {
    constexpr auto kNever = ~std::size_t{0};
    for (Told& one : told) {
        one.kept = one.kept <= point && !(one.pruned && *one.pruned < point) ? 0 : kNever;
        one.accepted = one.accepted && *one.accepted <= point ? std::optional<std::size_t>(0) : std::nullopt;
        one.pruned.reset();
    }
    return told;
}

struct Outcome {
    std::size_t points = 0, disks = 0;
    std::vector<std::string> faults;
};

using Points = std::vector<std::size_t>;

Points everyPoint(const Journal& journal) {
    Points points(journal.size() + 1);
    std::iota(points.begin(), points.end(), std::size_t{0});
    return points;
}

/// Where SQLite writes a long -wal back: its longest run of writes into the database, and what is around it.
Points aroundWriteBack(const Journal& journal, int database, std::size_t within, std::mt19937_64& random) {
    std::size_t begin = 0, end = 0;
    for (std::size_t i = 0, from = 0; i < journal.size(); ++i) {
        const auto& op = journal.op(i);
        if (op.kind != Journal::Op::Kind::Write || op.file != database) from = i + 1;
        if (i + 1 - from > end - begin) begin = from, end = i + 1;
    }
    REQUIRE(end - begin > 500);
    REQUIRE(end + 2 < journal.size());
    Points points{begin - 1, begin, begin + 1, end, end + 1, end + 2};
    for (std::size_t i = 0; i < within; ++i) points.push_back(begin + random() % (end - begin));
    return points;
}

Outcome cutEverywhere(const Journal& journal, const Place& place, const std::vector<Told>& told,
                      std::mt19937_64& random, int mixtures, const Points& points) {
    Outcome outcome;
    for (const auto point : points) {
        ++outcome.points;
        for (int variant = -2; variant < mixtures; ++variant) {
            using enum Journal::Loss;
            const auto loss = variant == -2 ? All : variant == -1 ? Nothing : Some;
            journal.after(point, loss, random).restore(place.root());
            ++outcome.disks;
            for (const auto& fault : broken(place.data(), told, point))
                outcome.faults.push_back("after " + std::to_string(point) + " operations, mixture " +
                                         std::to_string(variant) + ": " + fault);
            if (outcome.faults.size() > 20) return outcome;
        }
    }
    return outcome;
}

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const auto& line : lines) text += line + "\n";
    return text;
}

/// With long texts the log is written back in their midst, and only that moment is looked at.
Outcome live(const Forgets& forgets, std::size_t longTexts, std::uint64_t seed, int mixtures) {
    const Place place;
    std::vector<Told> told;
    Journal journal;
    {
        FaultyDisk disk(place.root());
        disk.forgets = forgets;
        disk.journal = Journal(Image{{}, {place.root()}});
        Day day(disk, place.data());
        day.live(longTexts);
        told = std::move(day.told);
        journal = disk.journal;
    }
    std::mt19937_64 random(seed);
    const int database = journal.fileAt((place.data() / "outbox.db").string());
    const auto points = longTexts > 0
                            ? aroundWriteBack(journal, database, 2u * static_cast<unsigned>(mixtures), random)
                            : everyPoint(journal);
    return cutEverywhere(journal, place, told, random, mixtures, points);
}

int mixturesPerPoint() {
    const char* wanted = std::getenv("TRAM_DISK_MIXTURES");
    return wanted ? std::atoi(wanted) : 4;
}

void print(const char* what, const Outcome& outcome) {
    std::cout << what << ": " << outcome.points << " points, " << outcome.disks << " disks, "
              << outcome.faults.size() << " faults" << std::endl;
}

}  // namespace

TEST_CASE("a power cut at any point loses nothing acknowledged, doubles nothing, breaks nothing") {
    const auto seed = seedOfThisRun();
    CAPTURE(seed);
    const auto outcome = live({}, 0, seed, mixturesPerPoint());
    print("power cuts", outcome);
    INFO(joined(outcome.faults));
    CHECK(outcome.faults.empty());
    CHECK(outcome.points > 150);
}

TEST_CASE("nor does one while a long -wal is written back") {
    const auto seed = seedOfThisRun();
    CAPTURE(seed);
    const auto outcome = live({}, kLongTexts, seed, mixturesPerPoint());
    print("power cuts around a checkpoint", outcome);
    INFO(joined(outcome.faults));
    CHECK(outcome.faults.empty());
}

TEST_CASE("the power may go again while the store is opened after a cut") {
    const auto seed = seedOfThisRun();
    CAPTURE(seed);
    const Place place;
    std::vector<Told> told;
    Journal first;
    {
        FaultyDisk disk(place.root());
        disk.journal = Journal(Image{{}, {place.root()}});
        Day day(disk, place.data());
        day.live(0);
        told = std::move(day.told);
        first = disk.journal;
    }
    std::mt19937_64 random(seed);
    std::size_t disks = 0;
    for (int round = 0; round < 12 * mixturesPerPoint() / 4; ++round) {
        const std::size_t point = random() % (first.size() + 1);
        const Image cut = first.after(point, Journal::Loss::Some, random);
        cut.restore(place.root());
        Journal second;
        {
            FaultyDisk disk(place.root());
            disk.journal = Journal(cut);
            REQUIRE(SqliteOutboxStore::open(place.data()));
            second = disk.journal;
        }
        const auto outcome = cutEverywhere(second, place, asOf(told, point), random, 1, everyPoint(second));
        disks += outcome.disks;
        INFO(joined(outcome.faults));
        CHECK(outcome.faults.empty());
    }
    std::cout << "second cuts: " << disks << " disks" << std::endl;
}

TEST_CASE("the same test finds syncs that were left out") {
    const auto seed = seedOfThisRun();
    CAPTURE(seed);
    Forgets forgets;
    std::size_t longTexts = 0;
    SECTION("SQLite's (synchronous=OFF)") {
        forgets.sqliteSyncs = true;
    }
    SECTION("SQLite's, while a long -wal is written back") {
        forgets.sqliteSyncs = true;
        longTexts = kLongTexts;
    }
    SECTION("of files before their rename") {
        forgets.fileSyncs = true;
    }
    SECTION("of directories") {
        forgets.directorySyncs = true;
    }
    const auto outcome = live(forgets, longTexts, seed, 2);
    print("with a planted defect", outcome);
    CHECK_FALSE(outcome.faults.empty());
}
